"""What pricing an analysis gives."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from ahsp.engine.analysis import Analysis, AnalysisLine, LumpSumLine, PercentageLine, ResourceLine
from ahsp.engine.issues import Issue
from ahsp.engine.prices import FoundPrice
from ahsp.engine.resources import ResourceKind


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


def unpriced(line: AnalysisLine, *issues: Issue) -> PricedLine:
    kind = line.kind if isinstance(line, PercentageLine | LumpSumLine) else None
    return PricedLine(line, kind, None, None, Status.UNPRICED, issues=issues)


Result = Decimal | PricedLine
"""Of one line: the amount alone for a resource with a recorded price and a coefficient, else everything."""


class _PricedAnalysisFields(NamedTuple):
    analysis: Analysis
    labor: Decimal
    material: Decimal
    equipment: Decimal
    direct_cost: Decimal
    status: Status
    priced: int
    counted: int
    missing: tuple[str, ...]
    issues: tuple[Issue, ...]
    prices: Sequence[Decimal | None]
    results: Sequence[Result]


class PricedAnalysis(_PricedAnalysisFields):
    """A = labor, B = material, C = equipment, D = direct_cost = A + B + C:
    rupiah per unit of work, unrounded.

    `priced` of `counted` lines have a price (information lines are not counted, a nested line counts as one);
    `missing` names what lacks, for "6 of 8 priced, missing: ...". `prices` and `results` have one entry for
    each line: the recorded price and the amount, or everything about a line that is not as plain as that.
    `lines` tells the same evenly and is put together when first asked for: most are never looked at.
    """

    @cached_property
    def lines(self) -> tuple[PricedLine, ...]:
        return tuple(map(_in_full, self.analysis.lines, self.prices, self.results))


def _in_full(line: AnalysisLine, price: Decimal | None, result: Result) -> PricedLine:
    if isinstance(result, PricedLine):
        return result
    if not isinstance(line, ResourceLine) or price is None:
        raise TypeError(f"only a resource line with a price has a plain amount: {line}")
    resource = line.resource
    return PricedLine(line, resource.kind, price, result, Status.PRICED, FoundPrice(price, resource))
