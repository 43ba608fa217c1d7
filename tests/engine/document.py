"""Reads the tables of docs/calculation.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from ahsp.engine.analysis import (
    Analysis,
    AnalysisLine,
    InformationLine,
    LumpSumLine,
    NestedLine,
    PercentageLine,
    ResourceLine,
)
from ahsp.engine.numbers import Notation, parse_number
from ahsp.engine.prices import PriceTable
from ahsp.engine.resources import Resource, ResourceKind

DOCUMENT = Path(__file__).parents[2] / "docs" / "calculation.md"
GROUPS = {"A": ResourceKind.LABOR, "B": ResourceKind.MATERIAL, "C": ResourceKind.EQUIPMENT}
NOTHING = "–"

_MARKER = re.compile(r"<!-- table: (.+) -->")
_PERCENTAGE = re.compile(r"([0-9.]+) % of ([0-9, ]+)")
_RESOURCE = re.compile(r"(.+) \((.+)\)")

Row = dict[str, str]


@cache
def tables() -> dict[str, list[Row]]:
    """The rows of every table by the name in its marker; tables of one name are one."""
    found: dict[str, list[Row]] = {}
    lines = iter(DOCUMENT.read_text(encoding="utf-8").splitlines())
    for line in lines:
        marker = _MARKER.fullmatch(line)
        if marker:
            found.setdefault(marker[1], []).extend(_rows(lines))
    return found


def _rows(lines: Iterator[str]) -> Iterator[Row]:
    header = _cells(next(lines))
    next(lines)
    for line in lines:
        if not line.startswith("|"):
            return
        yield dict(zip(header, _cells(line), strict=True))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def number(cell: str) -> Decimal:
    return parse_number(cell, Notation.ENGLISH)


def optional(cell: str) -> Decimal | None:
    return None if cell in (NOTHING, "missing") else number(cell)


def percent(cell: str) -> Decimal:
    return number(cell.removesuffix("%")) / 100


def resource(cell: str, group: str) -> Resource:
    match = _RESOURCE.fullmatch(cell)
    assert match, cell
    return Resource(GROUPS[group], match[1], match[2])


@cache
def analyses() -> dict[str, Analysis]:
    lines: dict[str, list[AnalysisLine]] = {}
    for row in tables()["lines"]:
        lines.setdefault(row["Analysis"], []).append(_line(row))
    return {code: Analysis(code, code, "m3", tuple(of_it)) for code, of_it in lines.items()}


def _line(row: Row) -> AnalysisLine:
    position, text, coefficient = int(row["No"]), row["Line"], optional(row["Coefficient"])
    if text == "information":
        return InformationLine(position, text)
    if text.startswith("nested "):
        return NestedLine(position, text.removeprefix("nested "), coefficient)
    kind = GROUPS[row["Group"]]
    if text.startswith("lump sum "):
        return LumpSumLine(position, kind, text.removeprefix("lump sum "), coefficient, optional(row["Price"]))
    percentage = _PERCENTAGE.fullmatch(text)
    if percentage:
        of = tuple(int(one) for one in percentage[2].split(","))
        return PercentageLine(position, kind, text, number(percentage[1]), of)
    return ResourceLine(position, resource(text, row["Group"]), coefficient)


@cache
def prices() -> PriceTable:
    found: dict[Resource, Decimal] = {}
    for row in tables()["lines"]:
        price = optional(row["Price"])
        if price is not None and _RESOURCE.fullmatch(row["Line"]):
            found[resource(row["Line"], row["Group"])] = price
    return PriceTable(found)
