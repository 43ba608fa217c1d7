"""One cell: its text without what nobody can see, or its exact number."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Final

from ahsp.engine.numbers import Notation, NumberError, parse_number
from ahsp.exchange.reading.grid import Value

ERRORS: Final = frozenset(
    {"#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_DASHES: Final = frozenset({"-", "--", "–", "—", "−"})
_ESCAPED: Final = re.compile(r"_x00[01][0-9A-Fa-f]_")
# Controls, line and paragraph separators, bidi embeddings, overrides and isolates, the byte order mark and the
# noncharacters. Joiners and direction marks stay: emoji and right-to-left names need them.
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_LONGEST_PLAIN: Final = Decimal("1e30")
_SPACES: Final = re.compile(r"\s+")


def cell_text(value: Value) -> str:
    """The cell as one line of text. Numbers are written plainly, dates as year-month-day."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _plain(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)


def _clean(text: str) -> str:
    if text.isprintable() and "  " not in text and "_x00" not in text:
        return text.strip()
    if "_x00" in text:
        text = _ESCAPED.sub(" ", text)
    # A break between words becomes a space; an invisible character within a word leaves nothing behind.
    text = re.sub(r"[\t\n\v\f\r\x85\u2028\u2029]", " ", text)
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def _plain(value: float) -> str:
    number = _exact(value)
    if number is None:
        return ""
    return f"{number.normalize():f}" if abs(number) < _LONGEST_PLAIN else str(number)


def _exact(value: float) -> Decimal | None:
    # A spreadsheet shows 15 significant digits; the rest is binary noise (0.30000000000000004 was 0.3). Below 1 the
    # noise of a subtraction that should give 0 is cut too.
    if isinstance(value, int):
        return Decimal(value)
    if not math.isfinite(value):
        return None
    return Decimal(f"{value:.15g}") if abs(value) >= 1 else Decimal(f"{value:.15f}".rstrip("0"))


def is_blank(value: Value) -> bool:
    """Nothing is in the cell, or only the dash that people write for nothing."""
    return isinstance(value, str) and (not value or not (text := _clean(value)) or text in _DASHES)


def is_date(value: Value) -> bool:
    return isinstance(value, (dt.date, dt.time, dt.timedelta))


def read_number(value: Value, notation: Notation) -> Decimal | None:
    """The number in the cell, None for an empty one. Raises engine.numbers.NumberError."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = _exact(value)
        if number is None:
            raise NumberError("number.invalid", str(value))
        return number
    if is_blank(value):
        return None
    if not isinstance(value, str):
        raise NumberError("number.invalid", cell_text(value))
    return parse_number(_clean(value), notation)
