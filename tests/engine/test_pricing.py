from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, getcontext

import pytest

from ahsp.engine.analysis import Analysis
from ahsp.engine.issues import Issue, Severity
from ahsp.engine.prices import PriceTable
from ahsp.engine.pricing import MAX_DEPTH, PricedAnalysis, Status, price_analysis
from ahsp.engine.resources import ResourceKind
from tests.engine.builders import (
    CEMENT,
    MIXER,
    PRICES,
    SAND,
    TABLE,
    WORKER,
    analysis,
    by_code,
    line,
    lump_sum,
    nested,
    note,
    percentage,
)


def price(one: Analysis, *others: Analysis, table: PriceTable = TABLE) -> PricedAnalysis:
    return price_analysis(one, table, by_code(*others))


def codes(issues: tuple[Issue, ...]) -> list[str]:
    return [issue.code for issue in issues]


PLAIN = analysis("plain", line(WORKER, "0.75", 1), line(SAND, "1.2", 2), line(MIXER, "0.1", 3))
BROKEN = analysis("broken", line(WORKER, "0.75", 1), line(SAND._replace(name="Split"), "1.2", 2))


def test_groups_add_up_to_the_direct_cost() -> None:
    priced = price(PLAIN)
    assert (priced.labor, priced.material, priced.equipment) == (90_000, 330_000, 5_000)
    assert priced.direct_cost == 425_000
    assert (priced.priced, priced.counted, priced.missing, priced.issues) == (3, 3, (), ())


def test_lines_say_where_their_price_comes_from() -> None:
    first = price(PLAIN).lines[0]
    assert first.line == PLAIN.lines[0]
    assert (first.kind, first.price, first.amount) == (ResourceKind.LABOR, 120_000, 90_000)
    assert first.found is not None
    assert (first.found.source, first.found.factor) == (WORKER, 1)


def test_a_plain_analysis_and_one_with_a_note_give_the_same() -> None:
    noted = price(analysis("noted", note(9), *PLAIN.lines))
    plain = price(PLAIN)
    assert noted.lines[1:] == plain.lines
    assert replace(noted, analysis=PLAIN, basis=plain.basis) == plain
    assert (noted.labor, noted.material, noted.equipment) == (plain.labor, plain.material, plain.equipment)
    assert noted.lines[0].amount is None
    assert noted.lines[0].status is Status.PRICED


def test_a_missing_price_is_told_with_its_resource() -> None:
    priced = price(BROKEN)
    assert priced.status is Status.PARTIAL
    assert priced.direct_cost == 90_000
    lacking = priced.lines[1]
    assert lacking.status is Status.UNPRICED
    assert lacking.issues == (Issue("price.missing", Severity.ERROR, {"resource": "Split", "unit": "m3"}),)
    assert priced.missing == ("Split (m3)",)
    assert codes(priced.issues) == ["analysis.partial"]


def test_a_missing_coefficient_is_told_even_if_the_price_lacks_too() -> None:
    priced = price(analysis("x", line(WORKER, "1", 1), line(CEMENT._replace(name="Kapur"), None, 2)))
    assert codes(priced.lines[1].issues) == ["coefficient.missing", "price.missing"]
    assert codes(priced.issues) == ["analysis.partial", "coefficient.missing"]


def test_a_coefficient_of_zero_is_a_figure_and_not_missing() -> None:
    priced = price(analysis("x", line(WORKER, "0")))
    assert (priced.status, priced.direct_cost) == (Status.PRICED, 0)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_percentages_of_percentages_need_no_order(order: tuple[int, ...]) -> None:
    lines = (line(SAND, "2", 1), percentage("35", 1, position=2), percentage("10", 1, 2, position=3))
    priced = price(analysis("x", *(lines[at] for at in order)))
    by_position = {one.line.position: one for one in priced.lines}
    assert by_position[2].amount == 192_500
    assert by_position[3].price == 742_500
    assert by_position[3].amount == 74_250
    assert priced.direct_cost == 816_750


def test_a_percentage_counts_in_its_own_group() -> None:
    priced = price(analysis("x", line(WORKER, "1", 1), percentage("5", 1, position=2, kind=ResourceKind.EQUIPMENT)))
    assert (priced.labor, priced.material, priced.equipment) == (120_000, 0, 6_000)


def test_a_percentage_may_be_of_a_nested_analysis_and_of_a_lump_sum() -> None:
    outer = analysis("x", nested("plain", "2", 1), lump_sum("150000", 2), percentage("1", 1, 2, position=3))
    assert price(outer, PLAIN).lines[2].amount == 10_000


def test_a_percentage_of_something_incomplete_is_a_lower_bound() -> None:
    lines = (line(SAND, "2", 1), line(SAND._replace(name="Split"), "1", 2), percentage("10", 1, 2, position=3))
    priced = price(analysis("x", *lines))
    assert priced.lines[2].status is Status.PARTIAL
    assert priced.lines[2].amount == 55_000
    assert (priced.priced, priced.counted, priced.missing) == (1, 3, ("Split (m3)",))


@pytest.mark.parametrize("of", [(), (9,), (2,)])
def test_a_percentage_of_nothing_is_told(of: tuple[int, ...]) -> None:
    priced = price(analysis("x", line(SAND, "1", 1), note(2), percentage("10", *of, position=3)))
    assert codes(priced.lines[2].issues) == ["percentage.basis_missing"]
    assert priced.missing == ("percentage 3",)


def test_a_percentage_without_percent_is_told() -> None:
    priced = price(analysis("x", line(SAND, "1", 1), percentage(None, 1, position=2)))
    assert codes(priced.lines[1].issues) == ["coefficient.missing"]


def test_percentages_in_a_circle_are_told_and_the_rest_is_priced() -> None:
    lines = (line(SAND, "1", 1), percentage("10", 3, position=2), percentage("10", 2, position=3))
    priced = price(analysis("x", *lines, percentage("10", 1, position=4)))
    assert [codes(one.issues) for one in priced.lines] == [[], ["percentage.cycle"], ["percentage.cycle"], []]
    assert priced.direct_cost == 302_500


@pytest.mark.parametrize(("coefficient", "own"), [(None, "500"), ("1", None)])
def test_a_lump_sum_needs_both_its_figures(coefficient: str | None, own: str | None) -> None:
    priced = price(analysis("x", line(WORKER, "1", 1), lump_sum(own, 2, coefficient)))
    assert priced.lines[1].status is Status.UNPRICED
    assert priced.missing == ("Alat bantu",)


def test_a_nested_line_adds_group_by_group() -> None:
    outer = price(analysis("outer", nested("plain", "2", 1), line(WORKER, "0.5", 2)), PLAIN)
    assert (outer.labor, outer.material, outer.equipment) == (240_000, 660_000, 10_000)
    inner = outer.lines[0]
    assert (inner.price, inner.amount, inner.kind) == (425_000, 850_000, None)
    assert inner.nested is not None
    assert inner.nested.analysis is PLAIN


def test_what_a_nested_analysis_lacks_is_named_once() -> None:
    outer = price(analysis("outer", nested("broken", "2", 1), nested("broken", "3", 2)), BROKEN)
    assert outer.status is Status.PARTIAL
    assert outer.direct_cost == 450_000
    assert (outer.priced, outer.counted, outer.missing) == (0, 2, ("Split (m3)",))


def test_an_unknown_nested_analysis_is_told() -> None:
    outer = price(analysis("outer", line(WORKER, "1", 1), nested("9.9", "1", 2)))
    assert outer.lines[1].issues == (Issue("analysis.unknown", Severity.ERROR, {"analysis": "9.9"}),)
    assert outer.missing == ("9.9",)


@pytest.mark.parametrize("empty", [analysis("x"), analysis("x", note())], ids=["no line", "a note alone"])
def test_an_analysis_without_a_line_that_costs_is_not_free(empty: Analysis) -> None:
    priced = price(empty)
    assert (priced.status, priced.counted) == (Status.UNPRICED, 0)
    assert codes(priced.issues) == ["analysis.empty"]


def test_a_nested_analysis_without_lines_leaves_the_outer_one_incomplete() -> None:
    outer = price(analysis("outer", line(WORKER, "1", 1), nested("empty", "1", 2)), analysis("empty", note()))
    assert (outer.status, outer.missing) == (Status.PARTIAL, ("empty",))


def test_a_circle_is_told_on_each_of_its_lines() -> None:
    a = analysis("a", line(WORKER, "1", 1), nested("b", "1", 2))
    b = analysis("b", line(SAND, "1", 1), nested("c", "1", 2))
    c = analysis("c", line(MIXER, "1", 1), nested("a", "1", 2))
    on_top = analysis("top", nested("a", "1", 1))
    for one in (a, b, c):
        priced = price(one, a, b, c)
        assert codes(priced.lines[1].issues) == ["analysis.cycle"]
        assert priced.status is Status.PARTIAL
    top = price(on_top, a, b, c)
    assert top.lines[0].issues == ()
    assert top.direct_cost == 120_000


def test_an_analysis_that_nests_itself_is_a_circle() -> None:
    itself = analysis("a", line(WORKER, "1", 1), nested("a", "1", 2))
    priced = price(itself)
    assert priced.lines[1].issues[0].data == {"analysis": "a", "within": "a"}


def chain(levels: int) -> list[Analysis]:
    lowest = analysis("1", line(WORKER, "1", 1))
    return [lowest, *(analysis(str(at), nested(str(at - 1), "1", 1)) for at in range(2, levels + 1))]


def test_nesting_to_the_limit_is_priced_and_deeper_is_told() -> None:
    analyses = chain(21)
    assert price(analyses[19], *analyses).direct_cost == 120_000
    deeper = price(analyses[20], *analyses)
    assert deeper.status is Status.UNPRICED
    assert deeper.lines[0].issues[0] == Issue("analysis.too_deep", Severity.ERROR, {"analysis": "20", "depth": "20"})


def test_a_very_long_chain_is_no_danger() -> None:
    analyses = chain(5_000)
    assert codes(price(analyses[-1], *analyses).lines[0].issues) == ["analysis.too_deep"]


def test_many_analyses_that_all_nest_each_other_are_told_quickly() -> None:
    names = [str(number) for number in range(60)]
    tangle = [analysis(one, line(WORKER, "1", 0), *(nested(other) for other in names)) for one in names]
    priced = price(tangle[0], *tangle)
    assert priced.priced == 1
    assert {code for one in priced.lines[1:] for code in codes(one.issues)} == {"analysis.cycle"}


def test_a_shared_nested_analysis_is_priced_once() -> None:
    levels = [PLAIN]
    for _ in range(MAX_DEPTH - 1):
        below = levels[-1].code
        levels.append(analysis(f"{below}+", nested(below, "1", 1), nested(below, "1", 2)))
    priced = price(levels[-1], *levels)
    assert priced.direct_cost == 425_000 * 2 ** (MAX_DEPTH - 1)
    assert priced.lines[0].nested is priced.lines[1].nested


def test_the_analysis_given_wins_over_another_of_its_code() -> None:
    other = analysis("plain", line(WORKER, "100"))
    assert price(PLAIN, other).direct_cost == 425_000


def test_the_callers_context_is_left_alone() -> None:
    before = getcontext().copy()
    price(analysis("x", line(WORKER._replace(unit="OJ"), "1", 1)), table=PriceTable({WORKER: PRICES[WORKER]}))
    after = getcontext()
    assert (after.prec, after.flags) == (before.prec, before.flags)


def test_the_callers_precision_does_not_matter() -> None:
    fine = analysis("x", line(WORKER, "0.0000000000000000000000000000001", 1), line(WORKER, "1", 2))
    assert price(fine).direct_cost == Decimal("120000.000000000000000000000000012")
    assert price(fine).labor == price(fine).direct_cost
