from __future__ import annotations

from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from ahsp.core.errors import Conflict, NotFound, Refused
from ahsp.estimates.models import TakeoffLine, WorkItem
from ahsp.estimates.quantities.queries import sheet_of
from ahsp.estimates.quantities.sheet_services import MOST_LINES, give_up_sheets
from ahsp.projects.cells import CellsChanged, CellsRefused
from ahsp.projects.models import Project
from ahsp.projects.services import project_change
from tests.estimates.quantities.acts import (
    add_parameters,
    as_row,
    issue_codes,
    make_items,
    quantities,
    run,
    set_sheet,
    sheet_texts,
)
from tests.people import Cast


@pytest.fixture
def item(project: Project) -> WorkItem:
    return make_items(project, "7")[0]


def add_lines(project: Project, cast: Cast, item: WorkItem, *lines: dict[str, Any], **more: Any) -> list[str]:
    made = run(
        project, cast.ani, "takeoff.set_lines", item=f"i{item.pk}", rows=[as_row(line) for line in lines], **more
    )
    return list(made["keys"])


def test_lines_are_put_where_they_are_wanted(project: Project, cast: Cast, item: WorkItem) -> None:
    first, second = add_lines(project, cast, item, {"description": "a"}, {"description": "b"})
    add_lines(project, cast, item, {"description": "a1", "after": first}, {"description": "a2"})
    add_lines(project, cast, item, {"description": "0", "after": None}, {"description": "b1", "after": second})
    add_lines(project, cast, item, {"key": second, "count": "2"}, {"description": "b0"})
    add_lines(project, cast, item, {"description": "z"})
    assert sheet_texts(item) == ["0", "a", "a1", "a2", "b", "b0", "b1", "z"]


def test_lines_find_room_in_one_place_a_hundred_times(project: Project, cast: Cast, item: WorkItem) -> None:
    first, _ = add_lines(project, cast, item, {"description": "a"}, {"description": "b"})
    for number in range(60):
        add_lines(project, cast, item, {"description": str(number), "after": first})
    assert sheet_texts(item) == ["a", *[str(number) for number in reversed(range(60))], "b"]


def test_a_whole_sheet_replaces_and_orders(project: Project, cast: Cast, item: WorkItem) -> None:
    keys = add_lines(project, cast, item, *({"description": name, "count": "1"} for name in "abcd"))
    lines = [{"key": keys[3]}, {"description": "new", "count": "5"}, {"key": keys[0], "count": "2"}]
    set_sheet(project, cast.ani, item, *lines)
    assert sheet_texts(item) == ["d", "new", "a"]
    assert quantities(project) == ["8"]


def test_single_cells_leave_the_others_alone(project: Project, cast: Cast, item: WorkItem) -> None:
    (key,) = add_lines(project, cast, item, {"description": "a", "count": "2", "length": " 3,5 "})
    add_lines(project, cast, item, {"key": key, "width": "2"})
    line = TakeoffLine.objects.get()
    assert (line.description, line.count, line.length, line.width) == ("a", "2", "3,5", "2")
    assert quantities(project) == ["14"]


def test_a_sheet_takes_the_place_of_a_formula(project: Project, cast: Cast) -> None:
    (item,) = make_items(project, "=2 * 3")
    add_lines(project, cast, item, {"count": "2"})
    item.refresh_from_db()
    assert (item.formula, item.quantity) == ("", 2)


def test_what_cannot_be_read_is_refused_with_its_cell(project: Project, cast: Cast, item: WorkItem) -> None:
    with pytest.raises(CellsRefused) as refused:
        add_lines(project, cast, item, {"count": "2"}, {"id": "new2", "count": "1 +", "height": "2,5 m"})
    first, second = refused.value.more["errors"]
    assert (first["key"], first["field"], first["code"]) == ("new2", "count", "formula.incomplete")
    assert (second["field"], second["data"]["position"]) == ("height", "5")
    assert quantities(project) == ["7"]
    assert not TakeoffLine.objects.exists()


def test_a_pasted_sheet_keeps_what_cannot_be_read_and_tells(project: Project, cast: Cast, item: WorkItem) -> None:
    add_lines(project, cast, item, {"count": "2"}, {"count": "#REF!"}, lenient=True)
    assert quantities(project) == [None]
    assert issue_codes(project, 1) == ["takeoff.faulty"]
    sheet = sheet_of(project, item.pk)
    assert sheet.measured.lines[1].issues["count"].code == "formula.unexpected"
    assert sheet.lines[1].count == "#REF!"


def test_the_sheet_shows_the_value_of_every_line(project: Project, cast: Cast) -> None:
    item, other = make_items(project, None, "4")
    add_parameters(project, cast.ani, tinggi="luas / 2", luas="v2 + 2")
    add_lines(
        project,
        cast,
        item,
        {"count": "2", "height": "tinggi"},
        {"description": "x"},
        {"formula": "v2 * 1/0"},
        lenient=True,
    )
    measured = sheet_of(project, item.pk).measured
    assert [line.value for line in measured.lines] == [6, None, None]
    assert measured.lines[0].values == {"count": 2, "height": 3}
    assert measured.lines[2].issues["formula"].code == "formula.division_by_zero"
    assert sheet_of(project, other.pk).lines == []


def test_two_people_in_one_cell(project: Project, cast: Cast, item: WorkItem) -> None:
    (key,) = add_lines(project, cast, item, {"count": "2"})
    version = TakeoffLine.objects.get().version
    run(
        project,
        cast.budi,
        "takeoff.set_lines",
        item=f"i{item.pk}",
        rows=[as_row({"key": key, "version": version, "count": "5"})],
    )
    with pytest.raises(CellsChanged) as refused:
        add_lines(project, cast, item, {"key": key, "version": version, "count": "9"})
    assert refused.value.more["conflicts"][0]["theirs"] == "5"
    add_lines(project, cast, item, {"key": key, "version": version, "length": "3"})
    assert quantities(project) == ["15"]


def test_a_typed_quantity_asks_before_the_sheet_goes(project: Project, cast: Cast, item: WorkItem) -> None:
    add_lines(project, cast, item, {"count": "2"})
    with project_change(project=project, person=cast.ani, act="x") as entry:
        with pytest.raises(Conflict) as refused:
            give_up_sheets(entry=entry, items=[item.pk], confirmed=False)
        assert refused.value.code == "takeoff.in_use"
        give_up_sheets(entry=entry, items=[item.pk], confirmed=True)
    assert not TakeoffLine.objects.exists()


def test_lines_of_other_items_and_projects_are_not_here(project: Project, cast: Cast) -> None:
    item, other = make_items(project, None, None)
    (key,) = add_lines(project, cast, other, {"count": "2"})
    for line in ({"key": key, "count": "3"}, {"key": "t999", "count": "3"}):
        with pytest.raises(NotFound):
            add_lines(project, cast, item, line)
    with pytest.raises(NotFound):
        run(project, cast.ani, "takeoff.set_lines", item="i999", rows=[as_row({"count": "1"})])
    with pytest.raises(NotFound):
        sheet_of(project, 999)


def test_a_sheet_has_its_limits(project: Project, cast: Cast, item: WorkItem) -> None:
    with pytest.raises(ValidationError):
        add_lines(project, cast, item, *[{"count": "1"}] * (MOST_LINES + 1))
    with pytest.raises(ValidationError):
        add_lines(project, cast, item, {"count": "1" * 1_001})
    add_lines(project, cast, item, *[{"count": "1"}] * MOST_LINES)
    with pytest.raises(Refused) as refused:
        add_lines(project, cast, item, {"count": "1"})
    assert refused.value.code == "takeoff.too_long"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"count": "1000000000", "length": "1000000000", "width": "10"}, ""),
        ({"formula": "10^15 * n", "count": "2"}, "formula"),
        ({"length": "sqrt(0 - 1)"}, "length"),
    ],
)
def test_what_is_too_large_or_has_no_value_is_told(
    project: Project, cast: Cast, item: WorkItem, cells: dict[str, str], code: str
) -> None:
    add_lines(project, cast, item, cells)
    assert quantities(project) == [None]
    assert code in sheet_of(project, item.pk).measured.lines[0].issues


def test_markup_in_a_description_is_text(project: Project, cast: Cast, item: WorkItem) -> None:
    add_lines(project, cast, item, {"description": "<img src=x onerror=alert(1)>", "count": "1"})
    assert sheet_texts(item) == ["<img src=x onerror=alert(1)>"]
