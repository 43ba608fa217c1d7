"""The change log: who, what, before, after, when; filters; and putting back one row or one cell."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ahsp.catalog.models import Analysis
from ahsp.estimates.models import Section, TakeoffLine, WorkItem
from ahsp.exchange.project_files import dump
from ahsp.projects.commands import commands
from ahsp.projects.log.words import worded_kinds, words_of
from ahsp.projects.models import Change, Project
from ahsp.projects.services import project_change
from ahsp.projects.tables import tables
from tests.acting import carry_out, look
from tests.api.program import Program, read
from tests.architecture.sources import ROOT
from tests.people import Cast

GALIAN = "Galian <b>tanah</b>"


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    """A section with an item, and with one that is measured in a line."""
    with project_change(project=project, person=cast.ani, act="items.add") as entry:
        (section,) = entry.add_rows("s", [{"position": 1024, "name": "Pekerjaan tanah"}])
        item = {"section_id": section, "position": 1024, "tag": 1, "description": GALIAN, "unit": "m3"}
        entry.add_rows("i", [{**item, "quantity": Decimal("2.50")}])
        measured = {"section_id": section, "position": 2048, "tag": 2, "description": "Urugan"}
        (pk,) = entry.add_rows("i", [measured])
        entry.add_rows("t", [{"item_id": pk, "position": 1024, "description": "As 1", "length": "2,5"}])
    return project


def change(project: Project, person: Any, kind: str, pk: int, **values: Any) -> int:
    with project_change(project=project, person=person, act="items.set") as entry:
        entry.change_rows(kind, {pk: values})
    return entry.revision


def log(project: Project, cast: Cast, query: str = "") -> Any:
    return look(cast.citra, project, f"changes/?{query}")["results"]


def test_every_row_and_column_of_the_log_has_words_or_is_bookkeeping() -> None:
    assert set(worded_kinds()) == {table.kind for table in tables()}
    for table in tables():
        words = words_of(table.kind)
        assert set(words.fields) <= set(table.fields)
        assert set(words.title) <= set(table.fields)
        for group in words.together:
            assert group <= set(table.fields)


def test_every_command_has_words_in_the_workspace() -> None:
    words = (ROOT / "frontend/src/workspace/log/acts.ts").read_text(encoding="utf-8")
    assert not [name for name in commands() if words.count(f'  "{name}": "') != 2]


def test_a_change_tells_rows_by_name_with_before_and_after(filled: Project, cast: Cast) -> None:
    item = WorkItem.objects.get(tag=1)
    analysis = Analysis.objects.get(code="1.1")
    revision = change(filled, cast.budi, "i", item.pk, quantity=Decimal("3.75"), analysis_id=analysis.pk, code="1.1")
    told = log(filled, cast)[0]
    assert (told["revision"], told["act"], told["person"]["name"]) == (revision, "items.set", "Budi")
    (row,) = told["rows"]
    assert (row["key"], row["row"], row["title"], row["what"]) == (f"i{item.pk}", "Pekerjaan", GALIAN, "changed")
    assert [(one["name"], one["type"], one["before"], one["after"]) for one in row["fields"]] == [
        ("Kode", "text", None, "1.1"),
        ("Analisa", "text", None, str(analysis)),
        ("Volume", "number", "2.50", "3.75"),
    ]


def test_kinds_are_told_in_words(project: Project, cast: Cast) -> None:
    with project_change(project=project, person=cast.ani, act="prices.set") as entry:
        entry.add_rows("r", [{"kind": "material", "name": "Semen", "unit": "kg", "price": Decimal("72500.5")}])
    ((row, *_), *_) = [one["rows"] for one in log(project, cast)]
    assert [(one["name"], one["after"]) for one in row["fields"] if one["field"] == "kind"] == [("Jenis", "Bahan")]


def test_names_are_in_the_language_of_the_person(filled: Project, cast: Cast) -> None:
    change(filled, cast.budi, "i", WorkItem.objects.get(tag=1).pk, quantity=Decimal(7))
    program = Program(cast.budi)
    program.client.cookies["ahsp_language"] = "en"
    body = read(program.ask("get", f"projects/{filled.code}/changes/"))
    assert body["results"][0]["rows"][0]["fields"][0]["name"] == "Quantity"


def test_a_move_says_where_from_and_where_to(filled: Project, cast: Cast) -> None:
    with project_change(project=filled, person=cast.ani, act="items.move") as entry:
        (other,) = entry.add_rows("s", [{"position": 2048, "name": "Beton"}])
        entry.change_rows("i", {WorkItem.objects.get(tag=1).pk: {"section_id": other, "position": 5}})
    made, moved = log(filled, cast)[0]["rows"]
    assert (made["what"], made["moved"]) == ("made", False)
    assert moved["moved"]
    assert [(one["before"], one["after"]) for one in moved["fields"]] == [("Pekerjaan tanah", "Beton")]


def test_what_was_removed_keeps_its_name(filled: Project, cast: Cast) -> None:
    with project_change(project=filled, person=cast.ani, act="sections.remove") as entry:
        entry.remove_rows("s", [Section.objects.get().pk])
    told = log(filled, cast)[0]
    assert told["row_count"] == 4
    assert {(row["row"], row["title"], row["what"]) for row in told["rows"]} == {
        ("Klasifikasi", "Pekerjaan tanah", "removed"),
        ("Pekerjaan", GALIAN, "removed"),
        ("Pekerjaan", "Urugan", "removed"),
        ("Baris hitungan volume", "As 1", "removed"),
    }


def test_a_large_change_is_told_in_part_and_read_in_pages(project: Project, cast: Cast) -> None:
    with project_change(project=project, person=cast.ani, act="boq.import") as entry:
        entry.add_rows("i", [{"position": n, "tag": n, "description": f"Baris {n}"} for n in range(1, 301)])
    with CaptureQueriesContext(connection) as asked:
        (told, *_) = log(project, cast)
    assert (told["row_count"], len(told["rows"])) == (300, 8)
    assert len(asked) < 16
    whole = look(cast.citra, project, f"changes/{entry.revision}/?limit=200")
    assert [len(whole["results"]), whole["change"]["act"], bool(whole["next"])] == [200, "boq.import", True]
    assert look(cast.citra, project, "changes/99/", 404)["code"] == "change.not_found"


def test_filters(filled: Project, cast: Cast) -> None:
    item = WorkItem.objects.get(tag=1)
    change(filled, cast.budi, "i", item.pk, unit="m2")
    carry_out(cast.ani, filled, "project.settings", location="Bandung")
    carry_out(cast.eka, filled, "comments.add", key=f"i{item.pk}", text="Mengapa m2?")
    for query, acts in {
        f"person={cast.budi.pk}": ["items.set"],
        f"person={cast.dedi.pk}": [],
        "act=items": ["items.set", "items.add"],
        "act=items.set": ["items.set"],
        "act=items.set,comments": ["comments.add", "items.set"],
        "act=item": [],
        f"key=i{item.pk}": ["comments.add", "items.set", "items.add"],
        "q=bandung": ["project.settings"],
        "q=galian": ["comments.add", "items.set", "items.add"],
        "q=mengapa": ["comments.add"],
        "q=galian m2": ["comments.add", "items.set"],
        "q=%": [],
        "from=2999-01-01": [],
        "to=2000-01-01": [],
        "limit=1": ["comments.add"],
    }.items():
        assert [one["act"] for one in log(filled, cast, query)] == acts, query


def test_days_are_those_of_jakarta_and_count_themselves(filled: Project, cast: Cast) -> None:
    noon = datetime(2026, 3, 5, 12, tzinfo=ZoneInfo("Asia/Jakarta"))
    Change.objects.filter(act="items.add").update(at=noon)
    assert [one["act"] for one in log(filled, cast, "from=2026-03-05&to=2026-03-05")] == ["items.add"]
    Change.objects.filter(act="items.add").update(at=noon - timedelta(hours=12, seconds=1))
    assert log(filled, cast, "from=2026-03-05&to=2026-03-05") == []
    for wrong in ("from=yesterday", "to=2026-13-01", "from=2026-01-01T00:00", "person=x", "to=9999-12-31"):
        assert look(cast.citra, filled, f"changes/?{wrong}", 400)["code"] == "api.parameter"
    look(cast.citra, filled, "changes/?key=zz", 404)


def test_the_history_of_a_row(filled: Project, cast: Cast) -> None:
    item = WorkItem.objects.get(tag=1)
    change(filled, cast.budi, "i", item.pk, unit="m2")
    change(filled, cast.budi, "s", Section.objects.get().pk, name="Tanah")
    history = look(cast.citra, filled, f"rows/i{item.pk}/history/")
    assert (history["title"], history["present"]) == (item.description, True)
    assert [(one["act"], one["what"], one["person"]["name"]) for one in history["results"]] == [
        ("items.set", "changed", "Budi"),
        ("items.add", "made", "Ani"),
    ]
    for key in ("i999999", "zz", "i"):
        look(cast.citra, filled, f"rows/{key}/history/", 404)


def test_a_cell_is_put_back_alone(filled: Project, cast: Cast) -> None:
    item = WorkItem.objects.get(tag=1)
    changed = change(filled, cast.budi, "i", item.pk, description="Urugan", unit="m2", number="7")
    change(filled, cast.budi, "i", item.pk, number="8")
    answer = carry_out(cast.ani, filled, "changes.restore", revision=changed, key=f"i{item.pk}", fields=["unit"])
    item.refresh_from_db()
    assert (item.unit, item.description, item.number) == ("m3", "Urugan", "8")
    carry_out(cast.ani, filled, "changes.restore", revision=changed, key=f"i{item.pk}")
    item.refresh_from_db()
    assert (item.description, item.number) == (GALIAN, "")
    carry_out(cast.ani, filled, "changes.undo", revision=answer["made"] + 1)
    item.refresh_from_db()
    assert (item.description, item.number, item.unit) == ("Urugan", "8", "m3")


def test_code_and_analysis_are_put_back_together(filled: Project, cast: Cast) -> None:
    item = WorkItem.objects.get(tag=1)
    pks = dict(Analysis.objects.values_list("code", "pk"))
    change(filled, cast.budi, "i", item.pk, code="1.1", analysis_id=pks["1.1"])
    changed = change(filled, cast.budi, "i", item.pk, code="1.3", analysis_id=pks["1.3"], unit="m2")
    carry_out(cast.ani, filled, "changes.restore", revision=changed, key=f"i{item.pk}", fields=["code"])
    item.refresh_from_db()
    assert (item.code, item.analysis_id, item.unit) == ("1.1", pks["1.1"], "m2")


def test_a_cell_that_was_written_since_is_a_conflict(filled: Project, cast: Cast) -> None:
    item = WorkItem.objects.get(tag=1)
    changed = change(filled, cast.ani, "i", item.pk, unit="m2")
    change(filled, cast.budi, "i", item.pk, unit="ls")
    arguments = {"revision": changed, "key": f"i{item.pk}"}
    refused = carry_out(cast.ani, filled, "changes.restore", 409, **arguments, version=changed)
    assert (refused["code"], refused["conflicts"][0]["theirs"]) == ("cells.changed", "ls")
    carry_out(cast.ani, filled, "changes.restore", **arguments)
    assert WorkItem.objects.get(tag=1).unit == "m3"


def test_a_removed_row_comes_back_with_what_went_with_it(filled: Project, cast: Cast) -> None:
    before = dump(filled)["rows"]
    item, section = WorkItem.objects.get(tag=1), Section.objects.get()
    with project_change(project=filled, person=cast.budi, act="sections.remove") as entry:
        entry.remove_rows("s", [section.pk])
    gone = {"revision": entry.revision, "key": f"i{item.pk}"}
    assert carry_out(cast.ani, filled, "changes.restore", 409, **gone)["code"] == "change.owner_gone"
    carry_out(cast.ani, filled, "changes.restore", revision=entry.revision, key=f"s{section.pk}")
    assert dump(filled)["rows"] == before
    assert TakeoffLine.objects.get().item.tag == 2
    assert carry_out(cast.ani, filled, "changes.restore", 409, **gone)["code"] == "change.row_there"


def test_what_cannot_be_put_back_is_said(filled: Project, cast: Cast) -> None:
    item, section = WorkItem.objects.get(tag=1), Section.objects.get()
    made = filled.revision
    changed = change(filled, cast.budi, "i", item.pk, unit="m2")
    for revision, key, code, status in (
        (made, f"i{item.pk}", "change.made_row", 409),
        (changed, f"s{section.pk}", "change.not_of_row", 404),
        (99, f"i{item.pk}", "change.not_of_row", 404),
        (changed, "i999999", "change.not_of_row", 404),
    ):
        assert carry_out(cast.ani, filled, "changes.restore", status, revision=revision, key=key)["code"] == code
    carry_out(cast.citra, filled, "changes.restore", 403, revision=changed, key=f"i{item.pk}")
    Project.objects.filter(pk=filled.pk).update(locked_at=timezone.now())
    refused = carry_out(cast.ani, filled, "changes.restore", 409, revision=changed, key=f"i{item.pk}")
    assert refused["code"] == "project.locked"
