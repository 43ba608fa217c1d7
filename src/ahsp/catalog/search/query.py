"""Reading what was typed: words with everything that may answer them, figures, codes, acts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ahsp.catalog.search.figure_keys import FigureQuery, figure_query
from ahsp.catalog.search.figures import Code, Figure, Measure, tokens
from ahsp.catalog.search.index import SearchIndex
from ahsp.catalog.search.normalize import fold
from ahsp.catalog.search.small_words import ACTS, CHATTER, LIGHT_STEMS, STOP_WORDS, UNITS
from ahsp.catalog.search.stems import stem
from ahsp.catalog.search.synonyms import matching_synonyms

MAX_WORDS = 16
MAX_FIGURES = 6
CODE = re.compile(r"\d{1,2}(?:\.\d{1,3})+\.?")
LIGHT, HINT, SYNONYM = 0.15, 0.25, 0.9


@dataclass(frozen=True, slots=True)
class Alternative:
    """Stems that together answer a slot, or a unit that does, and how well (1 is what was typed)."""

    stems: tuple[str, ...]
    quality: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing asked for in words; any of `alternatives` answers it. `weight` says how much it matters."""

    text: str
    alternatives: tuple[Alternative, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    slots: tuple[Slot, ...]
    figures: tuple[FigureQuery, ...]
    code: str
    acts: frozenset[str]


@dataclass(slots=True)
class _Words:
    """The words of a query while it is read: stems with the alternatives found for each."""

    stems: dict[str, list[Alternative]]
    units: list[str]
    figures: list[Figure]


def read_query(text: str, index: SearchIndex) -> Query:
    """Read at most MAX_TEXT characters, MAX_WORDS words and MAX_FIGURES figures of `text`."""
    folded = fold(text)
    if CODE.fullmatch(folded):
        figures = () if folded.count(".") > 1 else _figures(folded)
        return Query((), figures, folded.rstrip("."), frozenset())
    words = _read_words(folded, index)
    code = next((figure.text for figure in words.figures if isinstance(figure, Code)), "")
    slots = _slots(words, index)
    asked = [figure_query(figure) for figure in words.figures if not isinstance(figure, Code)]
    acts = frozenset(ACTS[word] for word in words.stems if word in ACTS)
    return Query(tuple(slots), tuple(dict.fromkeys(asked))[:MAX_FIGURES], code, acts)


def _figures(folded: str) -> tuple[FigureQuery, ...]:
    return tuple(figure_query(token) for token in tokens(folded) if not isinstance(token, str))


def _read_words(folded: str, index: SearchIndex) -> _Words:
    words = _Words({}, [], [])
    for token in tokens(folded):
        if not isinstance(token, str):
            if isinstance(token, Measure) and token.value == 1 and token.unit in UNITS:
                words.units.append(UNITS[token.unit])
            else:
                words.figures.append(token)
        elif token in UNITS and not token.isalpha():
            words.units.append(UNITS[token])
        elif token.isalpha() and token not in STOP_WORDS and token not in CHATTER:
            if len(words.stems) < MAX_WORDS:
                _add_word(token, words, index)
    _join_words(words, index)
    return words


def _add_word(word: str, words: _Words, index: SearchIndex) -> None:
    unit = UNITS.get(word)
    if word in index.vocabulary or any(index.postings(part) for part in stem(word)):
        for part in stem(word):
            words.stems.setdefault(part, [Alternative((part,), 1.0)])
            if unit:
                words.stems[part].append(Alternative((), 0.9, unit))
            if not index.postings(part):
                words.stems[part] += _guesses(word, index)
        return
    split = index.vocabulary.split(word)
    if split:
        for part in split:
            words.stems.setdefault(part, [Alternative((part,), 1.0)])
        return
    words.stems.setdefault(word, [Alternative((word,), 1.0), *_guesses(word, index)])


def _guesses(word: str, index: SearchIndex) -> list[Alternative]:
    found = index.vocabulary.completions(word) or index.vocabulary.near(word)
    return [Alternative(stems, likeness) for stems, likeness in found]


def _join_words(words: _Words, index: SearchIndex) -> None:
    """Words written apart that the edition writes as one: wire mesh, water stop."""
    for left in list(words.stems):
        for right in list(words.stems):
            joined = left + right
            if left != right and index.postings(joined):
                alternatives = words.stems.pop(left, []) and words.stems.pop(right, [])
                if alternatives:
                    words.stems[joined] = [Alternative((joined,), 1.0), Alternative((left, right), 1.0)]


def _slots(words: _Words, index: SearchIndex) -> list[Slot]:
    slots: list[Slot] = []
    free = dict(words.stems)
    single: dict[str, list[Alternative]] = {}
    for synonym in matching_synonyms(_meant(words)):
        answers = [Alternative(means, SYNONYM) for means in synonym.means]
        if len(synonym.typed) == 1:
            single.setdefault(next(iter(synonym.typed)), []).extend(answers)
        elif synonym.typed <= free.keys():
            for word in synonym.typed:
                del free[word]
            together = Alternative(tuple(sorted(synonym.typed)), 1.0)
            slots.append(_slot(" ".join(together.stems), [together, *answers], index))
            words.figures += synonym.figures
    for word, alternatives in free.items():
        more = [answer for option in alternatives for part in option.stems for answer in single.get(part, ())]
        slots.append(_slot(word, [*alternatives, *more], index))
    slots += [Slot(unit, (Alternative((), 1.0, unit),), HINT) for unit in dict.fromkeys(words.units)]
    return slots


def _meant(words: _Words) -> set[str]:
    """The stems typed, and those that mistyped words stand for."""
    return {part for options in words.stems.values() for option in options for part in option.stems}


def _slot(text: str, alternatives: list[Alternative], index: SearchIndex) -> Slot:
    if text in LIGHT_STEMS:
        return Slot(text, tuple(alternatives), LIGHT)
    known = [
        sum(map(index.weight, option.stems)) / len(option.stems)
        for option in alternatives
        if option.stems and all(index.postings(word) for word in option.stems)
    ]
    return Slot(text, tuple(alternatives), max(known, default=index.weight("")))
