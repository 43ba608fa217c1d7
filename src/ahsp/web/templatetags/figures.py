"""Numbers in templates: grouped for the reader's language, with a true minus, and never a silent zero."""

from __future__ import annotations

from decimal import Decimal
from typing import SupportsInt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ahsp.engine.numbers import Notation, format_number

register = template.Library()

Figure = Decimal | int | None

_HUNDRED = Decimal(100)
COEFFICIENT_DECIMALS = 4


def notation() -> Notation:
    """How the reader writes numbers: 1.234,56 unless the page is in English."""
    return Notation.ENGLISH if (get_language() or "id").startswith("en") else Notation.INDONESIAN


def _blank() -> SafeString:
    return format_html('<span aria-hidden="true">—</span><span class="sr-only">{}</span>', _("none"))


def _written(value: Figure, least: int, most: int | None = None) -> str | SafeString:
    """At least `least` decimals, and more only as far as they say something, up to `most`."""
    if value is None or value == "":
        return _blank()
    number = Decimal(value)
    exponent = number.normalize().as_tuple().exponent
    significant = max(0, -exponent) if isinstance(exponent, int) else 0
    decimals = max(least, significant if most is None else min(significant, most))
    return format_number(number, notation(), decimals=decimals)


@register.filter
def money(value: Figure) -> str:
    """Rupiah in a column: two decimals, so that the marks stand below each other."""
    return _written(value, 2, 2)


@register.filter
def rupiah(value: Figure) -> str:
    """Rupiah on its own: sen only where there are any."""
    if value is None:
        return _blank()
    return format_number(Decimal(value), notation(), max_decimals=2)


@register.filter
def quantity(value: Figure) -> str:
    """A quantity with two decimals, or as many as it has."""
    return _written(value, 2)


@register.filter
def coefficient(value: Figure) -> str:
    """A coefficient with the decimals it has. In a column, spaces as wide as digits hold its mark below the others."""
    text = _written(value, 0)
    if value is None:
        return text
    mark = "." if notation() is Notation.ENGLISH else ","
    _whole, _mark, decimals = text.partition(mark)
    missing = max(0, COEFFICIENT_DECIMALS - len(decimals))
    blank = "\N{FIGURE SPACE}" * missing + ("" if decimals else "\N{PUNCTUATION SPACE}")
    return format_html('{}<span class="align" aria-hidden="true">{}</span>', text, blank) if missing else text


@register.filter
def percent(value: Figure, decimals: int = 2) -> str:
    """A fraction as per cent, without the sign: 0.1234 is 12,34."""
    if value is None:
        return _blank()
    return format_number(Decimal(value) * _HUNDRED, notation(), decimals=decimals)


@register.filter
def plain(value: Figure) -> str:
    """All digits that say something and none that do not: 10.000 from the database is 10."""
    if value is None:
        return _blank()
    return format_number(Decimal(value), notation())


@register.filter
def count(value: SupportsInt) -> str:
    """A whole number, grouped."""
    return format_number(Decimal(int(value)), notation())


@register.simple_tag
def bound(value: Figure, lower: bool = False, how: str = "money", currency: str = "") -> SafeString:
    """`value` in the way of the filter `how`: led by ≥ where it is a lower bound, by `currency` if it stands alone."""
    text = {"money": money, "rupiah": rupiah}[how](value)
    if value is None:
        return SafeString(text)
    # Digits, marks and a sign of ours: nothing to escape, and a page of a thousand lines asks thousands of times.
    figure = f"{currency}&nbsp;{text}" if currency else text
    if not lower:
        return SafeString(figure)
    word = _("at least")
    return SafeString(f'<span class="bound" title="{word}">≥</span>&nbsp;{figure}')
