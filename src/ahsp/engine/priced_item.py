"""What pricing a work item gives."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from functools import cached_property
from typing import NamedTuple

from ahsp.engine.analysis import Analysis
from ahsp.engine.boq import WorkItem
from ahsp.engine.issues import Issue
from ahsp.engine.priced_analysis import PricedAnalysis, Status, plain_analysis
from ahsp.engine.resources import Resource
from ahsp.engine.rounding import CALCULATION, round_to_sen


class UnitPrice(NamedTuple):
    """E = overhead x D, F = D + E, and `rounded` = F after the project's policy: rupiah per unit.

    `own` is true for a price the line brought itself: there is no analysis, E is 0 and no policy applies.
    """

    direct_cost: Decimal
    overhead_rate: Decimal
    overhead_and_profit: Decimal
    exact: Decimal
    rounded: Decimal
    own: bool = False


class _Fields(NamedTuple):
    """A tuple, for an estimate makes one of each item, and a frozen dataclass takes five times as long to make."""

    item: WorkItem
    amount: Decimal | None
    status: Status
    issues: tuple[Issue, ...]
    direct_cost: Decimal | None
    overhead_rate: Decimal
    rounded: Decimal | None
    source: PricedAnalysis | Analysis | None
    recorded: Mapping[Resource, Decimal]


class PricedItem(_Fields):
    """amount = round(quantity x rounded, 0.01). A PARTIAL amount is a lower bound; None says that nothing is known.

    `direct_cost`, `overhead_rate` and `rounded` are what `unit_price` is told from when first asked for, `source`
    and `recorded` what `analysis` is: an Analysis whose lines all have a price in `recorded`, or the result itself.
    Construction fails with ValueError if the amount is not that product.
    """

    def __new__(
        cls,
        item: WorkItem,
        amount: Decimal | None,
        status: Status,
        issues: tuple[Issue, ...],
        direct_cost: Decimal | None,
        overhead_rate: Decimal,
        rounded: Decimal | None,
        source: PricedAnalysis | Analysis | None,
        recorded: Mapping[Resource, Decimal],
    ) -> PricedItem:
        if amount != amount_of(item.quantity, rounded):
            raise ValueError(f"{item.key!r}: the amount {amount} is not quantity x unit price")
        return super().__new__(cls, item, amount, status, issues, direct_cost, overhead_rate, rounded, source, recorded)

    @cached_property
    def analysis(self) -> PricedAnalysis | None:
        """None if there is none, or the line's own price stands."""
        if isinstance(self.source, Analysis) and self.direct_cost is not None:
            return plain_analysis(self.source, self.direct_cost, self.recorded)
        return self.source if isinstance(self.source, PricedAnalysis) else None

    @cached_property
    def unit_price(self) -> UnitPrice | None:
        if self.direct_cost is None or self.rounded is None:
            return None
        direct_cost, rate = self.direct_cost, self.overhead_rate
        with localcontext(CALCULATION):
            added = rate * direct_cost
            exact = direct_cost + added
        return UnitPrice(direct_cost, rate, added, exact, self.rounded, own=self.source is None)


def amount_of(quantity: Decimal | None, unit_price: Decimal | None) -> Decimal | None:
    """quantity x rounded unit price, half-up to the sen; None if either is not known."""
    if quantity is None or unit_price is None:
        return None
    with localcontext(CALCULATION):
        return round_to_sen(quantity * unit_price)
