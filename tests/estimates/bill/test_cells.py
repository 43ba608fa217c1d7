"""Cells of the bill: what is typed is read, written once, and refused with its key and field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ahsp.core.errors import Conflict, NotFound
from ahsp.estimates.models import ProjectAnalysis, Section, TakeoffLine, WorkItem
from ahsp.projects.cells import CellsChanged, CellsRefused
from ahsp.projects.models import Project, RowChange
from tests.acting import act
from tests.estimates.bill.rows import item, key, last_change, told, whole
from tests.people import Cast


def put(project: Project, cast: Cast, words: str, *, version: int | None = None, **values: str | None) -> Any:
    cells = [{"key": key(project, words), "version": version, "values": values}]
    return act(project, cast.budi, "items.set", cells=cells)


def test_numbers_are_read_as_indonesians_write_them(filled: Project, cast: Cast) -> None:
    assert put(filled, cast, "Galian tanah", quantity="1.234,56", overhead="12,5 %", unit_price="Rp 5.000,-") == {
        "changed": 1
    }
    stored = item(filled, "Galian tanah")
    assert (stored.quantity, stored.overhead, stored.unit_price) == (Decimal("1234.56"), Decimal("12.5"), Decimal(5000))
    assert stored.version == filled.revision
    assert last_change(filled).data["quantity"] == {"before": "10", "after": "1234.56"}
    put(filled, cast, "Galian tanah", quantity="", unit_price=None)
    stored.refresh_from_db()
    assert (stored.quantity, stored.unit_price) == (None, None)


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("quantity", "1.5", "cell.no_number"),
        ("quantity", "dua", "cell.no_number"),
        ("quantity", "-3", "cell.negative"),
        ("quantity", "1234567890123", "cell.absurd"),
        ("quantity", "=2*(3", "formula.incomplete"),
        ("unit_price", "=2*3", "cell.no_number"),
        ("overhead", "101", "cell.percent"),
        ("overhead", "1,2345", "cell.percent"),
        ("unit", "m" * 101, "cell.long"),
        ("description", "a\x00b", "cell.no_text"),
        ("amount", "5", "cell.unknown"),
    ],
)
def test_what_cannot_be_read_is_refused_with_key_and_field(
    field: str, typed: str, code: str, filled: Project, cast: Cast
) -> None:
    before = whole(filled)
    with pytest.raises(CellsRefused) as caught:
        put(filled, cast, "Galian tanah", **{field: typed})
    assert told(caught.value) == [(key(filled, "Galian tanah"), field, code)]
    assert whole(filled) == before


def test_of_many_cells_all_faults_are_told_and_nothing_is_written(filled: Project, cast: Cast) -> None:
    rows = list(WorkItem.objects.order_by("id"))
    cells = [
        {"key": f"i{row.pk}", "values": {"quantity": "x" if at else "7", "unit": "m"}} for at, row in enumerate(rows)
    ]
    with pytest.raises(CellsRefused) as caught:
        act(filled, cast.budi, "items.set", cells=cells)
    assert told(caught.value) == [(f"i{row.pk}", "quantity", "cell.no_number") for row in rows[1:]]
    assert not WorkItem.objects.filter(unit="m").exists()


def test_many_rows_are_filled_with_no_question_for_each(filled: Project, cast: Cast) -> None:
    def asked(keys: list[str], quantity: str) -> int:
        cells = [{"key": each, "values": {"code": "1.2", "quantity": quantity}} for each in keys]
        with CaptureQueriesContext(connection) as questions:
            assert act(filled, cast.budi, "items.set", cells=cells) == {"changed": len(keys)}
        return len(questions)

    keys = [f"i{pk}" for pk in WorkItem.objects.values_list("id", flat=True)]
    asked(keys, "5")
    assert asked(keys[:1], "7") == asked(keys, "6")
    assert set(WorkItem.objects.values_list("quantity", flat=True)) == {Decimal(6)}
    assert last_change(filled).data["rows"] == 5


def test_a_code_means_an_analysis_of_the_edition_or_of_the_project(filled: Project, cast: Cast) -> None:
    own = ProjectAnalysis.objects.create(
        project=filled, organization=filled.organization, code="P.1", name="Galian khusus", unit="m3"
    )
    put(filled, cast, "Belum dihargai", code="AHSP 1.1.")
    stored = item(filled, "Belum dihargai")
    assert (stored.code, stored.analysis.code, stored.own_id, stored.unit) == ("1.1", "1.1", None, "unit")
    assert [found["code"] for found in stored.reading_issues] == ["analysis.code_tidied"]
    put(filled, cast, "Belum dihargai", code="P.1")
    stored.refresh_from_db()
    assert (stored.code, stored.analysis_id, stored.own_id, stored.reading_issues) == ("P.1", None, own.pk, [])
    put(filled, cast, "Belum dihargai", code="9.9")
    stored.refresh_from_db()
    assert (stored.code, stored.analysis_id, stored.own_id) == ("9.9", None, None)


def test_words_of_an_analysis_follow_its_code_and_those_of_a_person_stay(filled: Project, cast: Cast) -> None:
    made = act(filled, cast.budi, "items.add_analyses", codes=["1.1"])["keys"][0]
    act(filled, cast.budi, "items.set", cells=[{"key": made, "values": {"code": "1.3"}}])
    stored = WorkItem.objects.get(pk=made[1:])
    assert (stored.description, stored.unit) == ("Plesteran", "m2")
    act(filled, cast.budi, "items.set", cells=[{"key": made, "values": {"description": "Plesteran dinding"}}])
    act(filled, cast.budi, "items.set", cells=[{"key": made, "values": {"code": "1.1"}}])
    stored.refresh_from_db()
    assert (stored.description, stored.unit) == ("Plesteran dinding", "m3")


def test_a_formula_stands_where_the_quantity_is_calculated_and_a_number_takes_its_place(
    filled: Project, cast: Cast
) -> None:
    put(filled, cast, "Galian tanah", quantity="=2*3,5")
    stored = item(filled, "Galian tanah")
    assert (stored.formula, stored.quantity) == ("2*3,5", Decimal(7))
    put(filled, cast, "Galian tanah", quantity="4")
    stored.refresh_from_db()
    assert (stored.formula, stored.quantity, stored.quantity_issues) == ("", Decimal(4), [])


def test_a_typed_quantity_takes_the_place_of_a_take_off_sheet_only_when_that_was_said(
    filled: Project, cast: Cast
) -> None:
    digging = key(filled, "Galian tanah")
    act(filled, cast.budi, "takeoff.set_lines", item=digging, rows=[{"values": {"length": "4"}}], whole=True)
    before, cells = whole(filled), [{"key": digging, "values": {"quantity": "9"}}]
    with pytest.raises(Conflict) as caught:
        act(filled, cast.budi, "items.set", cells=cells)
    assert caught.value.code == "takeoff.in_use"
    act(filled, cast.budi, "items.set", cells=cells, confirmed=True)
    assert (item(filled, "Galian tanah").quantity, TakeoffLine.objects.count()) == (Decimal(9), 0)
    act(filled, cast.budi, "changes.undo", revision=filled.revision)
    assert whole(filled) == before


def test_what_was_found_at_the_import_goes_when_the_value_is_typed(filled: Project, cast: Cast) -> None:
    found = [{"code": code, "severity": "error", "data": {}} for code in ("number.ambiguous", "item_number.duplicate")]
    WorkItem.objects.filter(description="Plesteran").update(reading_issues=found)
    put(filled, cast, "Plesteran", quantity="3")
    assert [one["code"] for one in item(filled, "Plesteran").reading_issues] == ["item_number.duplicate"]


def test_sections_are_named_and_rows_keep_words(filled: Project, cast: Cast) -> None:
    put(filled, cast, "Tanah", name="Pekerjaan tanah", number="I")
    assert Section.objects.get(number="I").name == "Pekerjaan tanah"
    for words, field, code in (
        ("Pekerjaan tanah", "name", "section.unnamed"),
        ("Mobilisasi", "description", "item.empty"),
    ):
        with pytest.raises(CellsRefused) as caught:
            put(filled, cast, words, **{field: " "})
        assert told(caught.value) == [(key(filled, words), field, code)]


def test_a_description_is_text_whatever_it_looks_like(filled: Project, cast: Cast) -> None:
    for words in ("<script>alert(1)</script>", '=HYPERLINK("http://x")', "{{ 7*7 }}", "Robert'); DROP TABLE"):
        put(filled, cast, "Galian tanah", description=words)
        assert item(filled, words).description == words
        put(filled, cast, words, description="Galian tanah")


def test_who_is_second_in_a_cell_is_told_both_values(filled: Project, cast: Cast) -> None:
    seen = filled.revision
    for quantity in ("7", "=2*4"):
        cells = [{"key": key(filled, "Galian tanah"), "version": seen, "values": {"quantity": quantity}}]
        act(filled, cast.ani, "items.set", cells=cells)
        with pytest.raises(CellsChanged) as caught:
            put(filled, cast, "Galian tanah", version=seen, quantity="9")
        (conflict,) = caught.value.more["conflicts"]
        assert (conflict["yours"], conflict["person"]) == ("9", "Ani")
    assert conflict["theirs"] == "2*4"
    # Another cell of the row is nobody's business, and whoever has seen both overwrites.
    put(filled, cast, "Galian tanah", version=seen, number="1a")
    put(filled, cast, "Galian tanah", version=filled.revision, quantity="9")
    assert item(filled, "Galian tanah").quantity == Decimal(9)


def test_nothing_different_leaves_no_change(filled: Project, cast: Cast) -> None:
    revision, logged = filled.revision, RowChange.objects.count()
    assert put(filled, cast, "Galian tanah", quantity="10,0", code="1.1") == {"changed": 0}
    assert (filled.revision, RowChange.objects.count()) == (revision, logged)


def test_a_row_of_another_project_is_not_here(filled: Project, cast: Cast) -> None:
    from tests.builders import make_project

    wanted = key(filled, "Galian tanah")
    with pytest.raises(NotFound):
        act(make_project(cast), cast.budi, "items.set", cells=[{"key": wanted, "values": {"unit": "m"}}])
