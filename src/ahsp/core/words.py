"""Amounts in words (terbilang)."""

from __future__ import annotations

from decimal import Decimal

from num2words import num2words  # type: ignore[import-untyped]

from ahsp.engine.numbers import Notation, format_number
from ahsp.engine.rounding import CENT, round_money

LARGEST = 10**33
"""From here on there are no words in use, and the digits are given."""

_MILLION = 1_000_000
_AND = {Notation.INDONESIAN: " ", Notation.ENGLISH: " and "}


def in_words(amount: Decimal, language: str) -> str:
    """`amount` in rupiah, rounded to the sen: "satu juta seribu rupiah lima puluh sen". Without capitals.

    `language` is "en", or Indonesian for any other.
    """
    notation = Notation.ENGLISH if language == "en" else Notation.INDONESIAN
    rounded = round_money(amount, CENT)
    whole, sen = map(int, f"{rounded.copy_abs():.2f}".split("."))
    words = f"{_number(whole, notation)} rupiah"
    if sen:
        words += f"{_AND[notation]}{_number(sen, notation)} sen"
    return f"minus {words}" if rounded < 0 else words


def _number(number: int, notation: Notation) -> str:
    if number >= LARGEST:
        return format_number(Decimal(number), notation)
    below = number % _MILLION
    # Indonesian says seribu for 1,000 also behind millions; num2words does so only at the beginning.
    if notation is Notation.INDONESIAN and below and below != number:
        return f"{num2words(number - below, lang='id')} {num2words(below, lang='id')}"
    return str(num2words(number, lang=notation.value))
