from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahsp.core.words import LARGEST, in_words

UNITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
ORDERS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def understood(words: str) -> int:
    """Reads Indonesian number words: what a person would take them for."""
    total = group = last = 0
    for word in words.split():
        if word in UNITS:
            last = UNITS.index(word)
            group += last
        elif word in ("sepuluh", "sebelas", "seratus"):
            group += {"sepuluh": 10, "sebelas": 11, "seratus": 100}[word]
        elif word == "seribu":
            assert not group
            total += 1_000
        elif word in ("belas", "puluh", "ratus"):
            assert last > (word != "ratus") - 1
            group += {"belas": 10, "puluh": 9 * last, "ratus": 99 * last}[word]
        else:
            total += group * ORDERS[word]
            group = 0
    return total + group


def test_the_reader_of_the_test_reads() -> None:
    assert understood("seratus dua puluh tiga juta seribu sembilan belas") == 123_001_019


@given(st.integers(0, 10**18 - 1) | st.integers(0, 3_000) | st.integers(999_000, 1_003_000))
def test_the_words_are_understood_as_the_amount(rupiah: int) -> None:
    words = in_words(Decimal(rupiah), "id")
    assert words.endswith(" rupiah")
    assert understood(words.removesuffix(" rupiah")) == rupiah


@pytest.mark.parametrize(
    ("rupiah", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (1_100, "seribu seratus"),
        (2_000, "dua ribu"),
        (10_000, "sepuluh ribu"),
        (11_000, "sebelas ribu"),
        (21_000, "dua puluh satu ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_000_001, "satu juta satu"),
        (1_001_000, "satu juta seribu"),
        (1_001_500, "satu juta seribu lima ratus"),
        (2_011_000, "dua juta sebelas ribu"),
        (100_000_000, "seratus juta"),
        (1_000_000_000, "satu miliar"),
        (1_000_001_000, "satu miliar seribu"),
        (1_001_001_001, "satu miliar satu juta seribu satu"),
        (1_000_000_000_000, "satu triliun"),
        (10**15, "satu kuadriliun"),
    ],
)
def test_indonesian(rupiah: int, words: str) -> None:
    assert in_words(Decimal(rupiah), "id") == f"{words} rupiah"


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        ("0.01", "nol rupiah satu sen", "zero rupiah and one sen"),
        ("-1000.50", "minus seribu rupiah lima puluh sen", "minus one thousand rupiah and fifty sen"),
        ("99.995", "seratus rupiah", "one hundred rupiah"),
        ("-0.004", "nol rupiah", "zero rupiah"),
        ("1E+3", "seribu rupiah", "one thousand rupiah"),
    ],
)
def test_sen_and_signs(amount: str, indonesian: str, english: str) -> None:
    assert in_words(Decimal(amount), "id") == indonesian
    assert in_words(Decimal(amount), "en") == english


def test_an_amount_beyond_words_keeps_its_digits() -> None:
    assert in_words(Decimal(LARGEST - 1), "id").startswith("sembilan ratus sembilan puluh sembilan noniliun")
    assert in_words(Decimal(LARGEST), "id") == "1" + ".000" * 11 + " rupiah"
    assert in_words(Decimal(f"{LARGEST}.25"), "en") == "1" + ",000" * 11 + " rupiah and twenty-five sen"
