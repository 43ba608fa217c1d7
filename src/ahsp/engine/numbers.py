"""Numbers as people write them, by explicit notation."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from ahsp.engine.rounding import round_places

MAX_LENGTH = 40


class Notation(StrEnum):
    """INDONESIAN 1.234,56 - ENGLISH 1,234.56 - AUTO accepts either where only one reading is possible."""

    INDONESIAN = "id"
    ENGLISH = "en"
    AUTO = "auto"


class NumberError(ValueError):
    """`code` is "number.invalid", "number.ambiguous" or "number.too_long"; `text` is what was read
    (shortened); `readings` are the two values an ambiguous text could mean."""

    def __init__(self, code: str, text: str, readings: tuple[Decimal, ...] = ()) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text
        self.readings = readings


MINUS = "\N{MINUS SIGN}"
_MINUSES = "-" + MINUS
_SPACES = str.maketrans(dict.fromkeys("\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}", " "))
_RUPIAH = re.compile(r"rp\.? *", re.IGNORECASE)


def _shape(group: str, mark: str) -> re.Pattern[str]:
    """Plain digits or groups of three behind a lead that is not 0, then perhaps the mark and decimals."""
    grouped = rf"[1-9][0-9]{{0,2}}(?:(?:{group}[0-9]{{3}})+|(?: [0-9]{{3}})+)"
    return re.compile(rf"(?P<whole>{grouped}|[0-9]+)?(?:{mark}(?P<decimals>[0-9]+))?")


_SHAPES = {Notation.INDONESIAN: _shape(r"\.", ","), Notation.ENGLISH: _shape(",", r"\.")}
_MARKS = {Notation.INDONESIAN: (".", ","), Notation.ENGLISH: (",", ".")}


def parse_number(text: str, notation: Notation) -> Decimal:
    """Read a number. Raises NumberError. AUTO refuses "12.500" and "12,500"; "1.234.567", "1.234,5" and
    "12,5" are clear.

    Spaces around it and between groups of three, a leading "Rp", the sum's closing ",-" and a minus as
    hyphen, true minus or parentheses are read; letters, percent signs and broken groups are refused.
    """
    if len(text) > MAX_LENGTH and len(text.strip()) > MAX_LENGTH:
        raise NumberError("number.too_long", _shortened(text))
    negative, body = _sign_and_body(text.translate(_SPACES).strip())
    wanted = _SHAPES if notation is Notation.AUTO else (notation,)
    readings = {value for one in wanted if (value := _read(body, one)) is not None}
    if not readings:
        raise NumberError("number.invalid", _shortened(text))
    signed = tuple(sorted(value.copy_negate() if negative and value else value for value in readings))
    if len(signed) > 1:
        raise NumberError("number.ambiguous", _shortened(text), signed)
    return signed[0]


def _shortened(text: str) -> str:
    text = text[: 4 * MAX_LENGTH].strip()
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"


def _sign_and_body(text: str) -> tuple[bool, str]:
    """Take off one sign and one "Rp", whichever comes first."""
    if text.startswith("(") and text.endswith(")"):
        return True, _RUPIAH.sub("", text[1:-1].strip(), count=1)
    text = _without_rupiah(text)
    negative = text[:1] in _MINUSES and text != ""
    if negative or text.startswith("+"):
        text = _without_rupiah(text[1:].lstrip())
    return negative, text


def _without_rupiah(text: str) -> str:
    match = _RUPIAH.match(text)
    return text[match.end() :] if match else text


def _read(body: str, notation: Notation) -> Decimal | None:
    if notation is Notation.INDONESIAN:
        body = body.removesuffix(",-")
    match = _SHAPES[notation].fullmatch(body)
    if match is None or not body:
        return None
    whole, decimals = match["whole"] or "0", match["decimals"] or ""
    group, _ = _MARKS[notation]
    return Decimal(f"{whole.replace(group, '').replace(' ', '')}.{decimals}")


def format_number(
    value: Decimal, notation: Notation, decimals: int | None = None, max_decimals: int | None = None
) -> str:
    """Grouped text with a true minus sign; `decimals` fixes the digits after the mark, `max_decimals` only
    caps them, with neither all significant digits are kept and trailing zeros dropped. parse_number reads it
    back if it is no longer than MAX_LENGTH.

    Digits cut off are rounded half-up. Raises ValueError for AUTO, which is a way of reading only, and for
    a value that is not finite.
    """
    if notation is Notation.AUTO or not value.is_finite():
        raise ValueError(f"cannot write {value} in notation {notation}")
    cap = decimals if decimals is not None else max_decimals
    if cap is not None:
        value = round_places(value, cap)
    whole, _, fraction = f"{value.copy_abs():f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    group, mark = _MARKS[notation]
    sign = MINUS if value < 0 else ""
    return f"{sign}{int(whole):,}".replace(",", group) + (mark + fraction if fraction else "")
