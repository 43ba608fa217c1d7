"""Numbers of sections and work items by rule: A.1.2, I.1.a ..."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple


class NumberingRule(StrEnum):
    """WRITTEN keeps what was typed. Levels: DECIMAL 1, 1.1, 1.1.1 - LETTERS A, A.1, A.1.1 - ROMAN I, I.1, I.1.a,
    I.1.a.1, digits from there on."""

    WRITTEN = "written"
    DECIMAL = "decimal"
    LETTERS = "letters"
    ROMAN = "roman"


class NumberedRow(NamedTuple):
    """A section or an item in document order. `level` is 0 at the top and at most one more than that of the row
    above; `written` is the number that was typed."""

    level: int
    written: str


_ROMAN_DIGITS = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LARGEST_ROMAN = 3999


def roman(value: int) -> str:
    """I, II, ... MMMCMXCIX; beyond 3,999, which Roman numbers do not write, digits. `value` is at least 1."""
    if value > _LARGEST_ROMAN:
        return str(value)
    text = ""
    for worth, digits in _ROMAN_DIGITS:
        times, value = divmod(value, worth)
        text += digits * times
    return text


def letters(value: int) -> str:
    """A ... Z, AA, AB ... as the columns of a spreadsheet. `value` is at least 1."""
    text = ""
    while value:
        value, rest = divmod(value - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _small_letters(value: int) -> str:
    return letters(value).lower()


# The first levels of each rule; deeper ones are digits.
_STYLES: dict[NumberingRule, tuple[Callable[[int], str], ...]] = {
    NumberingRule.DECIMAL: (),
    NumberingRule.LETTERS: (letters,),
    NumberingRule.ROMAN: (roman, str, _small_letters),
}


def number_rows(rows: Iterable[NumberedRow], rule: NumberingRule) -> Iterator[str]:
    """The number of each row. Sections and items of one parent share one count."""
    if rule is NumberingRule.WRITTEN:
        yield from (row.written for row in rows)
        return
    styles = _STYLES[rule]
    counts: list[int] = []
    parts: list[str] = []
    for row in rows:
        level = min(row.level, len(counts))
        if level == len(counts):
            counts.append(0)
            parts.append("")
        del counts[level + 1 :], parts[level + 1 :]
        counts[level] += 1
        parts[level] = (styles[level] if level < len(styles) else str)(counts[level])
        yield ".".join(parts)
