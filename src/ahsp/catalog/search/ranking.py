"""Which analysis answers a query best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ahsp.catalog.search.index import IN_ASIDE, Entry, SearchIndex
from ahsp.catalog.search.query import HINT, Query, Slot, read_query
from ahsp.catalog.search.small_words import (
    ACTS,
    OTHER_ACT,
    PART_UNASKED,
    PARTS,
    PLAIN_STEMS,
    SUPPLEMENT_UNASKED,
    SUPPLEMENTS,
    UNASKED,
)

# An analysis that answers less than this of what was asked is a guess, and guesses are not shown.
LEAST_ANSWERED = 0.4
LEAST_WITH_UNKNOWN = 0.5
LEAST_GUESSED = 0.6
LEAST_FIGURE = 0.8
# A word the edition does not know (a brand, a name) weighs like the others, and never more than this.
UNKNOWN_WORD = 3.0
# The figure asked for and not found leaves this much of the score.
WITHOUT_FIGURE = 0.25
HEAD_BONUS = 0.15
FIRST_BONUS = 0.03
CONCISE = 0.25
WORST_SHOWN = 0.25

Answers = list[tuple[Slot, dict[int, float]]]


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
            scored = {number: option.quality * (total / len(option.stems)) ** 2 for number, total in scored.items()}
        for number, quality in scored.items():
            if quality > found.get(number, 0.0):
                found[number] = quality
    return found


def _by_words(index: SearchIndex, asked: Query) -> list[Hit]:
    answers = [(slot, _answers(index, slot)) for slot in asked.slots]
    figures = [index.answering(figure) for figure in asked.figures]
    wanted = {word for slot in asked.slots for option in slot.alternatives for word in option.stems}
    least = _least(asked.slots)
    scored = []
    for number, share in _shares(answers, figures).items():
        if share < least:
            continue
        entry = index.entries[number]
        score = share**1.5 * _act_factor(entry, asked.acts) * _part_factor(entry, wanted)
        score *= 1 + _form(index, entry, wanted)
        for found in figures:
            score *= WITHOUT_FIGURE + (1 - WITHOUT_FIGURE) * found.get(number, 0.0)
        scored.append((-score, number))
    scored.sort()
    worst = WORST_SHOWN * scored[0][0] if scored else 0.0
    return [_hit(index.entries[number], -minus, number, answers) for minus, number in scored if minus <= worst]


def _hit(entry: Entry, score: float, number: int, answers: Answers) -> Hit:
    matched = tuple(slot.text for slot, found in answers if number in found)
    return Hit(entry.code, entry.name, entry.unit, round(score, 6), matched)


def _shares(answers: Answers, figures: list[dict[int, float]]) -> dict[int, float]:
    """The share of the words asked for that each analysis answers; with figures alone, all that have one."""
    if not answers:
        return {number: 1.0 for found in figures for number, quality in found.items() if quality >= LEAST_FIGURE}
    shares: dict[int, float] = {}
    known = [slot.weight for slot, _ in answers if slot.weight > HINT]
    if not known:
        return shares
    unknown = min(sum(known) / len(known), UNKNOWN_WORD)
    total = sum(slot.weight or unknown for slot, _ in answers)
    for slot, found in answers:
        part = slot.weight / total
        for number, quality in found.items():
            shares[number] = shares.get(number, 0.0) + part * quality
    return shares


def _least(slots: tuple[Slot, ...]) -> float:
    """The share that makes an answer of a match, the more so the less of the query is understood for certain."""
    if len(slots) > 1 and not any(slot.certain for slot in slots):
        return LEAST_GUESSED
    return LEAST_ANSWERED if all(slot.weight for slot in slots) else LEAST_WITH_UNKNOWN


def _act_factor(entry: Entry, asked: frozenset[str]) -> float:
    act = ACTS.get(entry.lead)
    if act in asked:
        return 1.0
    if asked:
        return OTHER_ACT if act is None else min(OTHER_ACT, UNASKED[act])
    return UNASKED[act] if act else 1.0


def _part_factor(entry: Entry, wanted: set[str]) -> float:
    factor = PART_UNASKED if entry.head in PARTS and entry.head not in wanted else 1.0
    return factor if SUPPLEMENTS.isdisjoint(entry.words) or wanted & SUPPLEMENTS else factor * SUPPLEMENT_UNASKED


def _form(index: SearchIndex, entry: Entry, wanted: set[str]) -> float:
    """A little for saying what was asked and nothing else, and for being about it rather than mentioning it."""
    said = sum(index.weight(word) for word in entry.words if word in wanted and word not in PLAIN_STEMS)
    said += sum(index.weight(word) for word in entry.asides if word in wanted) * IN_ASIDE / 2
    concise = said / entry.weight if entry.weight else 0.0
    return CONCISE * concise + HEAD_BONUS * (entry.head in wanted) + FIRST_BONUS / entry.rank
