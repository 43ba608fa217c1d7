from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.rounding import CENT, round_money
from ahsp.engine.vat import VAT_RULES, calculate_vat, vat_rule_on

SUBTOTALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**14, places=2)


@given(SUBTOTALS)
def test_twelve_percent_of_eleven_twelfths_is_eleven_percent(subtotal: Decimal) -> None:
    vat = calculate_vat(subtotal, vat_rule_on(date(2026, 7, 1)))
    assert vat.amount == round_money(subtotal * Decimal("0.11"), CENT)


@given(SUBTOTALS, st.dates())
def test_the_amount_is_rounded_once_from_the_exact_subtotal(subtotal: Decimal, day: date) -> None:
    rule = vat_rule_on(day)
    vat = calculate_vat(subtotal, rule)
    exact = Fraction(subtotal) * Fraction(rule.rate) * rule.base_fraction
    assert abs(Fraction(vat.amount) - exact) <= Fraction(5, 1000)
    assert abs(Fraction(vat.base) - Fraction(subtotal) * rule.base_fraction) <= Fraction(5, 1000)


def test_the_amount_is_not_taken_from_the_rounded_base() -> None:
    vat = calculate_vat(Decimal("2.50"), vat_rule_on(date(2025, 1, 1)))
    assert vat.base == Decimal("2.29")
    assert round_money(vat.base * vat.rule.rate, CENT) == Decimal("0.27")
    assert vat.amount == Decimal("0.28")


def test_rules_are_in_order_and_name_their_source() -> None:
    days = [rule.valid_from for rule in VAT_RULES]
    assert days == sorted(set(days))
    assert all(rule.source for rule in VAT_RULES)


@given(st.dates())
def test_every_day_has_the_last_rule_that_began(day: date) -> None:
    rule = vat_rule_on(day)
    later = [other for other in VAT_RULES if rule.valid_from < other.valid_from <= day]
    assert not later
    assert rule.valid_from <= day or rule is VAT_RULES[0]
