"""Prices of resources, as the engine sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

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


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Prices in rupiah per unit, with what is needed to convert labour and purchase units.

    `hours_per_day` (7 or 8) is the only bridge between OH (person-day) and OJ or jam (person-hour) of one
    labour resource. Any other unit is bridged by a recorded Conversion or not at all.
    Construction fails with ValueError unless the hours are positive and finite.
    """

    prices: Mapping[Resource, Decimal]
    hours_per_day: Decimal = Decimal(7)
    conversions: tuple[Conversion, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        if not (self.hours_per_day.is_finite() and self.hours_per_day > 0):
            raise ValueError(f"hours per day must be positive: {self.hours_per_day}")


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
    price = table.prices.get(resource)
    if price is not None:
        return FoundPrice(price, resource)
    with localcontext(CALCULATION):
        for unit, multiplier, divisor in _bridges(table, resource):
            source = resource._replace(unit=unit)
            recorded = table.prices.get(source)
            if recorded is not None:
                # The price is not recorded x factor: a factor of 1/7 is itself cut off.
                return FoundPrice(recorded * multiplier / divisor, source, multiplier / divisor)
    return None


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
