"""Needs in the units that are bought."""

from __future__ import annotations

from decimal import Decimal

from ahsp.engine.estimate import Estimate, price_estimate
from ahsp.engine.needs import Need, resource_needs
from ahsp.engine.prices import Conversion, PriceTable
from ahsp.engine.purchases import Purchase, purchase_of
from ahsp.engine.resources import Resource, ResourceKind
from tests.engine import builders as make

CEMENT = Resource(ResourceKind.MATERIAL, "Semen", "kg")
BAG = Resource(ResourceKind.MATERIAL, "Semen", "zak")
HOURS = Resource(ResourceKind.LABOR, "Pekerja", "OJ")
BAGS = Conversion("Semen", "zak", "kg", Decimal(50))


def purchase(resource: Resource, table: PriceTable) -> tuple[Need, Purchase | None]:
    known = make.by_code(make.analysis("a", make.line(resource, "11.5")))
    estimate: Estimate = make.estimate(make.item("1", "a", "100"), analyses=known, table=table)
    (need,) = resource_needs(price_estimate(estimate)).needs
    return need, purchase_of(need, table)


def test_what_is_priced_by_the_bag_is_bought_by_the_bag() -> None:
    need, found = purchase(CEMENT, PriceTable({BAG: Decimal(65_000)}, conversions=(BAGS,)))
    assert found == Purchase("zak", Decimal("0.02"), Decimal(23), Decimal(65_000))
    assert need.cost == 23 * 65_000


def test_a_conversion_tells_the_bags_of_what_is_priced_by_weight() -> None:
    need, found = purchase(CEMENT, PriceTable({CEMENT: Decimal(1_300)}, conversions=(BAGS,)))
    assert found == Purchase("zak", Decimal("0.02"), Decimal(23), Decimal(65_000))
    assert need.cost == 23 * 65_000


def test_the_unit_of_the_recorded_price_comes_before_other_conversions() -> None:
    tons = Conversion("Semen", "kg", "ton", Decimal("0.001"))
    _, found = purchase(CEMENT, PriceTable({BAG: Decimal(65_000)}, conversions=(tons, BAGS)))
    assert found is not None
    assert found.unit == "zak"
    _, found = purchase(CEMENT, PriceTable({CEMENT: Decimal(1_300)}, conversions=(tons, BAGS)))
    assert found == Purchase("ton", Decimal("0.001"), Decimal("1.15"), Decimal(1_300_000))


def test_hours_are_hired_by_the_day_where_the_day_has_the_price() -> None:
    need, found = purchase(HOURS, PriceTable(make.PRICES, Decimal(8)))
    assert found is not None
    assert (found.unit, found.quantity, found.price) == ("OH", Decimal("143.75"), Decimal(120_000))
    assert need.cost == Decimal("143.75") * 120_000


def test_without_another_unit_there_is_none() -> None:
    assert purchase(CEMENT, PriceTable({CEMENT: Decimal(1_300)}))[1] is None
    assert purchase(CEMENT, PriceTable({}))[1] is None
    known = make.by_code(make.analysis("a", make.lump_sum("500")))
    (need,) = resource_needs(price_estimate(make.estimate(make.item("1", "a", "1"), analyses=known))).needs
    assert purchase_of(need, PriceTable({}, conversions=(BAGS,))) is None


def test_a_need_without_a_price_still_has_its_bags() -> None:
    _, found = purchase(CEMENT, PriceTable({}, conversions=(BAGS,)))
    assert found == Purchase("zak", Decimal("0.02"), Decimal(23), None)
