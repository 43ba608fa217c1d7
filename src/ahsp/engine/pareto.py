"""Pareto: the few items or resources that carry most of the cost, as classes A, B and C."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Generic, TypeVar

from ahsp.engine.rounding import CALCULATION

T = TypeVar("T")

A_UP_TO = Decimal("0.80")
B_UP_TO = Decimal("0.95")

_ZERO = Decimal(0)


class Grade(StrEnum):
    """A carries the first 80 % of the cost, B what follows up to 95 %, C the rest."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """`share` and `cumulative`, this one included, are fractions of the sum of all amounts above 0, unrounded."""

    value: T
    amount: Decimal
    share: Decimal
    cumulative: Decimal
    grade: Grade


def pareto(amounts: Iterable[tuple[T, Decimal]]) -> tuple[Ranked[T], ...]:
    """Largest amount first; of equal ones the earlier stays first.

    Whatever begins below a limit belongs to its class, so that the one that crosses 80 % is still in A. Amounts of 0
    and below come last, in C: they carry nothing. `amount` in rupiah.
    """
    ordered = sorted(amounts, key=lambda pair: pair[1], reverse=True)
    ranked: list[Ranked[T]] = []
    with localcontext(CALCULATION):
        total = sum((amount for _, amount in ordered if amount > 0), _ZERO)
        so_far = _ZERO
        for value, amount in ordered:
            grade = _grade(so_far, amount, total)
            so_far += amount
            share, cumulative = (amount / total, so_far / total) if total else (_ZERO, _ZERO)
            ranked.append(Ranked(value, amount, share, cumulative, grade))
    return tuple(ranked)


def _grade(before: Decimal, amount: Decimal, total: Decimal) -> Grade:
    """Compared as amounts: a quotient such as 1/3 would itself be cut off."""
    if amount > 0:
        if before < A_UP_TO * total:
            return Grade.A
        if before < B_UP_TO * total:
            return Grade.B
    return Grade.C
