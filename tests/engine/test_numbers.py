from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.numbers import MAX_LENGTH, Notation, NumberError, format_number, parse_number

WRITTEN = st.sampled_from([Notation.INDONESIAN, Notation.ENGLISH])
VALUES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=8)


@given(VALUES, WRITTEN)
def test_parse_of_format_is_identity(value: Decimal, notation: Notation) -> None:
    assert parse_number(format_number(value, notation), notation) == value


@given(VALUES, WRITTEN, st.integers(0, 8))
def test_fixed_decimals_are_read_back_as_the_rounded_value(value: Decimal, notation: Notation, places: int) -> None:
    text = format_number(value, notation, decimals=places)
    read = parse_number(text, notation)
    assert abs(read - value) <= Decimal(5).scaleb(-places - 1)
    assert -int(read.as_tuple().exponent) == places


@given(st.text(alphabet="0123456789.,- ()RpRP\u00a0\u2009\u2212x%", max_size=50))
def test_either_agrees_with_the_notation_that_can_read_it(text: str) -> None:
    readings = {
        value for notation in (Notation.INDONESIAN, Notation.ENGLISH) if (value := _read(text, notation)) is not None
    }
    if len(readings) == 1:
        assert parse_number(text, Notation.AUTO) == readings.pop()
    else:
        with pytest.raises(NumberError) as refused:
            parse_number(text, Notation.AUTO)
        assert set(refused.value.readings) == readings


def _read(text: str, notation: Notation) -> Decimal | None:
    try:
        return parse_number(text, notation)
    except NumberError:
        return None


def test_an_ambiguous_number_comes_with_both_readings() -> None:
    with pytest.raises(NumberError) as refused:
        parse_number("-12.500", Notation.AUTO)
    assert refused.value.code == "number.ambiguous"
    assert refused.value.readings == (Decimal(-12500), Decimal("-12.5"))
    assert refused.value.text == "-12.500"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("  7 ", "7"),
        ("1\u00a0250\u00a0000", "1250000"),
        ("1\u2009250,5", "1250.5"),
        ("1\u202f250,5", "1250.5"),
        ("Rp 1.250,50", "1250.50"),
        ("rp.1.250", "1250"),
        ("-Rp 5", "-5"),
        ("Rp -5", "-5"),
        ("(Rp 5)", "-5"),
        ("\u22125", "-5"),
        ("- 5", "-5"),
        ("+5", "5"),
        (",5", "0.5"),
        ("007", "7"),
        ("-0", "0"),
    ],
)
def test_spaces_signs_and_rupiah_are_read(text: str, value: str) -> None:
    assert str(parse_number(text, Notation.INDONESIAN)) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "1 23", "1  234", "Rp Rp 5", "USD 5", "5 m2"),
        *["-", "Rp", "()", ".", ",", "5,", "5.", "1,2,3", "1.2.3", "1.2345", "12.34", "0.125", "--5", "5-", "(-5)"],
        *["1e5", "١٢", "１２", "²", "1_000", "0x1F", "NaN", "Infinity", "∞"],
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse_number(text, Notation.INDONESIAN)
    assert refused.value.code == "number.invalid"


def test_a_long_text_is_refused_and_shortened() -> None:
    assert parse_number("9" * MAX_LENGTH, Notation.AUTO) == Decimal("9" * MAX_LENGTH)
    with pytest.raises(NumberError) as refused:
        parse_number("9" * 10_000_000, Notation.AUTO)
    assert refused.value.code == "number.too_long"
    assert len(refused.value.text) == MAX_LENGTH
    assert refused.value.text.endswith("…")


@pytest.mark.parametrize(
    ("value", "arguments", "text"),
    [
        ("1234567.8900", {}, "1.234.567,89"),
        ("-1234.5", {}, "\u22121.234,5"),
        ("1000", {}, "1.000"),
        ("1E+3", {}, "1.000"),
        ("12", {"decimals": 2}, "12,00"),
        ("0.005", {"decimals": 2}, "0,01"),
        ("-0.004", {"decimals": 2}, "0,00"),
        ("0.0387", {"max_decimals": 3}, "0,039"),
        ("2.50", {"max_decimals": 3}, "2,5"),
        ("1500", {"decimals": -3}, "2.000"),
        ("0", {}, "0"),
    ],
)
def test_formats(value: str, arguments: dict[str, int], text: str) -> None:
    assert format_number(Decimal(value), Notation.INDONESIAN, **arguments) == text


@pytest.mark.parametrize(
    ("value", "notation"), [("1", Notation.AUTO), ("NaN", Notation.ENGLISH), ("Infinity", Notation.ENGLISH)]
)
def test_cannot_write_without_a_notation_or_what_is_not_finite(value: str, notation: Notation) -> None:
    with pytest.raises(ValueError, match="cannot write"):
        format_number(Decimal(value), notation)
