"""The unit price sheet (analisa harga satuan) of one work item: every figure with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ahsp.engine.analysis import InformationLine, NestedLine, PercentageLine, ResourceLine
from ahsp.engine.estimate import PricedItem
from ahsp.engine.issues import Issue
from ahsp.engine.prices import FoundPrice
from ahsp.engine.pricing import PricedAnalysis, PricedLine, Status
from ahsp.engine.resources import ResourceKind

LETTERS = {ResourceKind.LABOR: "A", ResourceKind.MATERIAL: "B", ResourceKind.EQUIPMENT: "C"}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: coefficient x price = amount, in rupiah per unit of work, unrounded.

    `found` is the price as it was recorded, `converted` the same where it was converted from another unit, `percent`
    stands instead of the coefficient of a percentage line, `nested` is the sheet of a nested analysis.
    """

    position: int
    name: str
    unit: str
    coefficient: Decimal | None
    percent: Decimal | None
    price: Decimal | None
    amount: Decimal | None
    status: Status
    found: FoundPrice | None
    converted: FoundPrice | None
    nested: tuple[SheetGroup, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """The lines of A labour, B material or C equipment; `letter` is "" for lines that count nothing or spread."""

    letter: str
    kind: str
    lines: tuple[SheetLine, ...]
    total: Decimal | None


def sheet_groups(priced: PricedAnalysis) -> tuple[SheetGroup, ...]:
    """The analysis as A, B and C, then nested analyses and information rows."""
    totals = {
        ResourceKind.LABOR: priced.labor,
        ResourceKind.MATERIAL: priced.material,
        ResourceKind.EQUIPMENT: priced.equipment,
    }
    groups = [
        SheetGroup(LETTERS[kind], kind.value, _lines(line for line in priced.lines if line.kind is kind), total)
        for kind, total in totals.items()
    ]
    others = _lines(line for line in priced.lines if line.kind is None)
    if others:
        groups.append(SheetGroup("", "other", others, None))
    return tuple(groups)


def item_sheet(item: PricedItem) -> tuple[SheetGroup, ...]:
    """The groups of the item's analysis; none for a price the line brought itself or an unknown code."""
    return sheet_groups(item.analysis) if item.analysis else ()


def _lines(lines: Iterable[PricedLine]) -> tuple[SheetLine, ...]:
    return tuple(_line(line) for line in lines)


def _line(priced: PricedLine) -> SheetLine:
    line = priced.line
    name, unit = _name(priced)
    found = priced.found
    resource = line.resource if isinstance(line, ResourceLine) else None
    coefficient = None if isinstance(line, PercentageLine | InformationLine) else line.coefficient
    return SheetLine(
        position=line.position,
        name=name,
        unit=unit,
        coefficient=coefficient,
        percent=line.percent if isinstance(line, PercentageLine) else None,
        price=priced.price,
        amount=priced.amount,
        status=priced.status,
        found=found,
        converted=found if found and found.source != resource else None,
        nested=sheet_groups(priced.nested) if priced.nested else (),
        issues=priced.issues,
    )


def _name(priced: PricedLine) -> tuple[str, str]:
    line = priced.line
    if isinstance(line, ResourceLine):
        return line.resource.name, line.resource.unit
    if isinstance(line, NestedLine):
        if priced.nested is None:
            return line.analysis, ""
        return f"{line.analysis} {priced.nested.analysis.name}", priced.nested.analysis.unit
    return line.name, ""
