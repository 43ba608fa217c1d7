"""Rounding: the only module that rounds money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum


class RoundingMode(StrEnum):
    NONE = "none"
    FLOOR = "floor"
    HALF_UP = "half-up"


@dataclass(frozen=True, slots=True)
class Rounding:
    """A rounding policy: mode x step in rupiah. Written "none", "floor:1", "half-up:0.01"."""

    mode: RoundingMode
    step: Decimal = Decimal(1)

    @classmethod
    def parse(cls, text: str) -> Rounding:
        """Read "none", "floor:STEP" or "half-up:STEP"; STEP is a positive decimal.

        Raises ValueError for anything else.
        """
        raise NotImplementedError

    def __str__(self) -> str:
        raise NotImplementedError


EXACT = Rounding(RoundingMode.NONE)
CENT = Rounding(RoundingMode.HALF_UP, Decimal("0.01"))


def round_money(value: Decimal, policy: Rounding) -> Decimal:
    """`value` in rupiah, brought to a multiple of the policy's step. Floor goes towards minus infinity,
    half-up rounds a half away from zero. Under "none" the value is returned as it is."""
    raise NotImplementedError
