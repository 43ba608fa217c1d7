"""The tables of docs/calculation.md about parameters and take-off, run."""

from __future__ import annotations

from functools import cache

from ahsp.engine.issues import Issue
from ahsp.engine.quantities import Quantities, QuantityGraph, Source
from ahsp.engine.takeoff import TakeoffLine
from tests.engine.document import NOTHING, Row, number, optional, tables
from tests.engine.test_calculation_document import rows_of

COLUMNS = {"n": "count", "p": "length", "l": "width", "t": "height", "Deduction": "deduction", "Formula": "formula"}


def _text(cell: str) -> str:
    return "" if cell == NOTHING else cell.strip("`")


def _sheet(name: str) -> tuple[TakeoffLine, ...]:
    return tuple(
        TakeoffLine("", **{field: _text(row[column]) for column, field in COLUMNS.items()})
        for row in tables()["take-off"]
        if row["Item"] == name
    )


def _source(row: Row) -> Source:
    if row["Source"] == "take-off":
        return _sheet(row["Name"])
    if row["Source"] == "nothing":
        return None
    return _text(row["Source"]) if "`" in row["Source"] else number(row["Source"])


@cache
def _graph() -> QuantityGraph:
    rows = tables()["quantities"]
    parameters = {row["Name"]: _text(row["Source"]) for row in rows if not row["Name"].startswith("v")}
    return QuantityGraph(parameters, {row["Name"]: _source(row) for row in rows if row["Name"] not in parameters})


@cache
def _calculated() -> Quantities:
    return _graph().evaluate()


def _told(issue: Issue) -> str:
    if issue.code == "formula.cycle":
        return f"{issue.code}: {issue.data['names']}"
    return f"{issue.code} at {issue.data['position']}" if "position" in issue.data else issue.code


@rows_of("quantities")
def test_quantities(row: Row) -> None:
    told = ", ".join(_told(issue) for issue in _calculated().issues.get(row["Name"], ())) or NOTHING
    assert told == row["Told"]
    assert _calculated().values.get(row["Name"]) == optional(row["Value"])


def test_take_off_lines() -> None:
    rows = tables()["take-off"]
    lines = [line for name in dict.fromkeys(row["Item"] for row in rows) for line in _calculated().sheets[name].lines]
    told = [
        ", ".join(_told(issue) for issue in line.issues.values())
        or (NOTHING if line.value is None else f"{line.value.normalize():f}")
        for line in lines
    ]
    assert told == [row["Value"] for row in rows]
