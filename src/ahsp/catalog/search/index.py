"""The index of one edition: what is found under every stem, figure and unit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahsp.catalog.search.figure_keys import FigureQuery, SpanKey, near_grades
from ahsp.catalog.search.stems import stem_table
from ahsp.catalog.search.terms import Searchable, Terms, parse_terms, terms_of
from ahsp.catalog.search.vocabulary import Vocabulary

# How well a stem answers by where it stands.
IN_NAME, IN_BRACKETS, IN_SECTION = 1.0, 0.75, 0.3
RAREST, COMMONEST = 5.5, 0.7
IN_SPAN, IN_PRINTED_SPAN = 0.95, 0.75


@dataclass(frozen=True, slots=True)
class Entry:
    """One analysis as the ranking sees it. `weight` is the sum of the weights of the stems of its name."""

    code: str
    name: str
    unit: str
    lead: str
    words: tuple[str, ...]
    asides: frozenset[str]
    weight: float


def code_key(code: str) -> tuple[tuple[int, str], ...]:
    """Sorts codes by the numbers in them: 3.9 before 3.10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in code.split("."))


class SearchIndex:
    """Built once for an edition, then only read; it may be shared between threads."""

    def __init__(self, entries: list[tuple[Searchable, Terms]]) -> None:
        self._postings: dict[str, dict[int, float]] = {}
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
    def build(cls, records: Iterable[Searchable], terms: Mapping[str, str] | None = None) -> SearchIndex:
        """Index `records` in their order. `terms` are search_terms by code where they are kept already."""
        known = terms or {}
        return cls([
            (record, parse_terms(known[record.code]) if record.code in known else terms_of(record))
            for record in records
        ])

    def _file(self, number: int, record: Searchable, terms: Terms) -> None:
        for stems, quality in (
            (terms.section, IN_SECTION),
            (terms.asides, IN_BRACKETS),
            (terms.words, IN_NAME),
        ):
            for word in stems:
                self._postings.setdefault(word, {})[number] = quality
        for key in terms.figures:
            self._figures.setdefault(key, []).append(number)
        for span in terms.spans:
            self._spans.setdefault(span.dimension, []).append((span, number))
        self._units.setdefault(record.unit, []).append(number)

    def _entry(self, record: Searchable, terms: Terms) -> Entry:
        asides = frozenset(terms.asides) - set(terms.words)
        weight = sum(map(self.weight, terms.words)) + IN_BRACKETS / 2 * sum(map(self.weight, asides))
        lead = terms.words[0] if terms.words else ""
        return Entry(record.code, record.name, record.unit, lead, terms.words, asides, weight)

    def _words(self) -> dict[str, tuple[str, ...]]:
        words = {word: (word,) for word in self._postings}
        words.update((word, tuple(stems.split())) for word, stems in stem_table().items())
        return words

    def weight(self, word: str) -> float:
        """How much a stem tells: the rarer in the edition, the more. Unknown stems tell the most."""
        found = len(self._postings.get(word, ()))
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
        if figure.span is not None:
            for span, number in self._spans.get(figure.span.dimension, ()):
                if (span.low, span.high) == (figure.span.low, figure.span.high):
                    yield number, 1.0
        elif figure.dimension:
            for span, number in self._spans.get(figure.dimension, ()):
                if span.holds(figure.value):
                    yield number, IN_SPAN
        elif figure.dimension is not None:
            for spans in self._spans.values():
                for span, number in spans:
                    if span.holds_printed(figure.value):
                        yield number, IN_PRINTED_SPAN

    def by_code(self, text: str) -> list[int]:
        """The analysis of that code, then those whose codes go on from it, in order."""
        prefix = text + "."
        exact = [self._by_code[text]] if text in self._by_code else []
        below = sorted(
            (number for code, number in self._by_code.items() if code.startswith(prefix)),
            key=lambda number: code_key(self.entries[number].code),
        )
        return exact + below
