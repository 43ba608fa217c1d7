"""Resource needs and Pareto: single cases, and laws for whatever estimate."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.estimate import Estimate, price_estimate
from ahsp.engine.needs import ResourceNeeds, Sort, resource_needs
from ahsp.engine.pareto import A_UP_TO, B_UP_TO, Grade, pareto
from ahsp.engine.prices import PriceTable
from ahsp.engine.pricing import Status
from ahsp.engine.resources import Resource, ResourceKind
from tests.engine import builders as make
from tests.engine.test_properties import ESTIMATES, MONEY

NOISE = Decimal("1E-9")


def needs_of(estimate: Estimate) -> ResourceNeeds:
    return resource_needs(price_estimate(estimate))


def test_a_resource_of_several_analyses_is_one_need() -> None:
    known = make.by_code(
        make.analysis("a", make.line(make.WORKER, "0.5"), make.line(make.SAND, "1.2", 2)),
        make.analysis("b", make.nested("a", "2"), make.line(make.WORKER, "0.1", 2)),
    )
    found = needs_of(make.estimate(make.item("1", "a", "10"), make.item("2", "b", "3"), analyses=known))
    # Workers: 10 x 0.5 + 3 x (2 x 0.5 + 0.1)
    assert [(need.key.name, need.quantity, need.cost) for need in found.needs] == [
        ("Pekerja", Decimal("8.3"), Decimal("996000")),
        ("Pasir", Decimal("19.2"), Decimal("5280000")),
    ]
    assert found.spend.difference == 0


def test_a_nested_analysis_that_cannot_be_followed_is_named() -> None:
    known = make.by_code(make.analysis("a", make.line(make.WORKER, "1"), make.nested("gone", "2", 2)))
    found = needs_of(make.estimate(make.item("1", "a", "1"), analyses=known))
    assert found.unknown == ("gone",)


def test_a_price_from_a_division_leaves_its_noise_beside_the_sum() -> None:
    hours = Resource(ResourceKind.LABOR, "Pekerja", "OJ")
    known = make.by_code(make.analysis("a", make.line(hours, "0.1")))
    found = needs_of(make.estimate(make.item("1", "a", "7"), analyses=known, table=PriceTable(make.PRICES, Decimal(7))))
    (need,) = found.needs
    assert need.found is not None
    assert need.found.source == make.WORKER
    assert abs(found.spend.difference) < NOISE


def test_lump_sums_of_one_name_and_two_prices_show_no_price_per_unit() -> None:
    known = make.by_code(make.analysis("a", make.lump_sum("500"), make.lump_sum("700", 2)))
    (need,) = needs_of(make.estimate(make.item("1", "a", "3"), analyses=known)).needs
    assert (need.quantity, need.price, need.cost) == (Decimal(6), None, Decimal(3600))


def test_nothing_is_needed_for_nothing() -> None:
    found = needs_of(make.estimate())
    assert (found.needs, found.spend.subtotal, found.without_quantity) == ((), 0, 0)


@given(ESTIMATES)
def test_needs_add_up_to_the_direct_cost_and_to_the_subtotal(estimate: Estimate) -> None:
    priced = price_estimate(estimate)
    found = resource_needs(priced)
    spend = found.spend
    direct = sum(
        (
            one.item.quantity * one.direct_cost
            for one in priced.items()
            if one.source is not None and one.item.quantity is not None and one.direct_cost is not None
        ),
        Decimal(0),
    )
    assert spend.direct_cost == direct
    costs = sum((need.cost or Decimal(0) for need in found.needs), Decimal(0))
    assert costs == spend.labor + spend.material + spend.equipment
    # No price of these comes from a division, so nothing but the fiftieth digit may differ.
    assert abs(spend.difference) < NOISE
    assert abs(direct - costs) < NOISE
    parts = direct + spend.overhead_and_profit + spend.own_prices + spend.rounding
    assert abs(parts - priced.subtotal) < NOISE


@given(ESTIMATES)
def test_cost_is_quantity_times_price_and_an_incomplete_estimate_says_so(estimate: Estimate) -> None:
    priced = price_estimate(estimate)
    found = resource_needs(priced)
    for need in found.needs:
        if need.complete and need.key.sort is Sort.RESOURCE:
            assert None not in (need.quantity, need.price, need.cost)
            assert abs(need.quantity * need.price - need.cost) < NOISE  # type: ignore[operator]
    if all(one.status is Status.PRICED for one in priced.items()):
        assert all(need.complete for need in found.needs)
        assert not found.unknown


@given(st.lists(MONEY | MONEY.map(lambda amount: -amount), max_size=12))
def test_pareto_orders_grades_and_loses_nothing(amounts: list[Decimal]) -> None:
    ranked = pareto(list(enumerate(amounts)))
    assert sorted(one.value for one in ranked) == list(range(len(amounts)))
    assert [one.amount for one in ranked] == sorted(amounts, reverse=True)
    assert [one.grade for one in ranked] == sorted(one.grade for one in ranked)
    total = sum(amount for amount in amounts if amount > 0)
    if total:
        of_a = sum(one.amount for one in ranked if one.grade is Grade.A)
        of_b = sum(one.amount for one in ranked if one.grade is Grade.B)
        assert of_a >= A_UP_TO * total
        assert of_a + of_b >= B_UP_TO * total
        assert ranked[0].grade is Grade.A
