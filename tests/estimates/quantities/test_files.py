"""Parameters, formulas and take-off sheets in project files and copies."""

from __future__ import annotations

import json

import pytest

from ahsp.core.errors import Refused
from ahsp.estimates.models import TakeoffLine, WorkItem
from ahsp.exchange.project_files import copy_project, dump, load
from ahsp.projects.models import Project
from tests.estimates.quantities.acts import add_parameters, make_items, parameter, quantities, run, set_sheet
from tests.people import Cast


@pytest.fixture
def measured(project: Project, cast: Cast) -> Project:
    item, _, third = make_items(project, None, "=v1 * tinggi", "4")
    add_parameters(project, cast.ani, tinggi="2")
    set_sheet(project, cast.ani, item, {"description": "As A", "count": "3", "height": "tinggi"})
    third.delete()
    return project


def test_a_copy_calculates_on_by_itself(measured: Project, cast: Cast) -> None:
    copy = copy_project(project=measured, person=cast.ani)
    assert quantities(copy) == quantities(measured) == ["6", "12"]
    row = parameter(copy, "tinggi")
    run(copy, cast.ani, "parameters.set", rows=[{"key": f"p{row.pk}", "values": {"formula": "5"}}])
    assert quantities(copy) == ["15", "75"]
    assert quantities(measured) == ["6", "12"]
    assert TakeoffLine.objects.filter(project=copy).count() == 1


def test_quantities_of_a_file_are_worked_out_anew(measured: Project, cast: Cast) -> None:
    data = json.loads(json.dumps(dump(measured)))
    for row in data["rows"]["i"]:
        row["quantity"] = "999"
    loaded = load(data, person=cast.ani, organization=cast.office)
    assert quantities(loaded) == ["6", "12"]


def test_a_file_with_a_circle_is_refused_with_its_names(measured: Project, cast: Cast) -> None:
    data = json.loads(json.dumps(dump(measured)))
    data["rows"]["p"][0]["formula"] = "v2"
    with pytest.raises(Refused) as refused:
        load(data, person=cast.ani, organization=cast.office)
    assert refused.value.code == "formula.cycle"
    assert not WorkItem.objects.exclude(project=measured).exists()
