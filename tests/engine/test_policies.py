"""Other policies give what pricing the estimate under them would give."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from ahsp.engine.estimate import Estimate, price_estimate
from ahsp.engine.policies import example_of, rounded_by, taxed_by_each_rule
from ahsp.engine.rounding import CENT, EXACT, Rounding
from tests.engine import builders as make
from tests.engine.test_properties import ESTIMATES

POLICIES = [EXACT, CENT, *(Rounding.parse(text) for text in ("floor:1", "half-up:100", "floor:1000"))]


@given(ESTIMATES)
def test_each_policy_is_what_pricing_under_it_gives(estimate: Estimate) -> None:
    priced = price_estimate(estimate)
    for found in rounded_by(priced, POLICIES):
        settings = replace(estimate.settings, unit_price_rounding=found.policy)
        assert found.subtotal == price_estimate(replace(estimate, settings=settings)).subtotal


def test_the_example_is_the_largest_item_with_an_analysis() -> None:
    known = make.by_code(make.analysis("a", make.line(make.WORKER, "0.333333")))
    own = replace(make.item("9", None, "1"), unit_price=Decimal(99_000_000))
    small, large = make.item("1", "a", "1"), make.item("2", "a", "30")
    priced = price_estimate(make.estimate(small, large, own, analyses=known))
    example = example_of(priced)
    assert example is not None
    assert example.item.key == large.key
    # 0.333333 x 120,000 x 1.1 = 43,999.956
    by_cent, by_hundred = rounded_by(priced, [CENT, Rounding.parse("floor:100")])
    assert (by_cent.unit_price, by_cent.amount) == (Decimal("43999.96"), Decimal("1319998.80"))
    assert (by_hundred.unit_price, by_hundred.amount) == (Decimal(43_900), Decimal(1_317_000))
    assert by_hundred.subtotal == 43_900 + 1_317_000 + 99_000_000


def test_an_estimate_of_nothing_has_no_example() -> None:
    priced = price_estimate(make.estimate())
    assert example_of(priced) is None
    assert [(one.subtotal, one.unit_price) for one in rounded_by(priced, POLICIES)] == [(0, None)] * len(POLICIES)


def test_each_rule_of_vat_taxes_the_same_subtotal() -> None:
    assert [one.amount for one in taxed_by_each_rule(Decimal(1200))] == [Decimal(120), Decimal(132), Decimal(132)]
