"""What the search reads: figures, stems and the word lists kept as data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ahsp.catalog.search.build_stems import compute_stems, vocabulary
from ahsp.catalog.search.contexts import CONTEXTS_FILE, places
from ahsp.catalog.search.figure_keys import EQUIVALENTS_FILE, near_grades
from ahsp.catalog.search.figures import (
    Code,
    Figure,
    Grade,
    Inches,
    Measure,
    Ratio,
    Size,
    Slash,
    Span,
    tokens,
)
from ahsp.catalog.search.normalize import fold
from ahsp.catalog.search.stems import SPELLINGS_FILE, STEMS_FILE, stem
from ahsp.catalog.search.synonyms import SYNONYMS_FILE, matching_synonyms
from ahsp.catalog.search.terms import stems_of


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("K-250", Grade("k", 250)),
        ("k 250", Grade("k", 250)),
        ("f'c 21", Grade("fc", 21)),
        ("fc' = 14.5 Mpa", Grade("fc", 14.5)),
        ("fc'20 Mpa", Grade("fc", 20)),
        ("f’c < 20 MPa", Span(0.0, 20 - 1e-9, "mpa", closed=True)),
        ("f'c ≥ 20 MPa", Span(20, None, "mpa", closed=True)),
        ("20 MPa ≤ f'c ≤ 40 MPa", Span(20, 40, "mpa", closed=True)),
        ("60x60", Size((60, 60))),
        ("60 X 60 cm", Size((60, 60), "cm")),
        ("20cm x 20 cm", Size((20, 20), "cm")),
        ("50x50x120 cm", Size((50, 50, 120), "cm")),
        ("3 x 2,5 mm²", Size((3, 2.5), "mm2")),
        ("10 s.d. 15x20 cm", Size((10, 20), "cm")),
        ("1:4", Ratio((1, 4))),
        ("1SP : 4PP", Ratio((1, 4))),
        ("1 pc : 6 psr", Ratio((1, 6))),
        ("1:2:3", Ratio((1, 2, 3))),
        ("1:0,5", Ratio((1, 0.5))),
        ("½”", Inches(0.5)),
        ('1-1/4"', Inches(1.25)),
        ("2 1/2 inch", Inches(2.5)),
        ("3 dim", Inches(3)),
        ("1/2", Slash(1, 2)),
        ("> 1 s.d. 2 m", Span(1, 2, "m")),
        ("0 s.d. 1 m", Span(0, 1, "m", closed=True)),
        ("s.d 200m3", Span(0.0, 200, "m3", closed=True)),
        ("> 200 m3", Span(200, None, "m3")),
        ("30-100 cm", Span(30, 100, "cm", closed=True, dash=True)),
        ("12.000 BTUH", Measure(12000, "btuh")),
        ("0,75 mm", Measure(0.75, "mm")),
        ("14.5 watt", Measure(14.5, "watt")),
        ("3.6.1.8", Code("3.6.1.8")),
    ],
)
def test_a_figure_is_read_however_it_is_written(text: str, figure: Figure) -> None:
    assert [token for token in tokens(fold(text)) if not isinstance(token, str)] == [figure]


def test_a_diameter_sign_is_no_figure_and_words_keep_their_place() -> None:
    assert list(tokens(fold("pipa Ø 4″ hitam"))) == ["pipa", "dia", Inches(4.0), "hitam"]


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert len(fold("abc " * 10_000)) <= 400


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pengecatan", "cat"),
        ("pengecoran", "cor"),
        ("pembesian", "tulang"),
        ("pemasangan", "pasang"),
        ("pemadatan", "padat"),
        ("pemukiman", "mukim"),
        ("bekisting", "bekisting"),
        ("bekesting", "bekisting"),
        ("mengecat", "cat"),
        ("pemasangannya", "pasang"),
        ("dipotong", "potong"),
        ("ngecor", "cor"),
        ("sprinkler", "sprinkler"),
        ("plafond", "plafon"),
    ],
)
def test_words_come_down_to_the_stem_of_the_trade(word: str, expected: str) -> None:
    assert stem(word) == (expected,)


def test_an_unknown_word_is_left_alone() -> None:
    assert stem("meranti") == ("meranti",)


def test_the_table_of_stems_is_up_to_date() -> None:
    with STEMS_FILE.open(encoding="utf-8", newline="") as file:
        kept = {row["word"]: row["stem"] for row in csv.DictReader(file)}
    assert kept == compute_stems(vocabulary()), "run python -m ahsp.catalog.search.build_stems"


@pytest.mark.parametrize("path", [SPELLINGS_FILE, SYNONYMS_FILE, CONTEXTS_FILE, EQUIVALENTS_FILE, STEMS_FILE])
def test_a_word_list_has_whole_rows_and_no_entry_twice(path: Path) -> None:

    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    assert {len(row) for row in rows} == {len(head)}
    assert all(field == field.strip() for row in rows for field in row)
    assert all(row[0] and row[1] for row in rows)
    assert len({row[0] for row in rows}) == len(rows)


def test_a_synonym_says_something_else_than_it_means() -> None:
    with SYNONYMS_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            typed = set(stems_of(fold(row["term"])))
            for meaning in row["means"].split("|"):
                assert set(stems_of(fold(meaning))) != typed, row


def test_a_synonym_of_two_words_needs_both_in_any_order() -> None:
    assert matching_synonyms(["beton", "besi"])[0].means == (("tulang",),)
    assert all(synonym.typed == {"beton"} for synonym in matching_synonyms(["beton"]))


def test_a_grade_is_answered_by_the_nearest_the_edition_has() -> None:
    grades = [7.5, 10, 15, 17, 20, 21, 25, 28]
    assert [key for key, _ in near_grades(21.7, grades)] == ["fc:21"]
    assert [key for key, _ in near_grades(26.4, grades)] == ["fc:25", "fc:28"]
    assert near_grades(40, grades) == ()


def test_a_place_is_no_place_where_nothing_else_is_asked_for() -> None:
    assert places({"gali", "tanah", "pondasi"}, grade=False) == {"pondasi"}
    assert places({"pondasi", "batu"}, grade=False) == frozenset()
    assert places({"sloof"}, grade=True) == {"sloof"}
