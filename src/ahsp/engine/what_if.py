"""What an estimate would come to if prices of a kind of resource rose or fell. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from ahsp.engine.boq import Estimate
from ahsp.engine.estimate import PricedEstimate, PricedItem, PricedSection, price_estimate
from ahsp.engine.needs import Sort, Spend, resource_needs
from ahsp.engine.prices import PriceTable
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import CALCULATION
from ahsp.engine.usage import count_with_lump_sum

_HUNDRED = Decimal(100)
_ONE = Decimal(1)

Changes = Mapping[ResourceKind, Decimal]
"""By how many percent the prices of a kind change: 5 is dearer by a twentieth, -100 costs nothing."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """An estimate as it is and as it would be, and what each is spent on. Both have the same tree."""

    before: PricedEstimate
    after: PricedEstimate
    spend_before: Spend
    spend_after: Spend


def suppose(estimate: Estimate, changes: Changes) -> Supposed:
    """Price `estimate` twice. Lump sums of analyses and prices that items brought themselves stay as they are: they are
    agreed sums and no prices of resources. Raises ValueError for a change below -100 %."""
    before = price_estimate(estimate)
    after = price_estimate(replace(estimate, prices=scale_prices(estimate.prices, changes)))
    return Supposed(before, after, resource_needs(before).spend, resource_needs(after).spend)


def scale_prices(table: PriceTable, changes: Changes) -> PriceTable:
    """The table with every price of a kind changed by its percentage; exact, so that 0 % changes no digit."""
    factors = {}
    with localcontext(CALCULATION):
        for kind, percent in changes.items():
            if not (percent.is_finite() and percent >= -_HUNDRED):
                raise ValueError(f"a price cannot fall by more than all of it: {percent}")
            if percent:
                factors[kind] = _ONE + percent / _HUNDRED

        def scaled(resource: Resource, price: Decimal) -> Decimal:
            factor = factors.get(resource.kind)
            return price if factor is None else price * factor

        prices = {resource: scaled(resource, price) for resource, price in table.prices.items()}
        bought = {one: recorded._replace(price=scaled(one, recorded.price)) for one, recorded in table.bought.items()}
    return replace(table, prices=prices, bought=bought)


def parts_before_and_after(supposed: Supposed) -> list[tuple[PricedSection | PricedItem, Decimal, Decimal]]:
    """The first level of the tree: each section or loose item with its total before and after, in rupiah."""
    pairs = zip(supposed.before.children, supposed.after.children, strict=True)
    return [(before, _total(before), _total(after)) for before, after in pairs]


@dataclass(frozen=True, slots=True)
class Untouched:
    """Money that no price of a resource decides, in rupiah, and how many items with a quantity it is in.

    `own_prices` are amounts of items that brought a price of their own. `lump_sums` stand in analyses: quantity x the
    sum, before overhead and profit.
    """

    own_prices: Decimal
    own_price_items: int
    lump_sums: Decimal
    lump_sum_items: int


def untouched(estimate: PricedEstimate) -> Untouched:
    """What stays as it is whatever prices of resources do."""
    needs = resource_needs(estimate)
    counted = [one for one in estimate.items() if one.item.quantity is not None]
    lump_sums = (one.cost for one in needs.needs if one.key.sort is Sort.LUMP_SUM and one.cost is not None)
    with localcontext(CALCULATION):
        return Untouched(
            own_prices=needs.spend.own_prices,
            own_price_items=sum(one.source is None and one.amount is not None for one in counted),
            lump_sums=sum(lump_sums, Decimal(0)),
            lump_sum_items=count_with_lump_sum(counted),
        )


def _total(child: PricedSection | PricedItem) -> Decimal:
    if isinstance(child, PricedItem):
        return child.amount or Decimal("0.00")
    return child.total
