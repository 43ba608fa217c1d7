"""Sentences of the documents, in Indonesian and English, without Django."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from ahsp.engine.numbers import Notation, format_number
from ahsp.engine.rounding import Rounding, RoundingMode
from ahsp.engine.vat import VatRule

LOCALE_DIR = Path(__file__).resolve().parents[1] / "locale"

Translate = Callable[[str], str]


@cache
def translator(language: str) -> Translate:
    """The function that turns an English msgid into `language` ("id" or "en")."""
    return gettext.translation("django", LOCALE_DIR, languages=[language], fallback=True).gettext


def notation_of(language: str) -> Notation:
    """How documents in `language` write numbers."""
    return Notation.ENGLISH if language == "en" else Notation.INDONESIAN


def gettext_noop(msgid: str) -> str:
    """Mark for extraction what is translated later."""
    return msgid


_MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


def long_date(day: date, language: str) -> str:
    """23 November 2026."""
    return f"{day.day} {translator(language)(_MONTHS[day.month - 1])} {day.year}"


def percent(rate: Decimal, language: str) -> str:
    """0.125 as "12,5 %"."""
    return f"{format_number(rate * 100, notation_of(language))} %"


def money(value: Decimal, language: str, *, partial: bool) -> str:
    """Rupiah with two decimals; a lower bound carries ≥."""
    text = format_number(value, notation_of(language), decimals=2)
    return f"≥ {text}" if partial else text


def rounding_sentence(policy: Rounding, language: str) -> str:
    """A policy in words: "to the nearest Rp 0.01"."""
    _ = translator(language)
    if policy.mode is RoundingMode.NONE:
        return _("not rounded")
    step = format_number(policy.step, notation_of(language))
    if policy.mode is RoundingMode.FLOOR:
        return _("down to a multiple of Rp {step}").format(step=step)
    return _("to the nearest Rp {step}, a half upwards").format(step=step)


def vat_sentence(rule: VatRule | None, language: str) -> str:
    """The VAT rule in words, with its source and first day."""
    _ = translator(language)
    if rule is None:
        return _("no VAT")
    data = {
        "rate": percent(rule.rate, language),
        "base": str(rule.base_fraction),
        "source": rule.source,
        "day": long_date(rule.valid_from, language),
    }
    if rule.base_fraction == 1:
        return _("{rate} of the subtotal, from {day} ({source})").format(**data)
    return _("{rate} of a base of {base} of the subtotal, from {day} ({source})").format(**data)
