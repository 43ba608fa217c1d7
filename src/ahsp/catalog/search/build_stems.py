"""Writes stems.csv: `python -m ahsp.catalog.search.build_stems`, after a change of an edition or of a word list."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from ahsp.catalog.packages import edition_path, list_editions, read_edition
from ahsp.catalog.search.figures import tokens
from ahsp.catalog.search.normalize import fold
from ahsp.catalog.search.small_words import ACTS, LIGHT_STEMS
from ahsp.catalog.search.stems import SHORTEST, STEMS_FILE, spellings
from ahsp.catalog.search.synonyms import read_rows
from ahsp.catalog.search.terms import MAX_NAME


def vocabulary() -> set[str]:
    """The words of the shipped editions, of the synonyms and of the lists of acts."""
    texts: list[str] = [*ACTS, *LIGHT_STEMS]
    for term, meanings in read_rows():
        texts += [term, *meanings]
    for manifest in list_editions():
        for record in read_edition(edition_path(manifest.slug)).records:
            texts += [record.name, record.section]
    return {
        token for text in texts for token in tokens(fold(text, MAX_NAME)) if isinstance(token, str) and token.isalpha()
    }


def compute_stems(words: Iterable[str]) -> dict[str, str]:
    """Stem every word with Sastrawi; words under four letters and those of spellings.csv stay out of its hands."""
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory  # type: ignore[import-untyped]

    stemmer = StemmerFactory().create_stemmer()
    corrected = spellings()
    return {
        word: stemmer.stem(word) if len(word) >= SHORTEST else word
        for word in sorted(set(words))
        if word not in corrected
    }


def write_stems() -> int:
    """Write the table; returns its number of words."""
    stems = compute_stems(vocabulary())
    with STEMS_FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "stem"))
        writer.writerows(stems.items())
    return len(stems)


if __name__ == "__main__":
    write_stems()
