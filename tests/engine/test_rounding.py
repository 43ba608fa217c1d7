from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.rounding import CENT, EXACT, Rounding, RoundingMode, round_money, round_to_sen, without_noise

VALUES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)
STEPS = st.sampled_from(["0.01", "1", "100", "1000", "0.05", "25", "3", "2.5"]).map(Decimal)
MODES = st.sampled_from([RoundingMode.FLOOR, RoundingMode.HALF_UP])
POLICIES = st.builds(Rounding, MODES, STEPS)


@given(VALUES, POLICIES)
def test_the_result_is_a_multiple_of_the_step_and_near(value: Decimal, policy: Rounding) -> None:
    rounded = round_money(value, policy)
    assert rounded % policy.step == 0
    if policy.mode is RoundingMode.FLOOR:
        assert 0 <= value - rounded < policy.step
    else:
        assert abs(value - rounded) * 2 <= policy.step


@given(VALUES, POLICIES)
def test_rounding_again_changes_nothing(value: Decimal, policy: Rounding) -> None:
    once = round_money(value, policy)
    assert round_money(once, policy) == once


@given(VALUES, VALUES, POLICIES)
def test_order_is_kept(one: Decimal, other: Decimal, policy: Rounding) -> None:
    low, high = sorted((one, other))
    assert round_money(low, policy) <= round_money(high, policy)


@given(VALUES, STEPS)
def test_half_up_is_the_same_on_both_sides_of_zero(value: Decimal, step: Decimal) -> None:
    policy = Rounding(RoundingMode.HALF_UP, step)
    assert round_money(-value, policy) == -round_money(value, policy)


@given(VALUES)
def test_none_returns_the_value_itself(value: Decimal) -> None:
    assert round_money(value, EXACT) is value


@given(st.sampled_from([EXACT, CENT]) | POLICIES)
def test_parse_of_the_written_policy_is_identity(policy: Rounding) -> None:
    assert Rounding.parse(str(policy)) == policy


@pytest.mark.parametrize(
    "text", ["", "half-up", "floor:", "floor:0", "floor:-1", "ceil:1", "floor:1e3", "floor:1,5", "floor:NaN", "none:1"]
)
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="rounding"):
        Rounding.parse(text)


@pytest.mark.parametrize("step", ["0", "-1", "NaN", "Infinity"])
def test_a_step_must_be_positive(step: str) -> None:
    with pytest.raises(ValueError, match="positive"):
        Rounding(RoundingMode.FLOOR, Decimal(step))


def test_zero_has_no_sign() -> None:
    assert str(round_money(Decimal("-0.001"), CENT)) == "0.00"


@given(VALUES)
def test_an_amount_is_rounded_as_the_policy_of_the_sen_says(value: Decimal) -> None:
    for one in (value, -value, value.scaleb(-9)):
        assert str(round_to_sen(one)) == str(round_money(one, CENT))


def test_the_callers_precision_does_not_matter() -> None:
    with localcontext(prec=3):
        assert round_money(Decimal("1860078607.505"), CENT) == Decimal("1860078607.51")
        assert round_money(Decimal("1860078607.505"), Rounding.parse("floor:25")) == Decimal(1860078600)


def test_absurd_sums_still_round() -> None:
    assert round_money(Decimal("1E+120"), CENT) == Decimal("1E+120")


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("14999.999999999999999999999999999999999999999999", "15000"),
        ("0.3333333333333333333333333333333333333333333333", "0.33333333333333333333"),
        ("0.1250000000000000000000000000000000000000000001", "0.125"),
        ("0.125", "0.125"),
        ("0.0000000000000000000000000000000001", "1E-34"),
    ],
)
def test_noise_of_a_division_is_dropped(noisy: str, clean: str) -> None:
    assert str(without_noise(Decimal(noisy))) == clean
