"""Amounts in words (terbilang)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from num2words import num2words


def in_words(amount: Decimal, language: str) -> str:
    """`amount` in rupiah and sen, in Indonesian ("id") or English ("en")."""
    code: Literal["id", "en"] = "en" if language == "en" else "id"
    cents = int((abs(amount) * 100).to_integral_value(ROUND_HALF_UP))
    rupiah, sen = divmod(cents, 100)
    words = f"{num2words(rupiah, lang=code)} rupiah"
    if sen:
        words += f" {num2words(sen, lang=code)} sen"
    return f"minus {words}" if amount < 0 and cents else words
