"""What a person types into cells of prices, read: numbers, dates and units as the trade writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from ahsp.core.bill_limits import MOST_DIGITS
from ahsp.core.errors import AhspError
from ahsp.engine.numbers import Notation, NumberError, parse_number
from ahsp.engine.units import fold_unit

_LEAST_ABSURD = Decimal(10) ** MOST_DIGITS
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LONGEST_SHOWN = 40
_GROUP = 3


class Unusable(AhspError):
    """A text that cannot be read as what it should be; `code` and `data` say why."""

    status = 422


def read_price(text: str, notation: Notation | None = None) -> Decimal | None:
    """Rupiah from 0 up, None for nothing. Raises Unusable.

    Unless a notation was chosen, "12.500" is twelve thousand five hundred; "12,500" would be twelve and a half, which
    nobody pays, and people who write so mean the other: that is ambiguous.
    """
    if not text.strip():
        return None
    number = _number(text, notation)
    if number < 0:
        raise Unusable("price.negative", {"text": _short(text)})
    if number >= _LEAST_ABSURD:
        raise Unusable("price.absurd", {"text": _short(text)})
    return number


def read_factor(text: str, from_unit: str, to_unit: str) -> Decimal:
    """How many `to_unit` 1 `from_unit` is: above 0. Raises Unusable."""
    number = _number(text, None) if text.strip() else Decimal(0)
    if not 0 < number < _LEAST_ABSURD:
        raise Unusable("conversion.factor", {"from_unit": _short(from_unit), "to_unit": _short(to_unit)})
    return number


def written_price(number: Decimal) -> str:
    """A number as every notation reads it: without grouping, and never with three decimals."""
    whole, _, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}{'0' * (len(decimals) == _GROUP)}" if decimals else whole


def _number(text: str, notation: Notation | None) -> Decimal:
    try:
        number = parse_number(text, notation or Notation.INDONESIAN)
        if notation is None and "," in text:
            parse_number(text, Notation.AUTO)
    except NumberError as error:
        raise _unusable(error) from error
    return number


def _unusable(error: NumberError) -> Unusable:
    if error.readings:
        first, second = error.readings
        return Unusable("price.ambiguous", {"text": error.text, "first": f"{first:f}", "second": f"{second:f}"})
    return Unusable("price.unreadable", {"text": error.text})


def read_day(text: str) -> date | None:
    """31/12/2026, 31-12-2026, 31.12.2026 or 2026-12-31; None for nothing. Raises Unusable."""
    text = text.strip()
    if not text:
        return None
    found = _DAY_FIRST.fullmatch(text)
    parts = found.groups()[::-1] if found else None
    if parts is None and (found := _YEAR_FIRST.fullmatch(text)):
        parts = found.groups()
    try:
        if parts is None:
            raise ValueError(text)
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError as error:
        raise Unusable("price.date", {"text": _short(text)}) from error


def spelled(unit: str, known: Iterable[str]) -> str:
    """The unit as it is spelled among `known` already, if it is: "Zak" where "zak" was recorded."""
    unit = " ".join(unit.split())
    same = [one for one in known if fold_unit(one) == fold_unit(unit)]
    return unit if unit in same or not same else same[0]


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
