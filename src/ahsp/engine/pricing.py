"""From an analysis and prices to A, B, C and D."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ahsp.engine.analysis import Analysis, AnalysisLine
from ahsp.engine.issues import Issue
from ahsp.engine.prices import FoundPrice, PriceTable
from ahsp.engine.resources import ResourceKind

MAX_DEPTH = 20


class Status(StrEnum):
    """PRICED is complete; PARTIAL is a lower bound; UNPRICED says nothing about the cost."""

    PRICED = "PRICED"
    PARTIAL = "PARTIAL"
    UNPRICED = "UNPRICED"


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line with its price and amount in rupiah per unit of the analysis, both unrounded.

    For a nested line `price` is the D of the nested analysis and `nested` its result; for a percentage line
    `price` is the amount the percentage is of. `kind` is None where the line spreads over groups or counts nothing.
    """

    line: AnalysisLine
    kind: ResourceKind | None
    price: Decimal | None
    amount: Decimal | None
    status: Status
    found: FoundPrice | None = None
    nested: PricedAnalysis | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class PricedAnalysis:
    """A = labor, B = material, C = equipment, D = direct_cost = A + B + C: rupiah per unit of work, unrounded.

    `priced` of `counted` lines have a price (information lines are not counted, a nested line counts as one);
    `missing` names what lacks, for "6 of 8 priced, missing: ...".
    """

    analysis: Analysis
    lines: tuple[PricedLine, ...]
    labor: Decimal
    material: Decimal
    equipment: Decimal
    status: Status
    priced: int
    counted: int
    missing: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def direct_cost(self) -> Decimal:
        return self.labor + self.material + self.equipment


def price_analysis(
    analysis: Analysis, prices: PriceTable, others: Mapping[str, Analysis] | None = None
) -> PricedAnalysis:
    """Price `analysis`; `others` holds the analyses that nested lines name, by code.

    Cycles and nesting deeper than MAX_DEPTH become issues of the line that closes them, which is then unpriced.
    """
    raise NotImplementedError
