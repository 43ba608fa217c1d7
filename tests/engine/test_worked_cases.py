"""Cases of real documents that are not in the tables of docs/calculation.md."""

from __future__ import annotations

from decimal import Decimal

from ahsp.engine.analysis import Analysis, ResourceLine
from ahsp.engine.estimate import price_estimate
from ahsp.engine.prices import Conversion, PriceTable, find_price
from ahsp.engine.pricing import price_analysis
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import CENT, Rounding, round_money
from tests.engine.builders import estimate, item

LABOR, MATERIAL, EQUIPMENT = ResourceKind


WORKER, FOREMAN = Resource(LABOR, "Pekerja", "OJ"), Resource(LABOR, "Mandor", "OJ")
DRILL = Resource(EQUIPMENT, "Alat bor", "jam")


def sda_well(worker: str, foreman: str, drill: str) -> Analysis:
    coefficients = zip((WORKER, FOREMAN, DRILL), (worker, foreman, drill), strict=True)
    lines = tuple(ResourceLine(at, of, Decimal(text)) for at, (of, text) in enumerate(coefficients, start=1))
    return Analysis("A.3.08.1c.4", "Sumur bor, batuan keras", "m'", lines)


def well_prices() -> PriceTable:
    """Day wages of 150,000 and 225,000 over 7 hours; the drill by the hour."""
    days = {WORKER._replace(unit="OH"): Decimal(150_000), FOREMAN._replace(unit="OH"): Decimal(225_000)}
    return PriceTable({**days, DRILL: Decimal("173147.26")}, Decimal(7))


def test_a_well_in_hard_rock_as_the_water_annex_prints_it() -> None:
    """The annex computed with more decimals than the four it prints, so its figures are met to 0.02 %."""
    well = sda_well("0.8830", "0.0883", "0.4415")
    priced = price_analysis(well, well_prices())
    assert round_money(priced.direct_cost, CENT) == Decimal("98204.16")
    assert abs(priced.direct_cost / Decimal("98199.45") - 1) < Decimal("0.0002")
    line = item("1", well.code, unit="m'", overhead="0.15")
    fifteen = price_estimate(estimate(line, analyses={well.code: well}, table=well_prices())).subtotal
    assert fifteen == Decimal("112934.78")
    assert abs(fifteen / Decimal("112929.37") - 1) < Decimal("0.0002")


def test_hours_cost_the_same_as_the_days_they_are_part_of() -> None:
    """0.5 OH is 3.5 OJ where a day has 7 hours, and 4 where it has 8."""
    day = WORKER._replace(unit="OH")
    for hours in (7, 8):
        table = PriceTable({day: Decimal(150_000)}, Decimal(hours))
        by_day = Analysis("d", "d", "m3", (ResourceLine(1, day, Decimal("0.5")),))
        by_hour = Analysis("h", "h", "m3", (ResourceLine(1, WORKER, Decimal("0.5") * hours),))
        assert price_analysis(by_day, table).direct_cost == price_analysis(by_hour, table).direct_cost == 75_000


def test_wages_of_the_water_annex_by_the_hour() -> None:
    printed = {WORKER: Decimal("21428.57"), FOREMAN: Decimal("32142.86")}
    for asked, price in printed.items():
        found = find_price(well_prices(), asked)
        assert found is not None
        assert round_money(found.price, CENT) == price


def test_a_building_that_floors_every_unit_price_to_the_rupiah() -> None:
    worker, foreman = (one._replace(unit="OH") for one in (WORKER, FOREMAN))
    lines = (ResourceLine(1, worker, Decimal("0.75")), ResourceLine(2, foreman, Decimal("0.038")))
    work = Analysis("1.2.1.1.1", "Galian tanah biasa", "m3", lines)
    bill = estimate(
        item("1", work.code, "17.255"),
        analyses={work.code: work},
        table=PriceTable({worker: Decimal(176_000), foreman: Decimal(206_000)}),
        policy=Rounding.parse("floor:1"),
    )
    priced = next(price_estimate(bill).items())
    assert priced.unit_price is not None
    assert priced.unit_price.exact == Decimal("153810.80")
    assert priced.unit_price.rounded == 153_810
    assert priced.amount == Decimal("2653991.55")


def test_a_market_unit_is_bridged_by_a_recorded_density() -> None:
    """The ministry's workbook buys sand by the cubic metre and uses 61.56 kg of it: 1 m3 is 1,400 kg."""
    sand = Resource(MATERIAL, "Pasir", "kg")
    table = PriceTable(
        {sand._replace(unit="m3"): Decimal(280_000)}, conversions=(Conversion("Pasir", "m3", "kg", Decimal(1_400)),)
    )
    work = Analysis("x", "x", "m2", (ResourceLine(1, sand, Decimal("61.56")),))
    assert price_analysis(work, table).direct_cost == Decimal("12312")
