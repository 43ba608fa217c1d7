"""What if prices of a kind change, and which items take a resource."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.estimate import Estimate, price_estimate
from ahsp.engine.prices import BoughtPrice, Conversion, PriceTable
from ahsp.engine.resources import ResourceKind
from ahsp.engine.usage import items_by_resource, items_taking
from ahsp.engine.what_if import Untouched, parts_before_and_after, scale_prices, suppose, untouched
from tests.engine import builders as make
from tests.engine.test_properties import ESTIMATES

LABOR, MATERIAL, EQUIPMENT = ResourceKind
KNOWN = make.by_code(
    make.analysis("a", make.line(make.WORKER, "0.5"), make.line(make.SAND, "1.2", 2), make.lump_sum("1000", 3)),
    make.analysis("b", make.nested("a", "2"), make.line(make.CEMENT, "10", 2)),
)
ITEMS = (
    make.section("s", make.item("1", "a", "10"), make.item("2", "b", "3")),
    make.item("3", price="5000"),
    make.item("4", "a", None),
)


def test_a_kind_that_is_dearer_costs_that_much_more_and_nothing_else_moves() -> None:
    supposed = suppose(make.estimate(*ITEMS, analyses=KNOWN), {LABOR: Decimal(5), MATERIAL: Decimal(-3)})
    before, after = supposed.spend_before, supposed.spend_after
    assert after.labor == before.labor * Decimal("1.05")
    assert after.material == before.material * Decimal("0.97")
    assert (after.equipment, after.own_prices) == (before.equipment, before.own_prices) == (16_000, 5_000)
    parts = parts_before_and_after(supposed)
    assert [total for _, total, _ in parts][1:] == [5_000, 0]
    assert sum(total for _, _, total in parts) == supposed.after.subtotal


def test_what_no_price_decides_is_told_with_its_items() -> None:
    # "a" has a lump sum of 1,000 and "b" takes two of "a"; the item without quantity counts nowhere.
    priced = price_estimate(make.estimate(*ITEMS, analyses=KNOWN))
    assert untouched(priced) == Untouched(Decimal(5_000), 1, Decimal(16_000), 2)


def test_a_bought_price_is_scaled_with_its_kind() -> None:
    bag = PriceTable(
        {},
        conversions=(Conversion("Semen", "zak", "kg", Decimal(50)),),
        bought={make.CEMENT: BoughtPrice("zak", Decimal(65_000))},
    )
    scaled = scale_prices(bag, {MATERIAL: Decimal("12.5")})
    assert scaled.bought[make.CEMENT].price == Decimal("73125")
    assert (scaled.conversions, scaled.hours_per_day) == (bag.conversions, bag.hours_per_day)


@pytest.mark.parametrize("percent", ["-100.01", "NaN", "-Infinity"])
def test_no_price_falls_below_nothing(percent: str) -> None:
    with pytest.raises(ValueError, match="more than all"):
        scale_prices(make.TABLE, {LABOR: Decimal(percent)})


@given(ESTIMATES)
def test_nothing_supposed_changes_nothing(estimate: Estimate) -> None:
    supposed = suppose(estimate, dict.fromkeys(ResourceKind, Decimal(0)))
    assert supposed.before == supposed.after


@given(ESTIMATES, st.decimals(-100, 200, places=2))
def test_the_first_level_adds_up_before_and_after(estimate: Estimate, percent: Decimal) -> None:
    supposed = suppose(estimate, dict.fromkeys(ResourceKind, percent))
    parts = parts_before_and_after(supposed)
    assert sum(before for _, before, _ in parts) == supposed.before.subtotal
    assert sum(after for _, _, after in parts) == supposed.after.subtotal


def test_items_take_resources_through_nested_analyses_too() -> None:
    priced = price_estimate(make.estimate(*ITEMS, analyses=KNOWN))
    assert items_by_resource(priced) == {make.WORKER: 3, make.SAND: 3, make.CEMENT: 1}
    assert [one.item.key for one in items_taking(priced, make.SAND)] == ["1", "2", "4"]
    assert [one.item.key for one in items_taking(priced, make.CEMENT)] == ["2"]
    assert not list(items_taking(priced, make.MIXER))


def test_a_missing_price_does_not_hide_who_takes_the_resource() -> None:
    table = replace(make.TABLE, prices={make.WORKER: Decimal(1)})
    priced = price_estimate(make.estimate(*ITEMS, analyses=KNOWN, table=table))
    assert items_by_resource(priced) == {make.WORKER: 3, make.SAND: 3, make.CEMENT: 1}
