"""Numbers as people write them, by explicit notation."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class Notation(StrEnum):
    """INDONESIAN 1.234,56 - ENGLISH 1,234.56 - AUTO accepts either where only one reading is possible."""

    INDONESIAN = "id"
    ENGLISH = "en"
    AUTO = "auto"


class NumberError(ValueError):
    """`code` is "number.invalid", "number.ambiguous" or "number.too_long"; `text` is what was read (shortened);
    `readings` are the two values an ambiguous text could mean."""

    def __init__(self, code: str, text: str, readings: tuple[Decimal, ...] = ()) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text
        self.readings = readings


def parse_number(text: str, notation: Notation) -> Decimal:
    """Read a number. Raises NumberError. AUTO refuses "12.500" and "12,500"; "1.234.567", "1.234,5" and "12,5" are clear."""
    raise NotImplementedError


def format_number(
    value: Decimal, notation: Notation, decimals: int | None = None, max_decimals: int | None = None
) -> str:
    """Grouped text with a true minus sign; `decimals` fixes the digits after the mark, `max_decimals` only caps them,
    with neither all significant digits are kept and trailing zeros dropped. parse_number reads it back."""
    raise NotImplementedError
