"""The index of one edition: what is found under every stem, figure and unit."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahsp.catalog.search.figure_keys import FigureQuery, SpanKey, near_grades
from ahsp.catalog.search.small_words import HEAD_SKIPPED, PLAIN_STEMS
from ahsp.catalog.search.stems import stem_table
from ahsp.catalog.search.terms import Searchable, Terms, terms_of
from ahsp.catalog.search.vocabulary import Vocabulary

# How well a stem answers by where it stands.
IN_NAME, IN_ASIDE, IN_SECTION = 1.0, 0.75, 0.3
RAREST, COMMONEST = 5.5, 0.7
IN_SPAN, IN_PRINTED_SPAN = 0.95, 0.75


@dataclass(frozen=True, slots=True)
class Entry:
    """One analysis as the ranking sees it.

    `lead` is the first stem of its name, `head` the thing it is about, `rank` its place in its group (the last
    number of its code), `weight` the sum of the weights of the stems that set it apart.
    """

    code: str
    name: str
    unit: str
    lead: str
    words: tuple[str, ...]
    asides: frozenset[str]
    weight: float
    head: str
    rank: int


def code_key(code: str) -> tuple[tuple[int, str], ...]:
    """Sorts codes by the numbers in them: 3.9 before 3.10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in code.split("."))


class SearchIndex:
    """Built once for an edition, then only read; it may be shared between threads."""

    def __init__(self, entries: list[tuple[Searchable, Terms]]) -> None:
        self._postings: dict[str, dict[int, float]] = {}
        self._named: Counter[str] = Counter()
        self._figures: dict[str, list[int]] = {}
        self._spans: dict[str, list[tuple[SpanKey, int]]] = {}
        self._units: dict[str, list[int]] = {}
        for number, (record, terms) in enumerate(entries):
            self._file(number, record, terms)
        self._size = max(len(entries), 1)
        self.entries = [self._entry(record, terms) for record, terms in entries]
        self._by_code = {entry.code: number for number, entry in enumerate(self.entries)}
        self._grades = sorted(float(key[3:]) for key in self._figures if key.startswith("fc:"))
        self.vocabulary = Vocabulary(self._words())

    @classmethod
    def build(cls, records: Iterable[Searchable]) -> SearchIndex:
        """Index `records` in their order."""
        return cls([(record, terms_of(record)) for record in records])

    def _file(self, number: int, record: Searchable, terms: Terms) -> None:
        for stems, quality in (
            (terms.section, IN_SECTION),
            (terms.asides, IN_ASIDE),
            (terms.words, IN_NAME),
        ):
            for word in stems:
                self._postings.setdefault(word, {})[number] = quality
        self._named.update({*terms.words, *terms.asides})
        for key in terms.figures:
            self._figures.setdefault(key, []).append(number)
        for span in terms.spans:
            self._spans.setdefault(span.dimension, []).append((span, number))
        self._units.setdefault(record.unit, []).append(number)

    def _entry(self, record: Searchable, terms: Terms) -> Entry:
        asides = frozenset(terms.asides) - set(terms.words)
        weight = sum(self.weight(word) for word in terms.words if word not in PLAIN_STEMS)
        weight += IN_ASIDE / 2 * sum(map(self.weight, asides))
        lead = terms.words[0] if terms.words else ""
        head = next((word for word in terms.words if word not in HEAD_SKIPPED), "")
        rank = max(code_key(record.code)[-1][0], 1)
        return Entry(record.code, record.name, record.unit, lead, terms.words, asides, weight, head, rank)

    def _words(self) -> dict[str, tuple[str, ...]]:
        words: dict[str, tuple[str, ...]] = {word: (word,) for word in self._postings}
        words.update((word, tuple(stems.split())) for word, stems in stem_table().items())
        return words

    def weight(self, word: str) -> float:
        """How much a stem tells: the rarer in the edition, the more. Unknown stems tell the most."""
        found = self._named[word]
        if not found:
            return RAREST
        return min(max(math.log(self._size / found), COMMONEST), RAREST)

    def postings(self, word: str) -> Mapping[int, float]:
        return self._postings.get(word, {})

    def in_unit(self, unit: str) -> list[int]:
        return self._units.get(unit, [])

    def answering(self, figure: FigureQuery) -> dict[int, float]:
        """The analyses that carry the figure asked for, with how well they answer."""
        found: dict[int, float] = {}
        keys = figure.keys
        if figure.grade is not None:
            keys = (*keys, *near_grades(figure.grade, self._grades)) if not self._exact(figure) else keys
        for key, quality in keys:
            for number in self._figures.get(key, ()):
                found[number] = max(found.get(number, 0.0), quality)
        for number, quality in self._in_spans(figure):
            found[number] = max(found.get(number, 0.0), quality)
        return found

    def _exact(self, figure: FigureQuery) -> bool:
        return any(quality == 1.0 and key in self._figures for key, quality in figure.keys)

    def _in_spans(self, figure: FigureQuery) -> Iterator[tuple[int, float]]:
        asked = figure.span
        if asked is not None:
            ends = (asked.low, asked.high)
            same = self._spans.get(asked.dimension, ())
            yield from ((number, 1.0) for span, number in same if (span.low, span.high) == ends)
        elif figure.dimension:
            spans = self._spans.get(figure.dimension, ())
            yield from ((number, IN_SPAN) for span, number in spans if span.holds(figure.value))
        elif figure.dimension is not None:
            printed = (pair for spans in self._spans.values() for pair in spans)
            yield from ((number, IN_PRINTED_SPAN) for span, number in printed if span.holds_printed(figure.value))

    def by_code(self, text: str) -> list[int]:
        """The analysis of that code, then those whose codes go on from it, in order."""
        prefix = text + "."
        exact = [self._by_code[text]] if text in self._by_code else []
        below = sorted(
            (number for code, number in self._by_code.items() if code.startswith(prefix)),
            key=lambda number: code_key(self.entries[number].code),
        )
        return exact + below
