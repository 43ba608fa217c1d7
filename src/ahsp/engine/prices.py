"""Prices of resources, as the engine sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import NamedTuple

from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import CALCULATION

PERSON_DAY = "OH"
PERSON_HOURS = ("OJ", "jam")


@dataclass(frozen=True, slots=True)
class Conversion:
    """A recorded factor: 1 `from_unit` of the resource `name` is `factor` `to_unit` (1 zak = 50 kg).

    Construction fails with ValueError unless the factor is positive and finite.
    """

    name: str
    from_unit: str
    to_unit: str
    factor: Decimal

    def __post_init__(self) -> None:
        if not (self.factor.is_finite() and self.factor > 0):
            raise ValueError(f"a conversion factor must be positive: {self.factor}")


class BoughtPrice(NamedTuple):
    """A price in rupiah per `unit`, which is not the unit of the resource it is for (cement in kg, bought per zak)."""

    unit: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Prices in rupiah per unit, with what is needed to convert labour and purchase units.

    `bought` are prices per another unit than the resource's; such a resource is not in `prices` and has no other price.
    `hours_per_day` (7 or 8) is the only bridge between OH (person-day) and OJ or jam (person-hour) of one
    labour resource. Any other unit is bridged by a recorded Conversion or not at all.
    Construction fails with ValueError unless the hours are positive and finite.
    """

    prices: Mapping[Resource, Decimal]
    hours_per_day: Decimal = Decimal(7)
    conversions: tuple[Conversion, ...] = field(default_factory=tuple)
    bought: Mapping[Resource, BoughtPrice] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (self.hours_per_day.is_finite() and self.hours_per_day > 0):
            raise ValueError(f"hours per day must be positive: {self.hours_per_day}")


@dataclass(frozen=True, slots=True)
class FoundPrice:
    """A price per unit of the resource asked for, and how it was reached.

    `source` is the resource in the unit that the price was recorded per; it differs from the one asked for
    when the price was converted, and then `factor` is what the recorded price was multiplied by.
    `bought_for` is the resource for which somebody recorded a price per another unit, None where it is `source`.
    """

    price: Decimal
    source: Resource
    factor: Decimal = Decimal(1)
    bought_for: Resource | None = None

    @property
    def recorded(self) -> Resource:
        """The resource that somebody recorded the price for."""
        return self.bought_for or self.source


def find_price(table: PriceTable, resource: Resource) -> FoundPrice | None:
    """The price of `resource`: as recorded, else through hours per day, else through a recorded factor."""
    price = table.prices.get(resource)
    if price is not None:
        return FoundPrice(price, resource)
    with localcontext(CALCULATION):
        if resource in table.bought:
            return _bought(table, resource)
        for unit, multiplier, divisor in _bridges(table, resource):
            source = resource._replace(unit=unit)
            recorded = table.prices.get(source)
            if recorded is not None:
                # The price is not recorded x factor: a factor of 1/7 is itself cut off.
                return FoundPrice(recorded * multiplier / divisor, source, multiplier / divisor)
            first = _bought(table, source) if source in table.bought else None
            if first is not None:
                factor = first.factor * multiplier / divisor
                return FoundPrice(first.price * multiplier / divisor, first.source, factor, source)
    return None


def _bought(table: PriceTable, resource: Resource) -> FoundPrice | None:
    """The price per the unit that is bought, brought to that of the resource; None while nothing bridges the two."""
    unit, price = table.bought[resource]
    for bridged, multiplier, divisor in _bridges(table, resource):
        if bridged == unit:
            source = resource._replace(unit=unit)
            return FoundPrice(price * multiplier / divisor, source, multiplier / divisor, resource)
    return None


def bridge(table: PriceTable, resource: Resource, unit: str) -> Decimal | None:
    """What a price per `unit` is multiplied by to be one per the unit of `resource`; None if nothing bridges them."""
    if unit == resource.unit:
        return Decimal(1)
    with localcontext(CALCULATION):
        found = (multiplier / divisor for one, multiplier, divisor in _bridges(table, resource) if one == unit)
        return next(found, None)


def _bridges(table: PriceTable, resource: Resource) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Units another price of `resource` may stand in, with the multiplier and divisor that bring it here."""
    one = Decimal(1)
    if resource.kind is ResourceKind.LABOR:
        if resource.unit == PERSON_DAY:
            yield from ((hour, table.hours_per_day, one) for hour in PERSON_HOURS)
        elif resource.unit in PERSON_HOURS:
            yield from ((hour, one, one) for hour in PERSON_HOURS if hour != resource.unit)
            yield PERSON_DAY, one, table.hours_per_day
    for conversion in table.conversions:
        if conversion.name == resource.name:
            if conversion.from_unit == resource.unit:
                yield conversion.to_unit, conversion.factor, one
            if conversion.to_unit == resource.unit:
                yield conversion.from_unit, one, conversion.factor
