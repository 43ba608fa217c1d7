"""Value added tax (PPN) as a dated rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


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


def vat_rule_on(day: date) -> VatRule:
    """The rule in force on `day`."""
    raise NotImplementedError


def calculate_vat(subtotal: Decimal, rule: VatRule) -> Vat:
    """amount = round(subtotal x rate x base_fraction, 0.01), from the unrounded base:
    12 % of 11/12 is exactly 11 % to the last sen."""
    raise NotImplementedError
