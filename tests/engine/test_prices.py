from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ahsp.engine.conversions import first_contradiction, is_matter_of_hours
from ahsp.engine.estimate import price_estimate
from ahsp.engine.prices import BoughtPrice, Conversion, PriceTable, bridge, find_price
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import Rounding
from tests.engine.builders import CEMENT, MIXER, WORKER, analysis, estimate, item, line

HOUR = WORKER._replace(unit="OJ")


def test_a_recorded_price_wins_over_a_converted_one() -> None:
    table = PriceTable({HOUR: Decimal(20_000), WORKER: Decimal(150_000)})
    found = find_price(table, HOUR)
    assert found is not None
    assert (found.price, found.source, found.factor) == (20_000, HOUR, 1)


def test_an_hour_listed_as_jam_comes_before_the_day() -> None:
    jam = WORKER._replace(unit="jam")
    found = find_price(PriceTable({WORKER: Decimal(150_000), jam: Decimal(20_000)}), HOUR)
    assert found is not None
    assert found.source == jam


def test_another_resource_of_the_same_name_lends_no_price() -> None:
    machine = Resource(ResourceKind.EQUIPMENT, WORKER.name, WORKER.unit)
    assert find_price(PriceTable({machine: Decimal(1)}), WORKER) is None
    assert find_price(PriceTable({WORKER: Decimal(1)}), WORKER._replace(name="pekerja")) is None


def test_days_and_hours_are_bridged_for_labour_only() -> None:
    assert find_price(PriceTable({MIXER: Decimal(50_000)}), MIXER._replace(unit="OH")) is None


def test_conversions_are_not_chained() -> None:
    conversions = (Conversion("Semen", "zak", "kg", Decimal(50)), Conversion("Semen", "ton", "zak", Decimal(20)))
    table = PriceTable({CEMENT: Decimal(1_300)}, conversions=conversions)
    assert find_price(table, CEMENT._replace(unit="zak")) is not None
    assert find_price(table, CEMENT._replace(unit="ton")) is None


@pytest.mark.parametrize("figure", ["0", "-1", "NaN", "Infinity"])
def test_factors_and_hours_must_be_positive(figure: str) -> None:
    with pytest.raises(ValueError, match="positive"):
        Conversion("Semen", "zak", "kg", Decimal(figure))
    with pytest.raises(ValueError, match="positive"):
        PriceTable({}, Decimal(figure))


def test_a_price_that_never_ends_still_gives_a_round_sum() -> None:
    """150,000 / 7 x 0.3 + 150,000 / 7 x 0.4 is 15,000, and flooring must not make 14,999 of it."""
    work = analysis("1", line(HOUR, "0.3"), line(HOUR, "0.4"))
    table = PriceTable({WORKER: Decimal(150_000)})
    bill = estimate(item("1", "1"), analyses={"1": work}, table=table, policy=Rounding.parse("floor:1"))
    priced = next(price_estimate(bill).items())
    assert priced.analysis is not None
    assert priced.analysis.direct_cost == 15_000
    assert priced.amount == 16_500


BAG = BoughtPrice("zak", Decimal(65_000))
BAGS = (Conversion("Semen", "zak", "kg", Decimal(50)), Conversion("Semen", "ton", "kg", Decimal(1_000)))


def test_a_price_per_the_unit_that_is_bought_is_the_resource_s_own() -> None:
    table = PriceTable({CEMENT._replace(unit="zak"): Decimal(70_000)}, conversions=BAGS, bought={CEMENT: BAG})
    found = find_price(table, CEMENT)
    assert found is not None
    assert (found.price, found.source.unit, found.factor, found.recorded) == (1_300, "zak", Decimal("0.02"), CEMENT)
    # Another unit of it has what was recorded there, and what has nothing recorded follows the bought one.
    bag = find_price(table, CEMENT._replace(unit="zak"))
    assert bag is not None
    assert bag.price == 70_000
    ton = find_price(table, CEMENT._replace(unit="ton"))
    assert ton is not None
    assert (ton.price, ton.source.unit, ton.recorded) == (1_300_000, "zak", CEMENT)


def test_without_a_factor_a_bought_price_is_no_price() -> None:
    table = PriceTable({CEMENT._replace(unit="ton"): Decimal(1)}, conversions=BAGS[1:], bought={CEMENT: BAG})
    assert find_price(table, CEMENT) is None
    assert bridge(table, CEMENT, "zak") is None
    assert bridge(table, CEMENT, "ton") == Decimal("0.001")


def test_factors_of_a_resource_agree_or_contradict() -> None:
    around = Conversion("Semen", "ton", "zak", Decimal(20))
    assert first_contradiction([*BAGS, around]) is None
    assert first_contradiction([*BAGS, Conversion("Semen", "kg", "zak", Decimal("0.02"))]) is None
    # The same between other things, and in another order, where two sets of units meet.
    assert first_contradiction([*BAGS, Conversion("Pasir", "zak", "kg", Decimal(40))]) is None
    truck = Conversion("Semen", "truk", "ton", Decimal(8))
    assert first_contradiction([BAGS[0], truck, around, Conversion("Semen", "truk", "kg", Decimal(8000))]) is None
    wrong = first_contradiction([*BAGS, replace(around, factor=Decimal(25))])
    assert wrong is not None
    assert (wrong.conversion.factor, wrong.other) == (25, 20)


@pytest.mark.parametrize("units", [("OH", "OJ"), ("jam", "OH"), ("Orang-Jam", "jam")])
def test_days_and_hours_of_people_are_no_conversion(units: tuple[str, str]) -> None:
    assert is_matter_of_hours(*units)
    assert not is_matter_of_hours("hari", "jam")
