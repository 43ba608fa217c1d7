from __future__ import annotations

from decimal import Decimal

import pytest

from ahsp.core.errors import NotFound
from ahsp.estimates.models import Parameter, TakeoffLine, WorkItem
from ahsp.estimates.quantities.queries import parameters_of
from ahsp.estimates.quantities.uses import InUse
from ahsp.projects.cells import CellsRefused
from ahsp.projects.models import Project
from tests.estimates.quantities.acts import (
    add_parameters,
    as_row,
    issue_codes,
    make_items,
    parameter,
    quantities,
    run,
    set_sheet,
)
from tests.people import Cast


def test_they_have_values_and_tell_who_uses_them(project: Project, cast: Cast) -> None:
    item, _ = make_items(project, "=tinggi * 2", "4")
    add_parameters(project, cast.ani, tinggi="= tebal * 20", tebal="0,15", luas="v2 * 2", salah="1/0")
    set_sheet(project, cast.ani, WorkItem.objects.get(tag=2), {"length": "tinggi"})
    found = {one.row.name: one for one in parameters_of(project)}
    assert {name: one.value for name, one in found.items()} == {
        "tinggi": 3,
        "tebal": Decimal("0.15"),
        "luas": 6,
        "salah": None,
    }
    assert found["tinggi"].row.formula == "tebal * 20"
    assert [use["label"] for use in found["tinggi"].uses] == ["v1 (1 Pekerjaan 1)", "v2 (2 Pekerjaan 2)"]
    assert found["tinggi"].uses[0]["key"] == f"i{item.pk}"
    assert [use["label"] for use in found["tebal"].uses] == ["tinggi"]
    assert found["salah"].issues[0].code == "formula.division_by_zero"


@pytest.mark.parametrize(
    ("name", "formula", "code", "field"),
    [
        ("n", "1", "formula.name_reserved", "name"),
        ("V7", "1", "formula.name_reserved", "name"),
        ("Max", "1", "formula.name_reserved", "name"),
        ("dua kata", "1", "formula.name_invalid", "name"),
        ("2x", "1", "formula.name_invalid", "name"),
        ("TINGGI", "1", "parameter.exists", "name"),
        ("baru", "2 +", "formula.incomplete", "formula"),
        ("baru", "1e9", "formula.unexpected", "formula"),
        ("baru", "1.5", "formula.number_invalid", "formula"),
        ("baru", "(" * 60 + "1" + ")" * 60, "formula.too_deep", "formula"),
        ("baru", "<script>", "formula.unexpected", "formula"),
    ],
)
def test_refusals(project: Project, cast: Cast, name: str, formula: str, code: str, field: str) -> None:
    add_parameters(project, cast.ani, tinggi="1")
    with pytest.raises(CellsRefused) as refused:
        add_parameters(project, cast.ani, **{name: formula})
    (error,) = refused.value.more["errors"]
    assert (error["code"], error["key"], error["field"]) == (code, "0", field)
    assert Parameter.objects.count() == 1


def test_the_place_of_a_mistake_counts_what_was_typed(project: Project, cast: Cast) -> None:
    for typed, position in (("=2 +", "5"), ("2 +", "4"), (" = 2 $", "6")):
        with pytest.raises(CellsRefused) as refused:
            add_parameters(project, cast.ani, baru=typed)
        assert refused.value.more["errors"][0]["data"]["position"] == position


def test_two_of_one_name_in_one_command(project: Project, cast: Cast) -> None:
    with pytest.raises(CellsRefused) as refused:
        add_parameters(project, cast.ani, tebal="1", Tebal="2")
    (error,) = refused.value.more["errors"]
    assert (error["code"], error["key"], error["field"]) == ("parameter.exists", "1", "name")


def test_a_new_name_is_followed_everywhere(project: Project, cast: Cast) -> None:
    make_items(project, "=tinggi * tinggi_lantai", None)
    add_parameters(project, cast.ani, tinggi="2", tinggi_lantai="tinggi + 1")
    set_sheet(project, cast.ani, WorkItem.objects.get(tag=2), {"length": "1 + tinggi", "description": "tinggi"})
    row = parameter(project, "tinggi")
    run(project, cast.ani, "parameters.set", rows=[as_row({"key": f"p{row.pk}", "name": "h_kolom"})])
    assert WorkItem.objects.get(tag=1).formula == "h_kolom * tinggi_lantai"
    assert parameter(project, "tinggi_lantai").formula == "h_kolom + 1"
    line = TakeoffLine.objects.get()
    assert (line.length, line.description) == ("1 + h_kolom", "tinggi")
    assert quantities(project) == ["6", "3"]


def test_two_may_change_their_names_for_each_other_only_one_after_the_other(project: Project, cast: Cast) -> None:
    add_parameters(project, cast.ani, a="1", b="2")
    row = parameter(project, "a")
    with pytest.raises(CellsRefused):
        run(project, cast.ani, "parameters.set", rows=[as_row({"key": f"p{row.pk}", "name": "b"})])


def test_one_that_is_used_goes_only_when_confirmed(project: Project, cast: Cast) -> None:
    make_items(project, "=tinggi")
    add_parameters(project, cast.ani, tinggi="tebal", tebal="2")
    keys = [f"p{parameter(project, 'tebal').pk}"]
    with pytest.raises(InUse) as refused:
        run(project, cast.ani, "parameters.remove", keys=keys)
    assert refused.value.more["affected"] == ["tinggi"]
    assert refused.value.data == {"count": "1", "names": "tebal"}
    run(project, cast.ani, "parameters.remove", keys=keys, confirmed=True)
    assert quantities(project) == [None]
    assert issue_codes(project, 1) == ["formula.depends_on_invalid"]
    run(project, cast.ani, "changes.undo", revision=project.revision)
    assert quantities(project) == ["2"]
    assert issue_codes(project, 1) == []


def test_those_that_only_use_each_other_go_together(project: Project, cast: Cast) -> None:
    add_parameters(project, cast.ani, a="b", b="2")
    run(project, cast.ani, "parameters.remove", keys=[f"p{one.pk}" for one in Parameter.objects.all()])
    assert not Parameter.objects.exists()


def test_a_parameter_of_another_project_is_not_here(project: Project, cast: Cast) -> None:
    with pytest.raises(NotFound):
        run(project, cast.ani, "parameters.set", rows=[as_row({"key": "p999", "formula": "1"})])
