from __future__ import annotations

from collections.abc import Callable
from copy import copy, deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal, getcontext
from pickle import dumps, loads

import pytest

from ahsp.engine.estimate import (
    PricedEstimate,
    PricedItem,
    PricedSection,
    UnitPrice,
    price_estimate,
)
from ahsp.engine.issues import Issue, Severity
from ahsp.engine.pricing import Status
from ahsp.engine.rounding import Rounding
from ahsp.engine.vat import vat_rule_on
from tests.engine.builders import (
    SAND,
    TEN_PERCENT,
    WORKER,
    analysis,
    by_code,
    estimate,
    item,
    line,
    section,
)

ANALYSES = by_code(
    analysis("soil", line(WORKER, "0.75")),
    analysis("broken", line(WORKER, "0.75", 1), line(SAND._replace(name="Split"), "1", 2)),
)


def test_sections_add_up_at_any_depth_and_keep_their_order() -> None:
    inner = section("1.1", item("a", "soil", "2"), section("1.1.1", item("b", price="100.005")))
    priced = price_estimate(estimate(section("1", item("c", "soil"), inner), item("d", price="1"), analyses=ANALYSES))
    first = priced.children[0]
    assert isinstance(first, PricedSection)
    second = first.children[1]
    assert isinstance(second, PricedSection)
    assert [one.item.key for one in priced.items()] == ["c", "a", "b", "d"]
    assert second.total == Decimal("198100.01")
    assert first.total == Decimal("297100.01")
    assert priced.subtotal == Decimal("297101.01")
    assert priced.total == priced.subtotal
    assert priced.vat is None
    assert (priced.item_count, priced.incomplete, priced.complete) == (4, 0, True)


def test_incomplete_items_are_counted_in_every_section_above_them() -> None:
    inner = section("1.1", item("a", "broken", "2"), item("b"), item("c", "soil"))
    priced = price_estimate(estimate(section("1", inner, item("d", "soil", None)), analyses=ANALYSES))
    (outer,) = priced.children
    assert isinstance(outer, PricedSection)
    assert isinstance(outer.children[0], PricedSection)
    assert (outer.children[0].incomplete, outer.incomplete, priced.incomplete) == (2, 3, 3)
    assert not priced.complete
    assert outer.total == Decimal(198_000 + 99_000)


def test_an_empty_estimate_is_complete_and_nothing() -> None:
    priced = price_estimate(estimate(section("1"), vat=vat_rule_on(date(2025, 1, 1))))
    assert (priced.subtotal, priced.total, priced.item_count, priced.complete) == (0, 0, 0, True)


def test_five_thousand_sections_inside_each_other_are_no_danger() -> None:
    deepest = section("x", item("1", price="2"))
    for _ in range(5_000):
        deepest = section("x", deepest)
    priced = price_estimate(estimate(deepest))
    assert priced.subtotal == 2
    assert [one.item.key for one in priced.items()] == ["1"]


def test_the_unit_price_is_told_part_by_part() -> None:
    bill = estimate(item("1", "soil", "3"), analyses=ANALYSES, policy=Rounding.parse("floor:100"))
    priced = next(price_estimate(bill).items())
    assert priced.unit_price == UnitPrice(
        Decimal(90_000), TEN_PERCENT, Decimal(9_000), Decimal(99_000), Decimal(99_000)
    )
    assert priced.analysis is not None
    assert priced.analysis.analysis is ANALYSES["soil"]
    assert priced.amount == 297_000


def test_an_own_price_has_no_analysis_and_no_overhead() -> None:
    bill = estimate(item("1", "soil", price="100.5"), analyses=ANALYSES, policy=Rounding.parse("floor:100"))
    priced = next(price_estimate(bill).items())
    own = Decimal("100.5")
    assert priced.analysis is None
    assert priced.unit_price == UnitPrice(own, Decimal(0), Decimal(0), own, own, own=True)
    figures = {"own": "100.5", "computed": "99000", "analysis": "soil"}
    assert priced.issues == (Issue("price.own_kept", Severity.INFO, figures),)


def test_an_own_price_beside_an_unknown_code_is_kept_with_a_warning() -> None:
    priced = next(price_estimate(estimate(item("1", "9.9", price="100"))).items())
    assert priced.status is Status.PRICED
    assert priced.issues == (Issue("analysis.unknown", Severity.WARNING, {"analysis": "9.9"}),)


def test_an_own_price_hides_nothing_of_a_broken_analysis_as_its_own() -> None:
    priced = next(price_estimate(estimate(item("1", "broken", price="100"), analyses=ANALYSES)).items())
    assert priced.status is Status.PRICED
    assert [issue.code for issue in priced.issues] == ["price.own_kept"]


def test_what_was_found_while_reading_travels_with_the_item() -> None:
    found = Issue("number.ambiguous", Severity.ERROR, {"text": "12.500"})
    unread = replace(item("1", "soil", None), issues=(found,))
    priced = next(price_estimate(estimate(unread, analyses=ANALYSES)).items())
    assert priced.issues == (found,)
    assert (priced.status, priced.amount) == (Status.PARTIAL, None)


def test_a_remark_does_not_explain_a_missing_quantity() -> None:
    remark = Issue("number.shortened", Severity.INFO)
    unread = replace(item("1", "soil", None), issues=(remark,))
    priced = next(price_estimate(estimate(unread, analyses=ANALYSES)).items())
    assert [issue.code for issue in priced.issues] == ["number.shortened", "quantity.missing"]


def test_an_unpriced_line_without_quantity_tells_both() -> None:
    priced = next(price_estimate(estimate(item("1", None, None))).items())
    assert [issue.code for issue in priced.issues] == ["item.unpriced", "quantity.missing"]
    assert priced.status is Status.UNPRICED


def test_a_blank_unit_contradicts_nothing() -> None:
    priced = next(price_estimate(estimate(item("1", "soil", unit=""), analyses=ANALYSES)).items())
    assert priced.issues == ()


def test_a_rate_of_the_line_replaces_that_of_the_project() -> None:
    bill = estimate(item("1", "soil", overhead="0"), item("2", "soil"), analyses=ANALYSES)
    first, second = price_estimate(bill).items()
    assert (first.amount, second.amount) == (90_000, 99_000)
    assert [issue.code for issue in first.issues] == ["overhead.unusual"]
    assert first.issues[0].data == {"overhead": "0", "low": "10", "high": "15"}
    assert second.issues == ()


def test_items_of_one_code_share_one_price_and_differ_in_quantity() -> None:
    bill = estimate(item("1", "broken", "1"), item("2", "broken", "2"), analyses=ANALYSES)
    first, second = price_estimate(bill).items()
    assert first.unit_price == second.unit_price
    assert first.analysis is second.analysis
    assert second.amount == 198_000


def test_negative_quantities_reduce_the_sum() -> None:
    priced = price_estimate(estimate(item("1", price="100", quantity="-2.5"), item("2", price="100.005")))
    assert priced.subtotal == Decimal("-149.99")


def test_absurd_figures_do_not_crash() -> None:
    huge = "9" * 40
    bill = estimate(item("1", price=huge, quantity=huge), vat=vat_rule_on(date(2025, 1, 1)))
    assert price_estimate(bill).total > Decimal("1E79")


def test_a_priced_item_cannot_be_wrong() -> None:
    good = next(price_estimate(estimate(item("1", "soil", "3"), analyses=ANALYSES)).items())
    assert PricedItem(*good) == good
    for wrong in (Decimal("297000.01"), Decimal(0), None):
        with pytest.raises(ValueError, match="quantity x unit price"):
            PricedItem(good.item, wrong, *good[2:])


def pickled(priced: PricedEstimate) -> PricedEstimate:
    return loads(dumps(priced))  # noqa: S301 - bytes of our own


@pytest.mark.parametrize("again", [copy, deepcopy, pickled])
def test_a_copy_of_a_priced_estimate_is_equal_to_it(again: Callable[[PricedEstimate], PricedEstimate]) -> None:
    bill = estimate(section("1", item("a", "soil", "3"), item("b", "broken")), item("c", price="5"), analyses=ANALYSES)
    priced = price_estimate(bill)
    assert again(priced) == priced
    asked = [(one.unit_price, one.analysis and one.analysis.lines) for one in priced.items()]
    assert again(priced) == priced
    assert [(one.unit_price, one.analysis and one.analysis.lines) for one in again(priced).items()] == asked


def test_the_callers_context_is_left_alone_and_does_not_matter() -> None:
    context = getcontext()
    before = context.prec
    context.prec = 4
    try:
        bill = estimate(item("1", "soil", "123456.789"), analyses=ANALYSES, vat=vat_rule_on(date(2025, 1, 1)))
        priced = price_estimate(bill)
        assert context.prec == 4
    finally:
        context.prec = before
    assert priced.subtotal == Decimal("12222222111.00")
    assert priced.total == priced.subtotal * Decimal("1.11")
