"""Parameters and take-off sheets as the workspace writes and reads them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from ahsp.estimates.models import WorkItem
from ahsp.projects.models import Project
from tests.api.program import Program, read, refused
from tests.estimates.quantities.acts import as_row
from tests.people import Cast


@pytest.fixture
def budi(filled: Project, cast: Cast) -> Program:
    return Program(cast.budi, filled)


def command(program: Program, name: str, *, status: int = 200, dry_run: bool = False, **arguments: Any) -> Any:
    body = {"id": str(uuid.uuid4()), "command": name, "arguments": arguments, "base": 1, "dry_run": dry_run}
    return read(program.inside("post", "commands/", body), status)


@pytest.fixture
def walls(filled: Project) -> WorkItem:
    return WorkItem.objects.get(project=filled, description="Plesteran")


def test_a_sheet_moves_the_total_in_the_same_answer(budi: Program, walls: WorkItem) -> None:
    command(budi, "parameters.add", rows=[as_row({"name": "tinggi", "formula": "3", "unit": "m"})])
    lines = [{"description": "As A", "count": "2", "length": "4,5", "height": "tinggi"}, {"deduction": "0,8*2,1"}]
    answer = command(budi, "takeoff.set_lines", item=f"i{walls.pk}", rows=[as_row(line) for line in lines])
    row = next(row for row in answer["rows"] if row["key"] == f"i{walls.pk}")
    assert (row["quantity"], row["measured"]) == ("25.32", True)
    figure = next(figure for figure in answer["figures"]["rows"] if figure[0] == f"i{walls.pk}")
    assert figure[2] is not None
    before = answer["totals"]["subtotal"]
    (parameter,) = read(budi.inside("get", "parameters/"))["parameters"]
    assert (parameter["value"], parameter["use_count"]) == ("3", 1)
    change = {"key": parameter["key"], "version": parameter["version"], "formula": "4"}
    tried = command(budi, "parameters.set", rows=[as_row(change)], dry_run=True)
    done = command(budi, "parameters.set", rows=[as_row(change)])
    assert before != tried["totals"]["subtotal"] == done["totals"]["subtotal"]


def test_the_sheet_reads_as_it_was_typed_with_what_it_comes_to(budi: Program, walls: WorkItem) -> None:
    lines = [{"count": "2", "length": "= 1,5 * 2"}, {"count": "1/0"}]
    command(budi, "takeoff.set_lines", item=f"i{walls.pk}", rows=[as_row(line) for line in lines])
    sheet = read(budi.inside("get", f"items/{walls.pk}/takeoff/"))
    first, second = sheet["lines"]
    assert (first["length"], first["values"], first["value"]) == ("= 1,5 * 2", {"count": "2", "length": "3.0"}, "6.0")
    assert second["issues"]["count"] == {
        "code": "formula.division_by_zero",
        "severity": "error",
        "text": "Pembagian dengan nol pada karakter ke-2",
        "position": 2,
    }
    assert sheet["issues"][0]["text"] == "Baris perhitungan volume yang tidak dapat dihitung: 2"
    assert sheet["quantity"] is None


def test_a_mistake_is_refused_with_its_cell(budi: Program, walls: WorkItem) -> None:
    lines = [{"count": "2"}, {"id": "new7", "length": "2 +"}]
    problem = command(budi, "takeoff.set_lines", status=422, item=f"i{walls.pk}", rows=[as_row(line) for line in lines])
    (error,) = problem["errors"]
    assert (error["key"], error["field"], error["code"]) == ("new7", "length", "formula.incomplete")
    assert error["data"]["position"] == "4"


def test_a_circle_is_refused_with_its_names(budi: Program, walls: WorkItem) -> None:
    formula = f"v{walls.tag} * 2"
    command(budi, "parameters.add", rows=[as_row({"name": "luas", "formula": formula})])
    lines = [{"length": "luas"}]
    problem = command(budi, "takeoff.set_lines", status=422, item=f"i{walls.pk}", rows=[as_row(line) for line in lines])
    assert problem["code"] == "formula.cycle"
    assert problem["data"]["names"] == f"luas → v{walls.tag} (5 Plesteran) → luas"


def test_what_is_used_goes_when_it_was_confirmed(budi: Program, walls: WorkItem) -> None:
    made = command(budi, "parameters.add", rows=[as_row({"name": "tinggi", "formula": "3"})])["result"]["keys"]
    command(budi, "takeoff.set_lines", item=f"i{walls.pk}", rows=[as_row({"length": "tinggi"})])
    problem = command(budi, "parameters.remove", status=409, keys=made)
    assert (problem["code"], problem["uses"][0]["key"]) == ("parameter.in_use", f"i{walls.pk}")
    command(budi, "parameters.remove", keys=made, confirmed=True)
    sheet = read(budi.inside("get", f"items/{walls.pk}/takeoff/"))
    assert sheet["lines"][0]["issues"]["length"]["code"] == "formula.unknown_name"


def test_sheets_of_other_projects_are_not_here(budi: Program) -> None:
    assert refused(budi.inside("get", "items/999999/takeoff/")) == (404, "item.not_found")
