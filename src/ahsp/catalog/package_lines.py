"""The lines of analyses as a package writes them: checked row by row, built on demand."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from decimal import Decimal
from typing import NamedTuple

from ahsp.catalog.package_files import MAX_CODE, MAX_NAME, MAX_UNIT, Table, check_number, check_text, refuse
from ahsp.engine.analysis import (
    AnalysisLine,
    InformationLine,
    LumpSumLine,
    NestedLine,
    PercentageLine,
    ResourceLine,
)
from ahsp.engine.resources import ResourceKind, shared_resource

LINES_FILE = "analysis_lines.csv"
POSITION = re.compile(r"[1-9]\d{0,5}", re.ASCII)
GROUPS = frozenset(kind.value for kind in ResourceKind)


class LineRow(NamedTuple):
    """One row of analysis_lines.csv as text; an empty field is one the kind of line does not use.

    `line` is resource, percentage, nested, lump_sum or information; `group` is labor, material or equipment;
    `of` holds the positions a percentage is of, separated by spaces; `nested` is an analysis of the same edition;
    `price` is a lump sum's price in rupiah.
    """

    analysis: str
    position: str
    line: str
    group: str
    name: str
    unit: str
    coefficient: str
    percent: str
    of: str
    nested: str
    price: str


# For every kind of line: the fields it must have, then those it may leave empty. A number that is
# missing in the regulation stays missing, and the engine reports it.
FIELDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "resource": (frozenset({"group", "name", "unit"}), frozenset({"coefficient"})),
    "percentage": (frozenset({"group", "name", "of"}), frozenset({"percent"})),
    "nested": (frozenset({"nested"}), frozenset({"name", "unit", "coefficient"})),
    "lump_sum": (frozenset({"group", "name"}), frozenset({"unit", "coefficient", "price"})),
    "information": (frozenset({"name"}), frozenset({"group", "unit", "coefficient"})),
}
NUMBERS = ("coefficient", "percent", "price")
LIMITS: Mapping[str, int] = {"unit": MAX_UNIT, "nested": MAX_CODE}
OPTIONAL = LineRow._fields[3:]


def check_lines(table: Table, codes: Container[str]) -> dict[str, list[LineRow]]:
    """Check every row of the table; the lines by analysis, in order of position. Raises FileRefused."""
    lines: dict[str, list[LineRow]] = {}
    previous_code, previous_position = "", 0
    for number, row in enumerate(map(LineRow._make, table.rows), 2):
        if not POSITION.fullmatch(row.position):
            refuse("package.position", table.name, number, value=row.position[:40])
        position = int(row.position)
        if row.analysis != previous_code:
            if row.analysis not in codes:
                refuse("package.unknown_analysis", table.name, number, code=row.analysis[:MAX_CODE])
            if row.analysis in lines:
                refuse("package.scattered", table.name, number, code=row.analysis)
            lines[row.analysis] = []
        elif position <= previous_position:
            refuse("package.position_order", table.name, number, code=row.analysis, position=position)
        _check_line(row, table, number)
        lines[row.analysis].append(row)
        previous_code, previous_position = row.analysis, position
    _check_references(table, lines, codes)
    return lines


def _check_line(row: LineRow, table: Table, number: int) -> None:
    if row.line not in FIELDS:
        refuse("package.line_kind", table.name, number, value=row.line[:40])
    required, allowed = FIELDS[row.line]
    for column, value in zip(OPTIONAL, row[3:], strict=True):
        if column in required:
            check_text(value, table, number, column, LIMITS.get(column, MAX_NAME))
        elif value:
            if column not in allowed:
                refuse("package.unused_field", table.name, number, column=column, line=row.line)
            if column in NUMBERS:
                check_number(value, table, number, column)
            else:
                check_text(value, table, number, column, LIMITS.get(column, MAX_NAME))
    if row.group and row.group not in GROUPS:
        refuse("package.group", table.name, number, value=row.group[:40])


def _check_references(table: Table, lines: Mapping[str, list[LineRow]], codes: Container[str]) -> None:
    """Percentages are of other lines of their analysis, nested lines name an analysis of the edition."""
    number = 1
    for code_lines in lines.values():
        positions = {row.position for row in code_lines}
        for row in code_lines:
            number += 1
            if row.line == "percentage":
                for position in row.of.split():
                    if position not in positions or position == row.position:
                        refuse("package.percentage_of", table.name, number, value=position[:40])
            elif row.line == "nested" and row.nested not in codes:
                refuse("package.unknown_analysis", table.name, number, code=row.nested[:MAX_CODE])


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _resource(row: LineRow) -> ResourceLine:
    resource = shared_resource(ResourceKind(row.group), row.name, row.unit)
    return ResourceLine(int(row.position), resource, _number(row.coefficient))


def _percentage(row: LineRow) -> PercentageLine:
    of = tuple(int(position) for position in row.of.split())
    return PercentageLine(int(row.position), ResourceKind(row.group), row.name, _number(row.percent), of)


def _nested(row: LineRow) -> NestedLine:
    return NestedLine(int(row.position), row.nested, _number(row.coefficient))


def _lump_sum(row: LineRow) -> LumpSumLine:
    kind = ResourceKind(row.group)
    return LumpSumLine(int(row.position), kind, row.name, _number(row.coefficient), _number(row.price))


def _information(row: LineRow) -> InformationLine:
    return InformationLine(int(row.position), row.name)


_BUILDERS: Mapping[str, Callable[[LineRow], AnalysisLine]] = {
    "resource": _resource,
    "percentage": _percentage,
    "nested": _nested,
    "lump_sum": _lump_sum,
    "information": _information,
}


def build_line(row: LineRow) -> AnalysisLine:
    """The engine's line of a checked row."""
    return _BUILDERS[row.line](row)
