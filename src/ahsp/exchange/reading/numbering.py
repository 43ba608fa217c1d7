"""Numbers of sections and items: "II", "B.1", "3.a)" as something that can be compared."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple


class Style(IntEnum):
    """How a number is written, from what usually stands above to what usually stands below."""

    WORD = 0
    ROMAN = 1
    LETTER = 2
    DIGIT = 3
    SMALL_LETTER = 4
    SMALL_ROMAN = 5


class Part(NamedTuple):
    """One part of a number: as written, and every style it can be read in with its value ("I" is 1 or 9)."""

    text: str
    readings: tuple[tuple[Style, int], ...]


Numbering = tuple[Part, ...]

_SHAPE: Final = re.compile(r"[(\[]?[A-Za-z0-9]{1,6}(?:[.\-/()\s]{0,2}[A-Za-z0-9]{1,6}){0,9}[.)\]:\s]*")
_PARTS: Final = re.compile(r"[0-9]+|[A-Z]+|[a-z]+")
_ROMAN: Final = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_WORD_FIRST: Final = re.compile(
    r"(?:divisi|division|bab|bagian|bill|part|section|chapter|paket)\s+(?:no\.?\s*)?([0-9]{1,3}|[ivxl]{1,6}|[a-z])\b",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(r"(\(?[A-Za-z0-9]{1,6}(?:\.[A-Za-z0-9]{1,3}){0,8}[.)]+|[IVX]{1,5}|[A-Z])\s+(\S.*)")


@lru_cache(maxsize=4096)
def parse_numbering(text: str) -> Numbering | None:
    """Read a number such as "A.1.2" or "(iv)"; None for anything that is no numbering."""
    if not text or len(text) > 40 or not _SHAPE.fullmatch(text):
        return None
    parts = tuple(Part(part, _readings(part)) for part in _PARTS.findall(text))
    return parts if all(part.readings for part in parts) else None


def numbering_of_heading(number: str, text: str) -> Numbering | None:
    """The numbering of a heading, from its number or from words such as "DIVISI 3"."""
    if found := parse_numbering(number):
        return found
    match = _WORD_FIRST.match(number or text)
    if match is None or not (readings := _readings(match[1])):
        return None
    return (Part(match[1], ((Style.WORD, readings[0][1]),)),)


def split_numbering(text: str) -> tuple[str, str]:
    """("I.", "PEKERJAAN PERSIAPAN") from the two written in one cell; ("", text) where there is no number."""
    match = _LEADING.fullmatch(text)
    if match is None or parse_numbering(match[1]) is None:
        return "", text
    return match[1], match[2]


def _readings(part: str) -> tuple[tuple[Style, int], ...]:
    if part.isdigit():
        return ((Style.DIGIT, int(part)),)
    small = part.islower()
    low = part.lower()
    found: list[tuple[Style, int]] = []
    if _ROMAN.fullmatch(low):
        found.append((Style.SMALL_ROMAN if small else Style.ROMAN, _roman(low)))
    if len(low) == 1:
        found.append((Style.SMALL_LETTER if small else Style.LETTER, ord(low) - ord("a") + 1))
        if low not in "ivx":
            found.reverse()
    return tuple(found)


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def texts(numbering: Numbering) -> tuple[str, ...]:
    return tuple(part.text for part in numbering)


def style_following(first: Numbering, second: Numbering) -> Style | None:
    """The style in which `second` comes right after `first` in one list ("3" and "4", "A.2" and "A.3")."""
    if len(first) != len(second) or texts(first)[:-1] != texts(second)[:-1]:
        return None
    following = {(style, value + 1) for style, value in first[-1].readings}
    return next((style for style, value in second[-1].readings if (style, value) in following), None)


def is_beginning(short: Numbering, long: Numbering) -> bool:
    """`long` carries all of `short` in front: "A.1" and "A.1.2"."""
    return len(short) < len(long) and texts(long)[: len(short)] == texts(short)


def values_begin(short: Numbering, long: Numbering) -> bool:
    """The same by value alone: "II" and "2.1"."""
    if len(short) >= len(long):
        return False
    return all(
        {value for _, value in one.readings} & {value for _, value in other.readings}
        for one, other in zip(short, long, strict=False)
    )


def styles(part: Part) -> frozenset[Style]:
    return frozenset(style for style, _ in part.readings)
