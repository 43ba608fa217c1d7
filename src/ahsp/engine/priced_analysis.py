"""What pricing an analysis gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from ahsp.engine.analysis import (
    Analysis,
    AnalysisLine,
    LumpSumLine,
    NestedLine,
    PercentageLine,
    ResourceLine,
)
from ahsp.engine.issues import Issue
from ahsp.engine.prices import FoundPrice
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import CALCULATION


class Status(StrEnum):
    """PRICED is complete; PARTIAL is a lower bound; UNPRICED says nothing about the cost."""

    PRICED = "PRICED"
    PARTIAL = "PARTIAL"
    UNPRICED = "UNPRICED"


class PricedLine(NamedTuple):
    """One line with its price and amount in rupiah per unit of the analysis, both unrounded.

    For a nested line `price` is the D of the nested analysis and `nested` its result; for a percentage line
    `price` is the amount the percentage is of. `kind` is None where the line spreads over groups or counts
    nothing.
    """

    line: AnalysisLine
    kind: ResourceKind | None
    price: Decimal | None
    amount: Decimal | None
    status: Status
    found: FoundPrice | None = None
    nested: PricedAnalysis | None = None
    issues: tuple[Issue, ...] = ()


class Groups(NamedTuple):
    """The sums of an analysis by kind: A, B and C, in rupiah per unit of work."""

    labor: Decimal
    material: Decimal
    equipment: Decimal


@dataclass(frozen=True)
class PricedAnalysis:
    """A = labor, B = material, C = equipment, D = direct_cost = A + B + C: rupiah per unit, unrounded.

    `priced` of `counted` lines have a price (information lines are not counted, a nested line counts as
    one); `missing` names what lacks, for "6 of 8 priced, missing: ...". `basis` is what the lines are told
    from: the recorded prices where each line is a coefficient times one of them, else the lines. Lines and
    groups of the first sort are put together when first asked for: most are never looked at.
    """

    analysis: Analysis
    direct_cost: Decimal
    status: Status
    priced: int
    counted: int
    missing: tuple[str, ...]
    issues: tuple[Issue, ...]
    basis: Mapping[Resource, Decimal] | tuple[PricedLine, ...] = field(repr=False)

    @cached_property
    def lines(self) -> tuple[PricedLine, ...]:
        if isinstance(self.basis, tuple):
            return self.basis
        with localcontext(CALCULATION):
            return tuple(_plain_line(line, self.basis) for line in self.analysis.lines)

    @property
    def labor(self) -> Decimal:
        return self._groups.labor

    @property
    def material(self) -> Decimal:
        return self._groups.material

    @property
    def equipment(self) -> Decimal:
        return self._groups.equipment

    @cached_property
    def _groups(self) -> Groups:
        with localcontext(CALCULATION):
            return group_sums(self.lines)


def code_of(source: Analysis | PricedAnalysis) -> str:
    """The code of the analysis, priced or not."""
    return source.code if isinstance(source, Analysis) else source.analysis.code


def plain_analysis(analysis: Analysis, direct_cost: Decimal, prices: Mapping[Resource, Decimal]) -> PricedAnalysis:
    """The result for an analysis whose lines are all coefficients times a price in `prices`; `direct_cost` is D."""
    count = len(analysis.lines)
    return PricedAnalysis(analysis, direct_cost, Status.PRICED, count, count, (), (), prices)


def _plain_line(line: AnalysisLine, prices: Mapping[Resource, Decimal]) -> PricedLine:
    if not isinstance(line, ResourceLine) or line.coefficient is None:
        raise TypeError(f"not a plain line: {line}")
    resource, price = line.resource, prices[line.resource]
    found = FoundPrice(price, resource)
    return PricedLine(line, resource.kind, price, line.coefficient * price, Status.PRICED, found)


def group_sums(lines: Iterable[PricedLine]) -> Groups:
    """The amounts added by kind; a nested line adds to the groups its amount comes from."""
    sums = dict.fromkeys(ResourceKind, Decimal(0))
    for one in lines:
        if one.amount is None:
            continue
        if one.kind is not None:
            sums[one.kind] += one.amount
        elif one.nested is not None and isinstance(one.line, NestedLine) and one.line.coefficient is not None:
            sums[ResourceKind.LABOR] += one.line.coefficient * one.nested.labor
            sums[ResourceKind.MATERIAL] += one.line.coefficient * one.nested.material
            sums[ResourceKind.EQUIPMENT] += one.line.coefficient * one.nested.equipment
    return Groups(sums[ResourceKind.LABOR], sums[ResourceKind.MATERIAL], sums[ResourceKind.EQUIPMENT])


def unpriced(line: AnalysisLine, *issues: Issue) -> PricedLine:
    """A line nothing is known of; `issues` say why, unless another line already does."""
    kind = line.kind if isinstance(line, PercentageLine | LumpSumLine) else None
    return PricedLine(line, kind, None, None, Status.UNPRICED, issues=issues)
