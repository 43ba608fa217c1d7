from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.formulas import (
    FormulaError,
    evaluate,
    parse_formula,
)
from ahsp.engine.numbers import Notation, format_number

ID, EN = Notation.INDONESIAN, Notation.ENGLISH


def value(text: str, notation: Notation = ID, **parameters: str) -> Decimal:
    return evaluate(parse_formula(text, notation), {name: Decimal(of) for name, of in parameters.items()})


def refusal(text: str, notation: Notation = ID, **parameters: str) -> tuple[str, int]:
    with pytest.raises(FormulaError) as refused:
        value(text, notation, **parameters)
    assert refused.value.data["position"] == str(refused.value.position)
    return refused.value.code, refused.value.position


NUMBERS = st.integers(-99_999, 99_999).map(lambda number: Decimal(number).scaleb(-2))
# An expression and its exact value, built together.
Known = tuple[str, Fraction]


def _plain(number: Decimal) -> Known:
    text = format_number(number, ID)
    return (f"({text})" if number < 0 else text), Fraction(number)


def _joined(parts: tuple[Known, str, Known]) -> Known:
    (left, one), sign, (right, other) = parts
    result = {"+": one + other, "-": one - other, "*": one * other}[sign]
    return f"({left} {sign} {right})", result


EXPRESSIONS = st.recursive(
    NUMBERS.map(_plain),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(_joined),
        inner.map(lambda one: (f"-{one[0]}", -one[1])),
        inner.map(lambda one: (f"abs({one[0]})", abs(one[1]))),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda many: (f"max({'; '.join(text for text, _ in many)})", max(of for _, of in many))
        ),
    ),
    max_leaves=4,
)


@given(EXPRESSIONS)
def test_gives_the_exact_value(known: Known) -> None:
    text, exact = known
    if abs(exact) <= 10**15:
        assert Fraction(value(text)) == exact


@given(EXPRESSIONS)
def test_spaces_do_not_count(known: Known) -> None:
    text, exact = known
    assert Fraction(value(text.replace(" ", ""))) == Fraction(value(text.replace("(", " ( "))) == exact


@given(st.text(alphabet="0123456789.,;+-*/^()<>= abpmaxinsqrtf_×÷²", max_size=40) | st.text(max_size=30))
def test_any_text_gives_a_value_or_a_refusal_with_its_place(text: str) -> None:
    for notation in (ID, EN):
        try:
            found = value(text, notation, a="1.5", b="0")
        except FormulaError as refused:
            assert 1 <= refused.position <= len(text) + 1
            assert refused.issue.code == refused.code
        else:
            assert found.is_finite()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 + 3 * 4", "14"),
        ("2 * 3 ^ 2", "18"),
        ("(2 + 3) * 4", "20"),
        ("20 - 5 - 3", "12"),
        ("20 / 5 / 2", "2"),
        ("2 ^ 3 ^ 2", "512"),
        ("-2 ^ 2", "-4"),
        ("2 ^ -1", "0.5"),
        ("2 - -3", "5"),
        ("+5", "5"),
        ("9 ^ 0,5", "3"),
        ("12 ÷ 4 × 2 − 1", "5"),
        ("MAX(1; 2)", "2"),
        ("min(3; 1; 2)", "1"),
        ("sum(1; 2; 3)", "6"),
        ("round(2,5)", "3"),
        ("round(-2,5)", "-3"),
        ("round(1234,5678; 3)", "1234.568"),
        ("round(1549; -2)", "1500"),
        ("ceil(-1,2)", "-1"),
        ("floor(-1,2)", "-2"),
        ("ceil(3)", "3"),
        ("sqrt(2) ^ 2", "2"),
        ("if(1/3*3 = 1; 1; 0)", "1"),
        ("if(1 <> 2; if(2 <= 2; 7; 8); 9)", "7"),
        ("if(1 > 2; sqrt(-1); 4)", "4"),
        ("10 / 4 * 1.000", "2500"),
    ],
)
def test_values(text: str, expected: str) -> None:
    assert value(text) == Decimal(expected)


def test_parameters_are_named_upper_and_lower_case_apart() -> None:
    assert value("panjang * L + l_2", panjang="2", L="3", l_2="0.5") == Decimal("6.5")
    assert value("tinggi_ø * 2", tinggi_ø="1.5") == 3
    assert value("min * min(min; 2)", min="3") == 6
    assert refusal("Panjang", panjang="2") == ("formula.unknown_name", 1)


def test_a_formula_names_its_parameters() -> None:
    assert parse_formula("max(a; b) * c + a ^ 2", ID).names == {"a", "b", "c"}


def test_a_comma_is_a_decimal_or_a_separator_by_notation() -> None:
    assert value("max(1,5; 1)", ID) == Decimal("1.5")
    assert value("max(1,5; 1)", EN) == 5
    assert refusal("max(1.5, 1)", ID) == ("formula.number_invalid", 5)
    assert refusal("1,000 + 1", EN) == ("formula.unexpected", 2)


def test_a_formula_is_not_read_without_a_notation() -> None:
    with pytest.raises(ValueError, match="notation"):
        parse_formula("1", Notation.AUTO)


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "formula.empty", 1),
        ("   ", "formula.empty", 1),
        ("2 +", "formula.incomplete", 4),
        ("(2", "formula.incomplete", 3),
        ("2 3", "formula.unexpected", 3),
        ("2)", "formula.unexpected", 2),
        ("* 2", "formula.unexpected", 1),
        ("2 $ 3", "formula.unexpected", 3),
        ("1 = 1", "formula.unexpected", 3),
        ("1; 2", "formula.unexpected", 2),
        ("1.23.456", "formula.number_invalid", 1),
        ("log(10)", "formula.unknown_function", 1),
        ("2(3)", "formula.unexpected", 2),
        ("abs(1; 2)", "formula.wrong_arguments", 1),
        ("1 + max()", "formula.wrong_arguments", 5),
        ("round(1; 2; 3)", "formula.wrong_arguments", 1),
        ("if(1; 2; 3)", "formula.comparison_expected", 5),
        ("if(1 < 2; 3)", "formula.unexpected", 12),
        ("1 / (2 - 2)", "formula.division_by_zero", 3),
        ("0 ^ -1", "formula.division_by_zero", 3),
        ("0 ^ 0", "formula.domain", 3),
        ("(-2) ^ 0,5", "formula.domain", 6),
        ("1 + sqrt(-4)", "formula.domain", 5),
        ("round(1; 0,5)", "formula.domain", 1),
        ("round(1; 99)", "formula.domain", 1),
        ("2 ^ 101", "formula.too_large", 3),
        ("9 ^ 99", "formula.too_large", 3),
        ("9999999999 * 9999999999", "formula.too_large", 12),
        ("9999999999999999", "formula.too_large", 1),
        ("1/((0,1^100)^100)^100", "formula.too_large", 2),
        ("__import__('os')", "formula.unexpected", 12),
        ("a.b", "formula.unexpected", 2),
        ("1 if 1 else 2", "formula.unexpected", 3),
    ],
)
def test_refusals(text: str, code: str, position: int) -> None:
    assert refusal(text, ID, a="1") == (code, position)


def test_length_is_limited_to_1000_characters() -> None:
    longest = "1" + "+1" * 499 + " "
    assert value(longest) == 500
    assert refusal(longest + " ")[0] == "formula.too_long"


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("abs(", ")"), ("-", ""), ("1^", ""), ("if(1<2;", ";0)")])
def test_depth_is_limited_to_40_levels(opening: str, closing: str) -> None:
    assert value(opening * 40 + "1" + closing * 40).is_finite()
    code, position = refusal(opening * 41 + "1" + closing * 41)
    assert code == "formula.too_deep"
    assert position <= len(opening * 41) + 1


def test_an_exponent_is_limited_to_100() -> None:
    assert value("1^100") == 1
    assert refusal("1^101")[0] == "formula.too_large"


def test_a_value_is_limited_to_10_to_the_15th() -> None:
    assert value("10^15") == 10**15
    assert refusal("10^15 + 1")[0] == "formula.too_large"
