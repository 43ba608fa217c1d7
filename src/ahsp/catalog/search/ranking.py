"""Which analysis answers a query best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ahsp.catalog.search.index import Entry, SearchIndex
from ahsp.catalog.search.query import Query, Slot, read_query
from ahsp.catalog.search.small_words import ACTS, LIGHT_STEMS, OTHER_ACT, UNASKED

# An analysis that answers less than this of what was asked is a guess, and guesses are not shown.
LEAST_ANSWERED = 0.4
# The figure asked for and not found leaves this much of the score.
WITHOUT_FIGURE = 0.25
HEAD_BONUS = 0.15
CONCISE = 0.25
WORST_SHOWN = 0.25


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer. `score` compares hits of one query only; `matched` names what of the query it answers."""

    code: str
    name: str
    unit: str
    score: float
    matched: tuple[str, ...]


def search(index: SearchIndex, query: str, limit: int = 20) -> list[Hit]:
    """The analyses that answer `query`, best first; none rather than a random guess."""
    asked = read_query(query, index)
    hits = list(_by_code(index, asked))
    seen = {hit.code for hit in hits}
    if not (asked.code and hits):
        hits += [hit for hit in _by_words(index, asked) if hit.code not in seen]
    return hits[: max(limit, 0)]


def _by_code(index: SearchIndex, asked: Query) -> Iterator[Hit]:
    if asked.code:
        for place, number in enumerate(index.by_code(asked.code)):
            entry = index.entries[number]
            yield Hit(entry.code, entry.name, entry.unit, 10 - place / 1000, (asked.code,))


def _answers(index: SearchIndex, slot: Slot) -> dict[int, float]:
    """How well each analysis answers one slot, from 0 to 1."""
    found: dict[int, float] = {}
    for option in slot.alternatives:
        if option.unit:
            scored = dict.fromkeys(index.in_unit(option.unit), option.quality)
        else:
            scored = {}
            for word in option.stems:
                for number, quality in index.postings(word).items():
                    scored[number] = scored.get(number, 0.0) + quality
            # Half of "batu belah" is not half an answer.
            scored = {
                number: option.quality * (total / len(option.stems)) ** 2 for number, total in scored.items()
            }
        for number, quality in scored.items():
            if quality > found.get(number, 0.0):
                found[number] = quality
    return found


def _by_words(index: SearchIndex, asked: Query) -> list[Hit]:
    answers = [(slot, _answers(index, slot)) for slot in asked.slots]
    figures = [(figure, index.answering(figure)) for figure in asked.figures]
    total = sum(slot.weight for slot in asked.slots)
    answered: dict[int, float] = {}
    for slot, found in answers:
        for number, quality in found.items():
            answered[number] = answered.get(number, 0.0) + slot.weight * quality
    if not asked.slots:
        answered = {number: 1.0 for _, found in figures for number in found}
        total = 1.0
    hits = []
    for number, value in answered.items():
        share = value / total
        if share < LEAST_ANSWERED:
            continue
        entry = index.entries[number]
        matched = tuple(slot.text for slot, found in answers if number in found)
        score = share**1.5 * _figure_factor(number, figures) * _act_factor(entry, asked.acts)
        score *= 1 + _form(index, entry, asked)
        hits.append((-score, number, Hit(entry.code, entry.name, entry.unit, round(score, 6), matched)))
    hits.sort()
    worst = WORST_SHOWN * -hits[0][0] if hits else 0.0
    return [hit for minus, _, hit in hits if -minus >= worst]


def _figure_factor(number: int, figures: list) -> float:
    factor = 1.0
    for _, found in figures:
        factor *= WITHOUT_FIGURE + (1 - WITHOUT_FIGURE) * found.get(number, 0.0)
    return factor


def _act_factor(entry: Entry, asked: frozenset[str]) -> float:
    act = ACTS.get(entry.lead)
    if act in asked:
        return 1.0
    if asked:
        return OTHER_ACT if act is None else min(OTHER_ACT, UNASKED[act])
    return UNASKED[act] if act else 1.0


def _form(index: SearchIndex, entry: Entry, asked: Query) -> float:
    """A little for saying what was asked and nothing else, and for being about it rather than mentioning it."""
    wanted = {word for slot in asked.slots for option in slot.alternatives for word in option.stems}
    said = sum(index.weight(word) for word in entry.words if word in wanted)
    concise = said / entry.weight if entry.weight else 0.0
    head = next((word for word in entry.words if word not in LIGHT_STEMS), "")
    return CONCISE * concise + HEAD_BONUS * (head in wanted)
