"""Rounding: the only module that rounds money."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from enum import StrEnum

_TRAPS = [InvalidOperation, DivisionByZero, Overflow]

CALCULATION = Context(prec=50, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, traps=_TRAPS)
"""The arithmetic of the engine: copy it into `decimal.localcontext` once per calculation."""

# Wide enough that no figure a calculation under 50 digits can give is too long to quantize.
_WIDE = Context(prec=400, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, traps=_TRAPS)

_NOISE = Decimal("1E-20")
_MEANT_DIGITS = 40
_ONE = Decimal(1)
_SEN = Decimal("0.01")

_POLICY = re.compile(r"(floor|half-up):(\d{1,12}(?:\.\d{1,12})?)", re.ASCII)


class RoundingMode(StrEnum):
    NONE = "none"
    FLOOR = "floor"
    HALF_UP = "half-up"


# Looking a member up in its enumeration costs as much as rounding itself.
_NONE = RoundingMode.NONE


@dataclass(frozen=True, slots=True)
class Rounding:
    """A rounding policy: mode x step in rupiah. Written "none", "floor:1", "half-up:0.01".

    Construction fails with ValueError unless the step is positive and finite.
    """

    mode: RoundingMode
    step: Decimal = Decimal(1)
    decimal_mode: str = field(init=False, repr=False, compare=False)
    by_place: bool = field(init=False, repr=False, compare=False)
    """The step is one decimal place (0.01, 1), so that quantizing to it is the whole work."""

    def __post_init__(self) -> None:
        if not (self.step.is_finite() and self.step > 0):
            raise ValueError(f"a rounding step must be positive: {self.step}")
        mode = ROUND_FLOOR if self.mode is RoundingMode.FLOOR else ROUND_HALF_UP
        object.__setattr__(self, "decimal_mode", mode)
        object.__setattr__(self, "by_place", self.step.as_tuple().digits == (1,))

    @classmethod
    def parse(cls, text: str) -> Rounding:
        """Read "none", "floor:STEP" or "half-up:STEP"; STEP is a positive decimal.

        Raises ValueError for anything else.
        """
        wanted = text.strip().lower()
        if wanted == RoundingMode.NONE:
            return EXACT
        match = _POLICY.fullmatch(wanted)
        if match is None:
            raise ValueError(f"not a rounding policy: {text!r}")
        return cls(RoundingMode(match[1]), Decimal(match[2]))

    def __str__(self) -> str:
        return "none" if self.mode is RoundingMode.NONE else f"{self.mode}:{self.step:f}"


EXACT = Rounding(RoundingMode.NONE)
CENT = Rounding(RoundingMode.HALF_UP, _SEN)


def round_money(value: Decimal, policy: Rounding) -> Decimal:
    """`value` in rupiah, brought to a multiple of the policy's step. Floor goes towards minus infinity,
    half-up rounds a half away from zero. Under "none" the value is returned as it is.

    The result has as many decimals as the step and is never -0. `value` must be finite.
    """
    if policy.mode is _NONE:
        return value
    if policy.by_place:
        multiple = value.quantize(policy.step, policy.decimal_mode, _WIDE)
    else:
        multiple = _WIDE.multiply(_whole_steps(value, policy), policy.step)
    return multiple or multiple.copy_abs()


def round_to_sen(value: Decimal) -> Decimal:
    """round_money(value, CENT), which every amount of an estimate goes through."""
    sen = value.quantize(_SEN, ROUND_HALF_UP, _WIDE)
    return sen or sen.copy_abs()


def _whole_steps(value: Decimal, policy: Rounding) -> Decimal:
    """How many steps, found through the remainder: a quotient such as 1/3 would itself be rounded."""
    steps, rest = _WIDE.divmod(value, policy.step)
    if policy.mode is RoundingMode.FLOOR:
        return _WIDE.subtract(steps, 1) if rest < 0 else steps
    if _WIDE.multiply(rest.copy_abs(), 2) >= policy.step:
        return _WIDE.add(steps, _ONE.copy_sign(value))
    return steps


def round_places(value: Decimal, places: int) -> Decimal:
    """Half-up to `places` decimals, written with as many. Negative places round before the mark: to 100 for -2."""
    rounded = value.quantize(_ONE.scaleb(-places), ROUND_HALF_UP, _WIDE)
    return rounded if places >= 0 else rounded.quantize(_ONE, ROUND_HALF_UP, _WIDE)


def whole_below(value: Decimal) -> Decimal:
    """The largest whole number that is not more than `value`."""
    return value.to_integral_value(ROUND_FLOOR, _WIDE)


def whole_above(value: Decimal) -> Decimal:
    """The smallest whole number that is not less than `value`."""
    return value.to_integral_value(ROUND_CEILING, _WIDE)


def without_noise(value: Decimal) -> Decimal:
    """`value`, brought to 20 decimals if it has more than 40 digits: those come from a division only.

    A day's wage / 7 never ends; added up, 14,999.999... may stand where 15,000 is meant, and that must not
    decide which side of a step a sum falls on.
    """
    # A text so short holds no more digits, and is made faster than the tuple of them.
    if len(str(value)) <= _MEANT_DIGITS or len(value.as_tuple().digits) <= _MEANT_DIGITS:
        return value
    rounded = value.quantize(_NOISE, ROUND_HALF_EVEN, _WIDE)
    whole = rounded.to_integral_value(context=_WIDE)
    return whole if whole == rounded else rounded.normalize(_WIDE)
