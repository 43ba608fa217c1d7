"""Recorded factors between units: whether those of one resource agree with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal, localcontext
from typing import NamedTuple

from ahsp.engine.prices import PERSON_DAY, PERSON_HOURS, Conversion
from ahsp.engine.rounding import CALCULATION
from ahsp.engine.units import fold_unit

TOLERANCE = Decimal("0.001")
"""How far two ways between the same units may differ: a factor written with few digits is not a contradiction."""
_ONE = Decimal(1)
_PERSON_UNITS = frozenset(map(fold_unit, (PERSON_DAY, *PERSON_HOURS)))


class Contradiction(NamedTuple):
    """1 `from_unit` is `factor` `to_unit` by `conversion`, and `other` by those recorded before it."""

    conversion: Conversion
    other: Decimal


def first_contradiction(conversions: Iterable[Conversion]) -> Contradiction | None:
    """The first that says another thing than those before it, whichever way round: None if all agree.

    Each set of units that factors join has one measure; a factor that joins two sets gives them one, a factor within
    a set must agree with what it has.
    """
    by_name: dict[str, list[Conversion]] = defaultdict(list)
    for one in conversions:
        by_name[one.name].append(one)
    with localcontext(CALCULATION):
        found = (_check(group) for group in by_name.values())
        return next((one for one in found if one is not None), None)


def _check(conversions: Iterable[Conversion]) -> Contradiction | None:
    measures: dict[str, tuple[set[str], dict[str, Decimal]]] = {}
    for one in conversions:
        left = measures.setdefault(one.from_unit, ({one.from_unit}, {one.from_unit: _ONE}))
        right = measures.setdefault(one.to_unit, ({one.to_unit}, {one.to_unit: _ONE}))
        if left is right:
            known = left[1][one.from_unit] / left[1][one.to_unit]
            if abs(known / one.factor - _ONE) > TOLERANCE:
                return Contradiction(one, known)
            continue
        # 1 from_unit weighs `factor` to_unit: the right set is measured anew in the units of the left one.
        scale = left[1][one.from_unit] / (one.factor * right[1][one.to_unit])
        for unit in right[0]:
            left[0].add(unit)
            left[1][unit] = right[1][unit] * scale
            measures[unit] = left
    return None


def is_matter_of_hours(from_unit: str, to_unit: str) -> bool:
    """Whether the two are person-days and person-hours, which nothing bridges but the working hours a day."""
    return {fold_unit(from_unit), fold_unit(to_unit)} <= _PERSON_UNITS and fold_unit(from_unit) != fold_unit(to_unit)
