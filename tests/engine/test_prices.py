from __future__ import annotations

from decimal import Decimal

import pytest

from ahsp.engine.estimate import price_estimate
from ahsp.engine.prices import Conversion, PriceTable, find_price
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
