"""Value added tax (PPN) as a dated rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from ahsp.engine.rounding import CALCULATION, CENT, round_money


@dataclass(frozen=True, slots=True)
class VatRule:
    """`rate` (0.12) applies to `base_fraction` (11/12) of the subtotal, from `valid_from` on."""

    valid_from: date
    rate: Decimal
    base_fraction: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class Vat:
    """`base` (DPP) and `amount` in rupiah, each rounded to 0.01 from the exact subtotal."""

    rule: VatRule
    base: Decimal
    amount: Decimal


VAT_RULES = (
    VatRule(date(1984, 4, 1), Decimal("0.10"), Fraction(1), "UU 8/1983 ps. 7"),
    VatRule(date(2022, 4, 1), Decimal("0.11"), Fraction(1), "UU 7/2021 ps. 4 (UU PPN ps. 7)"),
    VatRule(date(2025, 1, 1), Decimal("0.12"), Fraction(11, 12), "PMK 131/2024 ps. 3"),
)
"""In order of `valid_from`."""


def vat_rule_on(day: date) -> VatRule:
    """The rule in force on `day`; a day before the first rule gets the first."""
    return next((rule for rule in reversed(VAT_RULES) if rule.valid_from <= day), VAT_RULES[0])


def calculate_vat(subtotal: Decimal, rule: VatRule) -> Vat:
    """amount = round(subtotal x rate x base_fraction, 0.01), from the unrounded base:
    12 % of 11/12 is exactly 11 % to the last sen."""
    share = rule.base_fraction
    with localcontext(CALCULATION):
        # Multiplied before divided, so that what ends in decimals ends here too.
        parts = subtotal * share.numerator
        base = parts / share.denominator
        amount = parts * rule.rate / share.denominator
    return Vat(rule, round_money(base, CENT), round_money(amount, CENT))
