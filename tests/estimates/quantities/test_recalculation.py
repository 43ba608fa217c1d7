"""Quantities follow, in the same change, whatever they are calculated from."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ahsp.core.errors import Refused
from ahsp.estimates.models import TakeoffLine, WorkItem
from ahsp.projects.commands import follow_up
from ahsp.projects.models import Project
from ahsp.projects.services import project_change
from tests.estimates.quantities.acts import (
    add_parameters,
    as_row,
    issue_codes,
    last_change,
    make_items,
    parameter,
    quantities,
    run,
    set_sheet,
)
from tests.people import Cast


def write_item(project: Project, cast: Cast, tag: int, **values: object) -> None:
    item = WorkItem.objects.get(project=project, tag=tag)
    with project_change(project=project, person=cast.ani, act="item.change") as entry:
        entry.change_rows("i", {item.pk: values})
        follow_up(entry)


def set_parameter(project: Project, cast: Cast, name: str, formula: str) -> None:
    row = parameter(project, name)
    run(project, cast.ani, "parameters.set", rows=[as_row({"key": f"p{row.pk}", "formula": formula})])


def test_a_parameter_moves_all_that_rests_on_it(project: Project, cast: Cast) -> None:
    make_items(project, "=tinggi * 2", "=v1 + 1", "7", None)
    add_parameters(project, cast.ani, tinggi="tebal * 20", tebal="0,15")
    assert quantities(project) == ["6", "7", "7", None]
    before = project.revision
    set_parameter(project, cast, "tebal", "0,25")
    assert quantities(project) == ["10", "11", "7", None]
    assert project.revision == before + 1
    assert last_change(project).data["recalculated"] == 2


def test_a_sheet_is_the_quantity_of_its_item_and_others_follow(project: Project, cast: Cast) -> None:
    wall, *_ = make_items(project, "5", "=2 * v1", "3")
    add_parameters(project, cast.ani, tinggi="3")
    lines = [
        {"description": "As A", "count": "2", "length": "4,5", "height": "tinggi"},
        {"description": "Pintu", "deduction": "0,8*2,1"},
        {"description": "keterangan"},
    ]
    set_sheet(project, cast.ani, wall, *lines)
    assert quantities(project) == ["25.32", "50.64", "3"]
    set_parameter(project, cast, "tinggi", "4")
    assert quantities(project) == ["34.32", "68.64", "3"]


def test_a_typed_quantity_moves_its_dependents(project: Project, cast: Cast) -> None:
    make_items(project, "5", "=v1 * 2", "=v2 + v1")
    write_item(project, cast, 1, quantity=Decimal("1.5"))
    assert quantities(project) == ["1.5", "3", "4.5"]


def test_what_cannot_be_calculated_lacks_its_quantity_and_says_why(project: Project, cast: Cast) -> None:
    make_items(project, "=10 / jumlah", "=v1", "=v9", "=belum")
    add_parameters(project, cast.ani, jumlah="2")
    assert quantities(project)[:2] == ["5", "5"]
    set_parameter(project, cast, "jumlah", "0")
    assert quantities(project)[:2] == [None, None]
    assert issue_codes(project, 1) == ["formula.division_by_zero"]
    assert issue_codes(project, 2) == ["formula.depends_on_invalid"]
    assert WorkItem.objects.get(tag=1).quantity_issues[0]["data"]["position"] == "5"
    set_parameter(project, cast, "jumlah", "4")
    assert quantities(project)[:2] == ["2.5", "2.5"]
    assert issue_codes(project, 1) == []


def test_a_name_may_be_used_before_it_exists(project: Project, cast: Cast) -> None:
    make_items(project, "1", "2")
    write_item(project, cast, 1, formula="lebar * v3")
    assert issue_codes(project, 1) == ["formula.unknown_name"]
    add_parameters(project, cast.ani, lebar="2")
    assert issue_codes(project, 1) == ["formula.unknown_item"]
    with project_change(project=project, person=cast.ani, act="item.add") as entry:
        entry.add_rows("i", [{"tag": 3, "position": 9, "description": "c", "quantity": Decimal(5)}])
        follow_up(entry)
    assert quantities(project) == ["10", "2", "5"]


def test_a_circle_is_refused_with_its_names_and_nothing_is_written(project: Project, cast: Cast) -> None:
    make_items(project, "=tinggi", "=v1")
    add_parameters(project, cast.ani, tinggi="2", lain="1")
    revision = project.revision
    with pytest.raises(Refused) as refused:
        set_parameter(project, cast, "tinggi", "v2 + 1")
    assert refused.value.code == "formula.cycle"
    assert refused.value.data["names"].count("→") == 3
    assert "v1 (1 Pekerjaan 1)" in refused.value.data["names"]
    assert Project.objects.get(pk=project.pk).revision == revision
    assert quantities(project) == ["2", "2"]
    with pytest.raises(Refused):
        write_item(project, cast, 1, formula="v1")


def test_a_circle_through_sheets_is_refused_too(project: Project, cast: Cast) -> None:
    one, two = make_items(project, None, None)
    set_sheet(project, cast.ani, one, {"length": "v2"})
    with pytest.raises(Refused) as refused:
        set_sheet(project, cast.ani, two, {"count": "3"}, {"formula": "n * v1", "count": "1"})
    assert refused.value.code == "formula.cycle"


def test_the_last_line_of_a_sheet_takes_the_quantity_with_it(project: Project, cast: Cast) -> None:
    item, _ = make_items(project, None, "=v1")
    made = set_sheet(project, cast.ani, item, {"count": "2"}, {"count": "3"})
    assert quantities(project) == ["5", "5"]
    run(project, cast.ani, "takeoff.remove_lines", keys=[made["keys"][0]])
    assert quantities(project) == ["3", "3"]
    run(project, cast.ani, "takeoff.remove_lines", keys=[made["keys"][1]])
    assert quantities(project) == [None, None]
    assert issue_codes(project, 2) == ["formula.quantity_missing"]


def test_undo_brings_back_quantities_and_sources(project: Project, cast: Cast) -> None:
    item, _ = make_items(project, "5", "=v1")
    set_sheet(project, cast.ani, item, {"count": "2", "length": "1,5"})
    assert quantities(project) == ["3", "3"]
    run(project, cast.ani, "changes.undo", revision=project.revision)
    assert quantities(project) == ["5", "5"]
    assert not TakeoffLine.objects.exists()
    run(project, cast.ani, "changes.undo", revision=project.revision)
    assert quantities(project) == ["3", "3"]


def test_an_older_change_can_be_undone_although_quantities_were_recalculated_since(
    project: Project, cast: Cast
) -> None:
    make_items(project, "=tinggi * lebar")
    add_parameters(project, cast.ani, tinggi="2", lebar="3")
    set_parameter(project, cast, "tinggi", "4")
    older = project.revision
    set_parameter(project, cast, "lebar", "5")
    assert quantities(project) == ["20"]
    run(project, cast.ani, "changes.undo", revision=older)
    assert quantities(project) == ["10"]


def test_the_database_is_asked_as_often_however_many_items_follow(project: Project, cast: Cast) -> None:
    counts = []
    for size in (10, 300):
        WorkItem.objects.filter(project=project).delete()
        make_items(project, *["=tinggi * 2"] * size)
        if size == 10:
            add_parameters(project, cast.ani, tinggi="1")
        with CaptureQueriesContext(connection) as queries:
            set_parameter(project, cast, "tinggi", f"{size}")
        counts.append(len(queries))
        assert quantities(project) == [f"{size * 2}"] * size
    assert counts[0] == counts[1]
