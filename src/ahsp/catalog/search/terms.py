"""What the search knows about one analysis: the stems and figures of its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from ahsp.catalog.search.figure_keys import SpanKey, index_keys, span_key
from ahsp.catalog.search.figures import Span, tokens
from ahsp.catalog.search.normalize import fold
from ahsp.catalog.search.small_words import STOP_WORDS
from ahsp.catalog.search.stems import stem

# "Pemasangan 1 m2 ...": the quantity every analysis is for says nothing about this one.
_QUANTITY = re.compile(
    r"(?<![\d.,>] )(?<![\d.,>])\b1 ?(?:m[123](?!\d)|m'|m\b|buah|unit|kg|set|tit+ik\w*|batang|ha\b|ton|tunggul|liter)"
)
_PER_UNIT = re.compile(r"\bper m'")
# What follows comes with the work and is not the work.
_WITH = frozenset({"dengan", "termasuk", "lengkap"})
_BRACKETS = {"(": 1, ")": -1}
_LEAD = 60
MAX_NAME = 1000


class Searchable(Protocol):
    """What can be searched: an AnalysisRecord, or a row of the database."""

    @property
    def code(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """`words` are stems in the order of the name, `asides` those in brackets or after "dengan", `section` those
    of its section.
    """

    words: tuple[str, ...]
    asides: tuple[str, ...]
    section: tuple[str, ...]
    figures: tuple[str, ...]
    spans: tuple[SpanKey, ...]


def _without_quantity(folded: str) -> str:
    head, tail = folded[:_LEAD], folded[_LEAD:]
    head = _QUANTITY.sub(" ", head, count=1)
    return _PER_UNIT.sub(" ", head, count=1) + tail


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words of folded text, without stop words, each once."""
    found: dict[str, None] = {}
    for token in tokens(text):
        if isinstance(token, str) and token.isalpha() and token not in STOP_WORDS:
            found.update(dict.fromkeys(stem(token)))
    return tuple(found)


def terms_of(record: Searchable) -> Terms:
    words: dict[str, None] = {}
    asides: dict[str, None] = {}
    keys: dict[str, None] = {}
    spans: dict[SpanKey, None] = {}
    depth, aside = 0, False
    for token in tokens(_without_quantity(fold(record.name, MAX_NAME))):
        if isinstance(token, str):
            depth = max(depth + _BRACKETS.get(token, 0), 0)
            aside = aside or token in _WITH
            if token.isalpha() and token not in STOP_WORDS:
                (asides if depth or aside else words).update(dict.fromkeys(stem(token)))
            continue
        keys.update(dict.fromkeys(index_keys(token)))
        if isinstance(token, Span):
            spans[span_key(token)] = None
    return Terms(tuple(words), tuple(asides), stems_of(fold(record.section)), tuple(keys), tuple(spans))
