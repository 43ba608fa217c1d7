"""Sections and work items through the API: what is written, what is told, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from ahsp.estimates.models import Section, WorkItem
from ahsp.projects.models import Change, Project
from tests.api.program import Program, read, refused
from tests.builders import make_project
from tests.people import Cast


@pytest.fixture
def budi(filled: Project, cast: Cast) -> Program:
    return Program(cast.budi, filled)


def rows(budi: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(budi.inside("get", "tree/"))["rows"]
    return found


def names(budi: Program) -> list[str]:
    return [row["name"] for row in rows(budi)]


def last_change(project: Project) -> Change:
    return Change.objects.filter(project=project).latest("revision")


def item_of(project: Project, description: str) -> WorkItem:
    return WorkItem.objects.get(project=project, description=description)


def test_an_item_takes_name_and_unit_of_its_analysis(budi: Program, filled: Project) -> None:
    answer = budi.inside("post", "items/", {"code": "AHSP 1. 1.", "quantity": "2.50"})
    made = read(answer, 201)
    item = made["item"]
    assert (item["code"], item["name"], item["unit"]) == ("1.1", "Galian tanah biasa sedalam 1 m", "m3")
    assert (item["quantity"], item["unit_price"], item["amount"]) == ("2.50", "107360.00", "268400.00")
    assert (item["status"], [issue["code"] for issue in item["issues"]]) == ("PRICED", ["analysis.code_tidied"])
    assert made["revision"] == 3
    # 6,232,000 before, and 11 % of 12/11 of it
    assert made["totals"]["total"] == "7215444.00"
    assert answer.headers["ETag"].startswith('"3.')
    assert read(budi.ask("get", answer.headers["Location"]))["item"] == item
    change = last_change(filled)
    assert (change.act, change.person, change.data["id"]) == ("item.add", budi.person, item["id"])
    assert change.data["quantity"] == {"before": None, "after": "2.50"}


def test_an_item_keeps_a_code_the_edition_does_not_have(budi: Program) -> None:
    item = read(budi.inside("post", "items/", {"code": "9.9", "description": "Lain"}), 201)["item"]
    assert (item["code"], item["known"], item["status"]) == ("9.9", False, "UNPRICED")
    assert "analysis.unknown" in [issue["code"] for issue in item["issues"]]


def test_values_change_with_before_and_after(budi: Program, filled: Project) -> None:
    item = item_of(filled, "Plesteran")
    values = {"quantity": "12.345", "overhead": "12.5", "number": "5a"}
    changed = read(budi.inside("patch", f"items/{item.pk}/", values))["item"]
    assert (changed["quantity"], changed["overhead"], changed["number"]) == ("12.345", "12.5", "5a")
    assert changed["status"] == "PRICED"
    assert {name: last_change(filled).data[name] for name in values} == {
        "quantity": {"before": None, "after": "12.345"},
        "overhead": {"before": None, "after": "12.5"},
        "number": {"before": "5", "after": "5a"},
    }
    assert read(budi.inside("patch", f"items/{item.pk}/", {"quantity": None}))["item"]["quantity"] is None


def test_what_was_found_at_the_import_goes_when_the_value_is_typed(budi: Program, filled: Project) -> None:
    item = item_of(filled, "Plesteran")
    place = {"file": "boq.csv", "row": "7", "column": "E"}
    found = [
        {"code": "number.ambiguous", "severity": "error", "data": place},
        {"code": "item_number.duplicate", "severity": "warning", "data": place},
    ]
    WorkItem.objects.filter(pk=item.pk).update(reading_issues=found)
    changed = read(budi.inside("patch", f"items/{item.pk}/", {"quantity": "3"}))["item"]
    assert [issue["code"] for issue in changed["issues"]] == ["item_number.duplicate"]


def test_an_item_goes_and_the_log_keeps_it(budi: Program, filled: Project) -> None:
    item = item_of(filled, "Galian tanah")
    answer = read(budi.inside("delete", f"items/{item.pk}/"))
    assert answer["totals"]["item_count"] == 4
    assert not WorkItem.objects.filter(pk=item.pk).exists()
    data = last_change(filled).data
    assert (data["label"], data["quantity"]) == ("1 Galian tanah", {"before": "10", "after": None})
    assert refused(budi.inside("delete", f"items/{item.pk}/")) == (404, "item.not_found")


def test_rows_stand_where_they_are_put(budi: Program, filled: Project) -> None:
    soil = Section.objects.get(project=filled, name="Tanah")
    digging = item_of(filled, "Galian tanah")
    put = {"description": "Kedua", "parent": soil.pk, "after": f"i{digging.pk}"}
    budi.inside("post", "items/", put)
    budi.inside("post", "items/", {"description": "Pertama", "parent": soil.pk, "after": None})
    budi.inside("post", "sections/", {"name": "Paling depan", "after": None})
    budi.inside("post", "sections/", {"name": "Di dalam", "parent": soil.pk})
    assert names(budi) == [
        "Paling depan", "Tanah", "Pertama", "Galian tanah", "Kedua", "Urugan pasir", "Di dalam",
        "Lain-lain", "Mobilisasi", "Belum dihargai", "Plesteran",
    ]  # fmt: skip
    other = Section.objects.get(project=filled, name="Lain-lain")
    read(budi.inside("patch", f"sections/{other.pk}/", {"parent": None, "after": None}))
    moved = item_of(filled, "Kedua")
    read(budi.inside("patch", f"items/{moved.pk}/", {"parent": None}))
    assert (names(budi)[0], names(budi)[-1]) == ("Lain-lain", "Kedua")
    assert last_change(filled).data["place"] == {"before": soil.pk, "after": None}


def test_a_section_is_renamed_and_goes_with_its_content_only_when_asked(budi: Program, filled: Project) -> None:
    soil = Section.objects.get(project=filled, name="Tanah")
    assert read(budi.inside("patch", f"sections/{soil.pk}/", {"name": "Tanah dan pasir"}))["section"]["number"] == "1"
    assert refused(budi.inside("delete", f"sections/{soil.pk}/")) == (409, "section.not_empty")
    assert read(budi.inside("delete", f"sections/{soil.pk}/?with_content=true"))["totals"]["item_count"] == 3
    removed = last_change(filled).data
    assert [item["label"] for item in removed["removed_items"]] == ["1 Galian tanah", "2 Urugan pasir"]
    assert names(budi) == ["Lain-lain", "Mobilisasi", "Belum dihargai", "Plesteran"]


def test_sections_neither_contain_themselves_nor_nest_for_ever(budi: Program, filled: Project) -> None:
    parent = None
    made = []
    for level in range(12):
        made.append(read(budi.inside("post", "sections/", {"name": f"{level}", "parent": parent}), 201)["section"])
        parent = made[-1]["id"]
    too_deep = budi.inside("post", "sections/", {"name": "13", "parent": parent})
    assert refused(too_deep) == (422, "section.too_deep")
    inside = budi.inside("patch", f"sections/{made[0]['id']}/", {"parent": made[3]["id"]})
    assert refused(inside) == (422, "section.inside_itself")
    soil = Section.objects.get(project=filled, name="Tanah")
    deep = budi.inside("patch", f"sections/{made[0]['id']}/", {"parent": soil.pk})
    assert refused(deep) == (422, "section.too_deep")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"description": "x", "quantity": 3}, "quantity"),
        ({"description": "x", "quantity": "1e3"}, "quantity"),
        ({"description": "x", "quantity": "-1"}, "quantity"),
        ({"description": "x", "quantity": "1.234,5"}, "quantity"),
        ({"description": "x", "quantity": "٣"}, "quantity"),
        ({"description": "x", "quantity": "1\n"}, "quantity"),
        ({"description": "x", "quantity": "1234567890123"}, "quantity"),
        ({"description": "x", "quantity": "NaN"}, "quantity"),
        ({"description": "x", "overhead": "100.001"}, "overhead"),
        ({"description": "x\x00"}, "description"),
        ({"description": "\ud800"}, "description"),
        ({"description": "x" * 2001}, "description"),
        ({"description": "x", "code": "9" * 65}, "code"),
        ({"description": "x", "qauntity": "3"}, "qauntity"),
        ({"description": "x", "parent": 10**30}, "parent"),
        ({"description": "x", "parent": 2**62}, "parent"),
        ({"description": "x", "after": "i1"}, "after"),
        ({"description": "x", "after": "s99999999999999999"}, "after"),
        ({"unit": "m3"}, "description"),
        ({}, "description"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_written(
    values: dict[str, Any], field: str, budi: Program, filled: Project
) -> None:
    answer = budi.inside("post", "items/", values)
    body = read(answer, 422)
    assert {error["field"] for error in body["errors"]} == {field}
    assert Project.objects.get(pk=filled.pk).revision == 2
    assert WorkItem.objects.filter(project=filled).count() == 5


def test_rows_of_another_project_are_not_there(budi: Program, cast: Cast) -> None:
    other = make_project(cast, name="Lain")
    section = Section.objects.create(project=other, organization=cast.office, position=1, name="Asing")
    item = WorkItem.objects.create(project=other, organization=cast.office, position=2, tag=1, description="Asing")
    for method in ("get", "patch", "delete"):
        assert refused(budi.inside(method, f"items/{item.pk}/", {}))[0] == 404
    assert refused(budi.inside("patch", f"sections/{section.pk}/", {}))[0] == 404
    assert refused(budi.inside("post", "items/", {"description": "x", "parent": section.pk}))[0] == 422
    assert refused(budi.inside("post", "items/", {"description": "x", "after": f"i{item.pk}"}))[0] == 422
