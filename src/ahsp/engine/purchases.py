"""Needs in the units that are bought (zak, batang, truck) rather than those the analyses count in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from ahsp.engine.needs import Need, Sort
from ahsp.engine.prices import PriceTable
from ahsp.engine.rounding import CALCULATION

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Purchase:
    """`quantity` in `unit` and `price` in rupiah per `unit`: their product is the cost of the need.

    1 of the need's own unit is `factor` of `unit`. None says that nothing is known.
    """

    unit: str
    factor: Decimal
    quantity: Decimal | None
    price: Decimal | None


def purchase_of(need: Need, table: PriceTable) -> Purchase | None:
    """By the unit whose price was recorded, else by a recorded conversion; None where neither is another unit."""
    if need.key.sort is not Sort.RESOURCE:
        return None
    with localcontext(CALCULATION):
        for unit, multiplier, divisor in _units(need, table):
            quantity = None if need.quantity is None else need.quantity * multiplier / divisor
            price = None if need.price is None else need.price * divisor / multiplier
            return Purchase(unit, multiplier / divisor, quantity, price)
    return None


def _units(need: Need, table: PriceTable) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Other units with the multiplier and divisor that bring a quantity there; the recorded price's first."""
    own, recorded = need.key.unit, need.found.source.unit if need.found else ""
    conversions = [one for one in table.conversions if one.name == need.key.name]
    for one in sorted(conversions, key=lambda one: recorded not in {one.from_unit, one.to_unit}):
        if one.to_unit == own:
            yield one.from_unit, _ONE, one.factor
        elif one.from_unit == own:
            yield one.to_unit, one.factor, _ONE
    if need.found is not None and recorded != own:
        yield recorded, need.found.factor, _ONE
