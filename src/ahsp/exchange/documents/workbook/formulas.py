"""Roundings as spreadsheet formulas that a binary float cannot lead astray.

A spreadsheet counts in binary: 107360 may arrive as 107359.99999999999, and a floor would lose a rupiah. So the
value is first rounded to more digits than matter, then brought to the step. How many digits is chosen for each
value such that the result stays the exact one, which the engine has already found.
"""

from __future__ import annotations

from decimal import Decimal

from ahsp.engine.rounding import Rounding, RoundingMode, round_money, round_places

_ORDINARY_DIGITS = 6
_DIGITS = (_ORDINARY_DIGITS, 5, 4, 7, 8, 9, 10, 11)
_FLOAT_NOISE = Decimal(2) ** -49  # relative; sixteen times what one operation may lose


def rounding_formula(expression: str, exact: Decimal | None, policy: Rounding) -> str:
    """`expression`, whose exact value is `exact`, under `policy`; None for a value that is not known yet."""
    if policy.mode is RoundingMode.NONE:
        return expression
    digits = _ORDINARY_DIGITS if exact is None else _guard_digits(exact, policy)
    return _stepped(f"ROUND({expression},{digits})", policy)


def _guard_digits(exact: Decimal, policy: Rounding) -> int:
    """The first number of digits that swallows the noise of floats and leaves the result as it is."""
    result = round_money(exact, policy)
    noise = abs(exact) * _FLOAT_NOISE
    loud = None
    for digits in _DIGITS:
        if round_money(round_places(exact, digits), policy) == result:
            if noise * 2 < Decimal(1).scaleb(-digits):
                return digits
            loud = loud or digits
    # A value this large and this close to an edge leaves no room for a guard that is quiet as well.
    return loud or _ORDINARY_DIGITS


def _stepped(value: str, policy: Rounding) -> str:
    """`value` at a multiple of the step; INT goes towards minus infinity, ROUND takes a half away from zero."""
    places = _places(policy.step)
    if policy.mode is RoundingMode.HALF_UP:
        return f"ROUND({value},{places})" if places is not None else _multiple(f"ROUND({value}/{{s}},0)", policy)
    if policy.step == 1:
        return f"INT({value})"
    # The quotient is a float again: 1.15/0.01 is 114.99999999999999.
    return _multiple(f"INT(ROUND({value}/{{s}},{_ORDINARY_DIGITS}))", policy)


def _places(step: Decimal) -> int | None:
    """2 for 0.01, 0 for 1, -3 for 1000; None where the step is no power of ten."""
    normal = step.normalize()
    return -int(normal.as_tuple().exponent) if normal.as_tuple().digits == (1,) else None


def _multiple(steps: str, policy: Rounding) -> str:
    step = f"{policy.step:f}"
    return f"{steps.format(s=step)}*{step}"
