from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from ahsp.engine.analysis import Analysis, ResourceLine
from ahsp.engine.analysis_difference import Change, LineDifference, Origins, differences, total_effect
from ahsp.engine.nesting import circle_of
from ahsp.engine.pricing import price_analysis
from ahsp.engine.unit_prices import price_units
from tests.engine.builders import (
    CEMENT,
    MIXER,
    SAND,
    TABLE,
    WORKER,
    analysis,
    by_code,
    estimate,
    line,
    lump_sum,
    nested,
    note,
    percentage,
)
from tests.engine.test_properties import WHOLE_TABLES, catalogs

REFERENCE = analysis(
    "1.1", line(WORKER, "0.75", 1), line(SAND, "1.2", 2), percentage("10", 1, 2, position=3), note(4)
)  # fmt: skip
UNKNOWN = SAND._replace(name="Kerikil")


def compared(own: Analysis, origins: Origins, *others: Analysis) -> tuple[LineDifference, ...]:
    known = by_code(*others)
    return differences(price_analysis(own, TABLE, known), price_analysis(REFERENCE, TABLE, known), origins)


def told(found: tuple[LineDifference, ...]) -> list[tuple[str, tuple[str, ...], Decimal | None]]:
    return [(one.change.value, one.fields, one.effect) for one in found]


def test_an_untouched_copy_differs_in_nothing() -> None:
    found = compared(replace(REFERENCE, code="1.1-M1"), {1: 1, 2: 2, 3: 3, 4: 4})
    assert told(found) == [("same", (), Decimal(0))] * 4


def test_changed_added_and_removed_lines_have_their_cost() -> None:
    tools = replace(percentage("10", 8, 7, position=9), name="percentage 3")
    own = analysis("1.1-M1", line(MIXER, "0.1", 7), line(WORKER, "0.5", 8), tools)
    found = compared(own, {8: 1, 9: 3})
    assert told(found) == [
        ("added", (), Decimal(5_000)),
        ("changed", ("coefficient",), Decimal(-30_000)),
        ("removed", (), Decimal(-330_000)),
        # 10 % of 65,000 and no longer of 420,000; one of the lines it is of is none of the reference.
        ("changed", ("of",), Decimal(-35_500)),
        ("removed", (), Decimal(0)),
    ]
    assert [one.reference.line.position for one in found if one.reference and one.own is None] == [2, 4]


def test_another_resource_or_another_sort_of_line_names_what_differs() -> None:
    own = analysis("x", line(CEMENT, "0.75", 1), lump_sum("500", 2), percentage("10", 1, 2, position=3), note(4))
    first, second, third, _ = compared(own, {1: 1, 2: 2, 3: 3, 4: 4})
    assert first.fields == ("group_kind", "name", "unit")
    assert set(second.fields) == {"line_kind", "group_kind", "name", "coefficient", "price", "unit"}
    assert third.change is Change.SAME


def test_what_is_not_priced_has_no_effect_rather_than_none_of_it() -> None:
    own = analysis("x", line(UNKNOWN, "0.75", 1), line(SAND, None, 2), percentage("10", 1, 2, position=3), note(4))
    found = compared(own, {1: 1, 2: 2, 3: 3, 4: 4})
    assert [one.effect for one in found] == [None, None, None, 0]
    assert total_effect(price_analysis(own, TABLE), price_analysis(REFERENCE, TABLE)) is None


def test_a_number_written_otherwise_is_no_change() -> None:
    own = analysis("x", line(WORKER, "0.750", 1), line(SAND, "1.20", 2), percentage("10.0", 1, 2, position=3), note(4))
    assert {one.change for one in compared(own, {1: 1, 2: 2, 3: 3, 4: 4})} == {Change.SAME}


def test_two_lines_of_one_origin_are_one_line_and_an_added_one() -> None:
    own = analysis("x", line(WORKER, "0.75", 1), line(WORKER, "0.75", 2))
    assert [one.change.value for one in compared(own, {1: 1, 2: 1})] == ["same", *["removed"] * 3, "added"]


@given(catalogs(complete=True), WHOLE_TABLES)
def test_the_effects_of_the_lines_are_the_effect_on_the_whole(catalog, table) -> None:  # type: ignore[no-untyped-def]
    own, reference = (price_analysis(catalog[code], table, catalog) for code in ("a2", "a3"))
    origins = {1: 2, 2: 1}
    found = differences(own, reference, origins)
    effects = [one.effect for one in found]
    assert all(effect is not None for effect in effects)
    total = sum((effect for effect in effects if effect is not None), Decimal(0))
    whole = total_effect(own, reference)
    assert whole is not None
    assert abs(total - whole) <= Decimal("1e-9")
    assert len(found) == len(own.analysis.lines) + sum(one.own is None for one in found)


def test_a_circle_is_told_the_shortest_way() -> None:
    known = by_code(
        analysis("a", nested("b"), nested("c", position=2)),
        analysis("b", nested("d")),
        analysis("c", nested("a")),
        analysis("d", nested("a")),
        analysis("e", nested("a")),
    )
    assert circle_of(known, "a") == ("a", "c", "a")
    assert circle_of(known, "d") == ("d", "a", "b", "d")
    assert circle_of(known, "e") == ()
    assert circle_of(by_code(analysis("a", nested("a"))), "a") == ("a", "a")


def test_one_unit_of_an_analysis_costs_what_an_item_of_it_does() -> None:
    whole = estimate(analyses=by_code(REFERENCE, analysis("empty"), analysis("open", line(UNKNOWN, "1"))))
    found = price_units(whole, ["1.1", "empty", "open"])
    price = found["1.1"].unit_price
    assert price is not None
    assert (price.direct_cost, price.exact) == (462_000, Decimal("508200"))
    assert [found[code].status.value for code in ("1.1", "empty", "open")] == ["PRICED", "UNPRICED", "UNPRICED"]
    assert found["open"].analysis is not None
    assert isinstance(REFERENCE.lines[0], ResourceLine)
