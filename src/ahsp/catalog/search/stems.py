"""Stems of Indonesian words, so that pengecatan, dicat and cat are one word.

Sastrawi stems the vocabulary once; spellings.csv corrects it where trade words, loan words or the regulation's own
typing errors mislead it. The result ships as stems.csv, for a stemmer at work costs more than the search itself.
Words typed later that are not in the table lose their affixes only if what remains is a known stem.

build_stems writes the table.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterator, Mapping
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
STEMS_FILE = HERE / "stems.csv"
SPELLINGS_FILE = HERE / "spellings.csv"
SHORTEST = 4
_SUFFIXES = ("", "an", "kan", "i", "in", "nya", "annya", "kannya")
# A prefix and the letters it may have swallowed from the stem.
_PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("meng", ("", "k")),
    ("peng", ("", "k")),
    ("meny", ("s",)),
    ("peny", ("s",)),
    ("menge", ("",)),
    ("penge", ("",)),
    ("mem", ("", "p")),
    ("pem", ("", "p")),
    ("men", ("", "t")),
    ("pen", ("", "t")),
    ("nge", ("",)),
    ("ng", ("", "k")),
    ("ny", ("s",)),
    ("ber", ("",)),
    ("per", ("",)),
    ("ter", ("",)),
    ("me", ("",)),
    ("pe", ("",)),
    ("di", ("",)),
    ("ke", ("",)),
    ("se", ("",)),
)


def _read(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: row[1] for row in rows}


@cache
def spellings() -> Mapping[str, str]:
    """Words that are to be read as another word (or two), from spellings.csv."""
    return _read(SPELLINGS_FILE)


@cache
def stem_table() -> Mapping[str, str]:
    """Word to stem for the vocabulary of the shipped editions and word lists."""
    return {**_read(STEMS_FILE), **spellings()}


@cache
def known_stems() -> frozenset[str]:
    return frozenset(stem for stems in stem_table().values() for stem in stems.split())


def _stripped(word: str) -> Iterator[str]:
    for suffix in _SUFFIXES:
        if suffix and not word.endswith(suffix):
            continue
        bare = word[: len(word) - len(suffix)] if suffix else word
        if suffix:
            yield bare
        for prefix, swallowed in _PREFIXES:
            if bare.startswith(prefix):
                for letter in swallowed:
                    yield letter + bare[len(prefix) :]


def strip_affixes(word: str, known: Container[str]) -> str | None:
    """The longest known stem that `word` is made from, or None."""
    found = [stem for stem in _stripped(word) if len(stem) > 2 and stem in known]
    return max(found, key=len, default=None)


def stem(word: str) -> tuple[str, ...]:
    """The stem of one lower case word; two stems for a word that is read as two (stopkontak)."""
    table = stem_table()
    if word in table:
        return tuple(table[word].split())
    if len(word) < SHORTEST:
        return (word,)
    return (strip_affixes(word, known_stems()) or word,)
