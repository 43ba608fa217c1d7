"""Trade synonyms from synonyms.csv: what people type, and what the regulation calls it."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ahsp.catalog.search.figures import Figure, tokens
from ahsp.catalog.search.normalize import fold
from ahsp.catalog.search.terms import stems_of

SYNONYMS_FILE = Path(__file__).with_name("synonyms.csv")


@dataclass(frozen=True, slots=True)
class Synonym:
    """When all stems of `typed` are asked for, each of `means` (all its stems together) answers as well.

    `figures` are figures the meaning carries, such as the mix 1:2 of a damp-proof course.
    """

    typed: frozenset[str]
    means: tuple[tuple[str, ...], ...]
    figures: tuple[Figure, ...]


def read_rows() -> list[tuple[str, list[str]]]:
    """The rows as written: what is typed, and its meanings."""
    with SYNONYMS_FILE.open(encoding="utf-8", newline="") as file:
        return [(row["term"], row["means"].split("|")) for row in csv.DictReader(file)]


@cache
def _by_first_stem() -> Mapping[str, tuple[Synonym, ...]]:
    found: dict[str, list[Synonym]] = {}
    for term, meanings in read_rows():
        typed = frozenset(stems_of(fold(term)))
        stems = tuple(words for words in (stems_of(fold(meaning)) for meaning in meanings) if words)
        figures = tuple(token for meaning in meanings for token in tokens(fold(meaning)) if not isinstance(token, str))
        synonym = Synonym(typed, stems, figures)
        for word in typed:
            found.setdefault(word, []).append(synonym)
    return {word: tuple(synonyms) for word, synonyms in found.items()}


def matching_synonyms(stems: Collection[str]) -> list[Synonym]:
    """Synonyms all of whose words are among `stems`, those of most words first."""
    asked = frozenset(stems)
    found = {synonym for word in asked for synonym in _by_first_stem().get(word, ()) if synonym.typed <= asked}
    return sorted(found, key=lambda synonym: (-len(synonym.typed), sorted(synonym.typed), synonym.means))
