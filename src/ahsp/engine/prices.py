"""Prices of resources, as the engine sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ahsp.engine.resources import Resource


@dataclass(frozen=True, slots=True)
class Conversion:
    """A recorded factor: 1 `from_unit` of the resource `name` is `factor` `to_unit` (1 zak = 50 kg)."""

    name: str
    from_unit: str
    to_unit: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Prices in rupiah per unit, with what is needed to convert labour and purchase units.

    `hours_per_day` (7 or 8) is the only bridge between OH (person-day) and OJ or jam (person-hour) of one
    labour resource. Any other unit is bridged by a recorded Conversion or not at all.
    """

    prices: Mapping[Resource, Decimal]
    hours_per_day: Decimal = Decimal(7)
    conversions: tuple[Conversion, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class FoundPrice:
    """A price per unit of the resource asked for, and how it was reached.

    `source` is the resource whose price was recorded; it differs from the one asked for
    when the price was converted, and then `factor` is what the recorded price was multiplied by.
    """

    price: Decimal
    source: Resource
    factor: Decimal = Decimal(1)


def find_price(table: PriceTable, resource: Resource) -> FoundPrice | None:
    """The price of `resource`: as recorded, else through hours per day, else through a recorded factor."""
    raise NotImplementedError
