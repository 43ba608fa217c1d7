"""Reading what was typed: words with everything that may answer them, figures, codes, acts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import permutations

from ahsp.catalog.search.contexts import places
from ahsp.catalog.search.figure_keys import FigureQuery, figure_query
from ahsp.catalog.search.figures import Code, Figure, Grade, Measure, tokens
from ahsp.catalog.search.index import SearchIndex
from ahsp.catalog.search.normalize import fold
from ahsp.catalog.search.small_words import ACTS, CHATTER, LIGHT_STEMS, STOP_WORDS, UNITS
from ahsp.catalog.search.stems import stem
from ahsp.catalog.search.synonyms import Synonym, matching_synonyms

MAX_WORDS = 16
MAX_FIGURES = 6
CODE = re.compile(r"\d{1,2}(?:\.\d{1,3})+\.?")
LIGHT, HINT, LETTER, PLACE = 0.15, 0.6, 1.0, 0.2
SYNONYM = 0.95
# One slip in a word of eight letters leaves hardly a doubt, one in a shorter word may have made another word of it.
CERTAIN = 0.87
_CONCRETE = ("beton", "cor")
_NOISE = STOP_WORDS | CHATTER


@dataclass(frozen=True, slots=True)
class Alternative:
    """Stems that together answer a slot, or a unit that does, and how well (1 is what was typed)."""

    stems: tuple[str, ...]
    quality: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing asked for in words; any of `alternatives` answers it. `weight` says how much it matters;
    it is 0 for a word the edition does not know. `certain` is false where all answers are guesses at a slip.
    """

    text: str
    alternatives: tuple[Alternative, ...]
    weight: float
    certain: bool = True


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
    words = _read_words(folded, index)
    code = next((figure.text for figure in words.figures if isinstance(figure, Code)), "")
    if CODE.fullmatch(folded):
        code = folded.rstrip(".")
    slots = _slots(words, index)
    asked = [figure_query(figure) for figure in words.figures if not isinstance(figure, Code)]
    acts = frozenset(ACTS[word] for word in words.stems if word in ACTS)
    return Query(tuple(slots), tuple(dict.fromkeys(asked))[:MAX_FIGURES], code, acts)


def _read_words(folded: str, index: SearchIndex) -> _Words:
    words = _Words({}, [], [])
    typed: dict[str, None] = {}
    for token in tokens(folded):
        if not isinstance(token, str):
            if isinstance(token, Measure) and token.value == 1 and token.unit in UNITS:
                words.units.append(UNITS[token.unit])
            else:
                words.figures.append(token)
        elif token in UNITS and not token.isalpha():
            words.units.append(UNITS[token])
        elif token.isalpha() and token not in _NOISE and len(typed) < MAX_WORDS:
            typed[token] = None
    for word in _joined(list(typed), index):
        _add_word(word, words.stems, index)
    return words


def _joined(typed: list[str], index: SearchIndex) -> list[str]:
    """The words, two taken for one where the edition writes them so: wire mesh, water stop."""
    words = dict.fromkeys(typed)
    for left, right in permutations(typed, 2):
        if left in words and right in words and index.postings(left + right):
            del words[left], words[right]
            words[left + right] = None
    return list(words)


def _add_word(word: str, stems: dict[str, list[Alternative]], index: SearchIndex) -> None:
    """Add a word as its stems; as those of two words; or as those of the words it may be a slip for."""
    parts: tuple[str, ...] | None = stem(word)
    if word not in index.vocabulary and not any(index.postings(part) for part in stem(word)):
        parts = index.vocabulary.split(word)
    for part in parts or ():
        stems.setdefault(part, [Alternative((part,), 1.0)])
        if word in UNITS:
            stems[part].append(Alternative((), 0.9, UNITS[word]))
        if not index.postings(part):
            stems[part] += [Alternative(meant, likeness) for meant, likeness in index.vocabulary.completions(word)]
    if parts is None:
        guesses = index.vocabulary.completions(word) or index.vocabulary.near(word)
        key = guesses[0][0][0] if guesses else word
        stems.setdefault(key, []).extend(Alternative(meant, likeness) for meant, likeness in guesses)


def _slots(words: _Words, index: SearchIndex) -> list[Slot]:
    free = dict(words.stems)
    slots: list[Slot] = []
    for synonym in matching_synonyms(_meant(words)):
        if len(synonym.typed) > 1 and synonym.typed <= free.keys():
            options = [Alternative(tuple(sorted(synonym.typed)), 1.0), *_meanings(synonym)]
            slots.append(_slot(" ".join(sorted(synonym.typed)), options, index))
            words.figures += synonym.figures
            for word in synonym.typed:
                del free[word]
    for word, options in free.items():
        more = [
            Alternative(answer.stems, answer.quality * option.quality)
            for option in options
            if len(option.stems) == 1
            for synonym in matching_synonyms(option.stems)
            for answer in _meanings(synonym)
        ]
        slots.append(_slot(word, [*options, *more], index))
        words.figures += [figure for synonym in matching_synonyms((word,)) for figure in synonym.figures]
    slots = _placed(slots, words) + _implied(words, index)
    return slots + [Slot(unit, (Alternative((), 1.0, unit),), HINT) for unit in dict.fromkeys(words.units)]


def _meanings(synonym: Synonym) -> list[Alternative]:
    return [Alternative(means, SYNONYM) for means in synonym.means]


def _meant(words: _Words) -> set[str]:
    """The stems typed, and those that mistyped words stand for."""
    return {part for options in words.stems.values() for option in options for part in option.stems}


def _implied(words: _Words, index: SearchIndex) -> list[Slot]:
    """A grade of concrete asks for concrete, whether or not the word was typed."""
    grade = any(isinstance(figure, Grade) for figure in words.figures)
    if not grade or not words.stems.keys().isdisjoint(_CONCRETE):
        return []
    return [_slot("beton", [Alternative(("beton",), 1.0)], index)]


def _placed(slots: list[Slot], words: _Words) -> list[Slot]:
    """The same slots, those that only say where with less weight."""
    grade = any(isinstance(figure, Grade) for figure in words.figures)
    where = places(_meant(words), grade=grade)
    return [
        replace(slot, weight=slot.weight * PLACE) if where.issuperset(slot.text.split()) else slot for slot in slots
    ]


def _slot(text: str, options: list[Alternative], index: SearchIndex) -> Slot:
    known = [
        sum(map(index.weight, option.stems)) / len(option.stems)
        for option in options
        if option.stems and all(index.postings(word) for word in option.stems)
    ]
    # What was typed weighs what it weighs; only where the edition lacks it do its other readings count.
    weight = known[0] if known else 0.0
    if text in LIGHT_STEMS:
        weight = LIGHT
    elif len(text) == 1:
        weight = min(weight, LETTER)
    certain = any(option.quality >= CERTAIN for option in options)
    return Slot(text, tuple(options) if weight else (), weight, certain)
