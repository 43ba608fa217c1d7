"""The right answers to real queries, and the principles an estimator trusts the search for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ahsp.catalog.packages import edition_path, read_records
from ahsp.catalog.search import SearchIndex, search

QUERIES = Path(__file__).parents[1] / "golden" / "search-queries.csv"
LEAST_TOP_5 = 0.95


@cache
def index() -> SearchIndex:
    return SearchIndex.build(read_records(edition_path("ck-se47-2026")))


def found(query: str, limit: int = 5) -> list[str]:
    return [hit.code for hit in search(index(), query, limit)]


def queries() -> Iterator[tuple[str, list[str]]]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["query"], row["accepted"].split()


def test_the_golden_queries_ask_for_analyses_that_exist() -> None:
    codes = {record.code for record in read_records(edition_path("ck-se47-2026"))}
    rows = list(queries())
    assert len(rows) >= 160
    assert len({query for query, _ in rows}) == len(rows)
    assert [(query, code) for query, accepted in rows for code in accepted if code not in codes] == []
    assert {accepted[0].split(".")[0] for _, accepted in rows} == {str(division) for division in range(1, 11)}


def test_the_right_answer_is_among_the_first_five(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(queries())
    answers = {query: found(query) for query, _ in rows}
    first = sum(answers[query][:1] != [] and answers[query][0] in accepted for query, accepted in rows)
    missed = [query for query, accepted in rows if not set(answers[query]) & set(accepted)]
    with capsys.disabled():
        print(  # noqa: T201 the two figures are what this test is read for
            f"\nsearch: {len(rows)} queries, top-1 {first / len(rows):.1%}, top-5 {1 - len(missed) / len(rows):.1%}"
        )
    assert 1 - len(missed) / len(rows) >= LEAST_TOP_5, missed


def test_the_order_of_words_does_not_matter() -> None:
    for query, _ in queries():
        words = query.split()
        if all(word.isalpha() for word in words):
            for order in (words[::-1], words[1:] + words[:1]):
                assert found(" ".join(order)) == found(query), query


@pytest.mark.parametrize(
    ("plain", "affixed"),
    [
        ("cat plafon", "pengecatan plafon"),
        ("cat plafon", "mengecat plafon"),
        ("gali tanah biasa", "penggalian tanah biasa"),
        ("gali tanah biasa", "menggali tanah biasa"),
        ("bongkar bekisting", "pembongkaran bekisting"),
        ("bongkar bekisting", "dibongkar bekisting"),
        ("padat pasir", "pemadatan pasir"),
        ("pupuk organik pohon", "pemupukan organik pohon"),
        ("plester 1:4", "plesteran 1:4"),
        ("pasang kusen aluminium", "pemasangan kusen aluminium"),
        ("angkut tanah 30 m", "pengangkutan tanah 30 m"),
    ],
)
def test_affixes_find_the_same(plain: str, affixed: str) -> None:
    assert found(plain) == found(affixed) != []


def slips(word: str) -> Iterator[str]:
    """One letter left out, doubled, or swapped with its neighbour, past the first."""
    for place in range(1, len(word) - 1):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place] + word[place:]
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


@pytest.mark.parametrize("word", ["bekisting", "waterproofing", "plesteran", "wastafel", "aluminium", "geomembran"])
def test_one_slip_in_a_long_word_keeps_the_answers(word: str) -> None:
    right = set(found(word))
    for slip in slips(word):
        assert set(found(slip)) == right, slip


def test_an_unfinished_word_finds_what_it_begins() -> None:
    assert found("bekis")[0].startswith("2.2.1.3.")
    assert found("wastaf") == ["3.18.1.1"]


def test_installing_comes_before_demolishing_unless_demolishing_is_asked_for() -> None:
    roofs = found("atap genteng", 50)
    assert roofs[0].startswith("3.1.1.")
    demolished = [place for place, code in enumerate(roofs) if code.startswith("1.6.")]
    installed = [place for place, code in enumerate(roofs) if code.startswith("3.1.1.")]
    assert not demolished or min(demolished) > max(installed)
    assert set(found("bongkar atap", 3)) == {"1.6.9", "1.6.10", "1.6.11"}


def test_cutting_comes_before_laying_only_where_it_is_asked_for() -> None:
    assert found("pipa hdpe 200 mm")[0] == "9.3.1.5"
    assert found("potong pipa hdpe 200 mm")[0] == "9.3.2.5"


@pytest.mark.parametrize(
    ("query", "figure"),
    [
        ("granit 60x60", "60x60"),
        ("granit 60 x 60 cm", "60x60"),
        ("granit 600x600", "60x60"),
        ("granit 600x600 mm", "60x60"),
        ("kabel nym 3x2,5", "3 x 2,5"),
        ("kabel nym 3 x 2.5", "3 x 2,5"),
        ("u-ditch 60x80", "60x80"),
        ("beton k-250", "f'c 21 "),
        ("beton K 225", "f'c 20 "),
        ("beton f'c 25", "f'c 25 "),
        ("beton fc=25 mpa", "f'c 25 "),
        ("plesteran 1:3", "1SP : 3PP"),
        ("plesteran 1pc : 3ps", "1SP : 3PP"),
        ("pipa pvc aw 1/2", '1/2"'),
        ("pipa pvc aw 1 1/2 inch", '1-1/2"'),
        ("hebel 75 mm", "7,5 cm"),
        ("toren 500 liter", "0,5 m3"),
        ("toren 1,5 m3", "1,5 m3"),
        ("genset 100 kva", "100 Kva"),
        ("ac 1,5 pk", "12.000 BTUH"),
    ],
)
def test_a_figure_asked_for_is_the_figure_found(query: str, figure: str) -> None:
    best = search(index(), query, 1)[0]
    assert figure in best.name


def test_a_depth_is_looked_up_in_its_range() -> None:
    assert set(found("galian tanah biasa 1,5 m", 3)) == {"1.2.1.1.4", "1.2.1.1.5", "1.2.1.2.2"}
    assert set(found("galian tanah biasa 3 m", 3)) == {"1.2.1.1.6", "1.2.1.1.7", "1.2.1.2.3"}
    assert found("besi beton 10 mm")[0] == "2.2.1.1.1"
    assert found("besi beton 16 mm")[0] == "2.2.1.1.2"


@pytest.mark.parametrize(
    ("query", "answers"),
    [
        ("3.6.1.8", ["3.6.1.8"]),
        (" 3.6.1.8. ", ["3.6.1.8"]),
        ("3.18.4", ["3.18.4.1", "3.18.4.2"]),
        ("2.2.1.4.5 beton", ["2.2.1.4.5"]),
        ("99.9.9", []),
    ],
)
def test_a_code_is_found_whole_and_by_its_beginning(query: str, answers: list[str]) -> None:
    assert found(query) == answers


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "xyzzy qwerty",
        "asdfgh",
        "kucing terbang",
        "aku cinta kamu",
        "🙂🙂",
        "1234567",
        "pekerjaan",
        "m2",
        "-",
    ],
)
def test_nonsense_finds_nothing(query: str) -> None:
    assert found(query) == []


def test_a_name_nobody_knows_does_not_hide_what_is_known() -> None:
    assert found("closet duduk toto")[0] == "3.18.3.1"
    assert found("pipa wavin pvc 4 inch")[0] == "6.4.1.9"


@pytest.mark.parametrize(
    "query",
    [
        "bata 'merah\" 1:4",
        "bata merah 1:4 🙂",
        "bata\u202e merah 1:4",
        "bata <b>merah</b> 1:4",
        "bata % merah _ 1:4 \\",
        "BATA MERAH 1:4",
        "bata\tmerah\n1:4",
    ],
)
def test_quotes_emoji_and_marks_change_nothing(query: str) -> None:
    assert set(found(query, 2)) == {"3.6.1.3", "3.6.1.8"}


@pytest.mark.parametrize("piece", ["galian tanah ", "1x", "qwxz", "12 ", "1/2 s.d 3-", "(", "((1:", '"', "ék", "🙂"])
def test_a_query_of_ten_thousand_characters_is_bounded(piece: str) -> None:
    query = piece * (10_000 // len(piece))
    assert found(query, 20) == found(query[:400], 20)


def test_limit_cuts_and_never_adds() -> None:
    assert len(found("pipa", 3)) == 3
    assert found("pipa", 3) == found("pipa", 20)[:3]
    assert found("pipa", 0) == []


def test_hits_say_what_they_match() -> None:
    hit = search(index(), "dinding bata merah", 1)[0]
    assert (hit.unit, "dinding" in hit.matched) == ("m2", True)
