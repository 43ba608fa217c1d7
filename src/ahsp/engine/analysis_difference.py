"""An analysis against the one it was made from: which lines differ, in what, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Any

from ahsp.engine.analysis import (
    AnalysisLine,
    InformationLine,
    LumpSumLine,
    NestedLine,
    PercentageLine,
    ResourceLine,
)
from ahsp.engine.priced_analysis import PricedAnalysis, PricedLine, Status
from ahsp.engine.rounding import CALCULATION

Origins = Mapping[int, int]
"""Position of a line of the reference, by the position of the line that was made from it."""


class Change(StrEnum):
    """What became of a line of the reference."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class LineDifference:
    """One line: as it is (`own`, None if removed) and as the reference has it (None if added).

    `fields` names what differs, as line_values calls it. `effect` is what it adds to D over the reference, in rupiah
    per unit of work; None where one of the two is not fully priced. A line that is the same may have one: a percentage
    whose base changed, a nested analysis.
    """

    change: Change
    own: PricedLine | None
    reference: PricedLine | None
    fields: tuple[str, ...]
    effect: Decimal | None


def differences(own: PricedAnalysis, reference: PricedAnalysis, origins: Origins) -> tuple[LineDifference, ...]:
    """Every line of both: those of `own` in their order, removed ones behind the line that stood before them."""
    made_from = {one.line.position: one for one in reference.lines}
    taken: dict[int, PricedLine] = {}
    added: set[int] = set()
    for one in own.lines:
        origin = origins.get(one.line.position)
        if origin in made_from and origin not in taken:
            taken[origin] = one
        else:
            added.add(one.line.position)
    removed = _removed_behind(reference.lines, taken)
    with localcontext(CALCULATION):
        found = [_difference(None, one, origins) for one in removed.get(None, ())]
        for one in own.lines:
            if one.line.position in added:
                found.append(_difference(one, None, origins))
                continue
            origin = origins[one.line.position]
            found.append(_difference(one, made_from[origin], origins))
            found += [_difference(None, gone, origins) for gone in removed.get(origin, ())]
    return tuple(found)


def _removed_behind(lines: Iterable[PricedLine], taken: Mapping[int, PricedLine]) -> dict[int | None, list[PricedLine]]:
    """Lines of the reference that are gone, by the position of the last one before them that is not."""
    last: int | None = None
    found: dict[int | None, list[PricedLine]] = {}
    for one in lines:
        if one.line.position in taken:
            last = one.line.position
        else:
            found.setdefault(last, []).append(one)
    return found


def _difference(own: PricedLine | None, reference: PricedLine | None, origins: Origins) -> LineDifference:
    if own is None or reference is None:
        change = Change.ADDED if reference is None else Change.REMOVED
        return LineDifference(change, own, reference, (), _effect(own, reference))
    mine, theirs = line_values(own.line, origins), line_values(reference.line)
    fields = tuple(name for name in (*mine, *(theirs.keys() - mine.keys())) if mine.get(name) != theirs.get(name))
    return LineDifference(Change.CHANGED if fields else Change.SAME, own, reference, fields, _effect(own, reference))


def _effect(own: PricedLine | None, reference: PricedLine | None) -> Decimal | None:
    both = [one for one in (own, reference) if one is not None]
    if any(one.status is not Status.PRICED for one in both):
        return None
    return _cost(own) - _cost(reference)


def _cost(one: PricedLine | None) -> Decimal:
    return Decimal(0) if one is None or one.amount is None else one.amount


def total_effect(own: PricedAnalysis, reference: PricedAnalysis) -> Decimal | None:
    """What D is above that of the reference; None unless both are fully priced."""
    if own.status is not Status.PRICED or reference.status is not Status.PRICED:
        return None
    with localcontext(CALCULATION):
        return own.direct_cost - reference.direct_cost


def line_values(line: AnalysisLine, origins: Origins | None = None) -> dict[str, Any]:
    """What a line says, by name. `of` holds positions of the reference where `origins` know them."""
    return dict(_values(line, origins))


def _values(line: AnalysisLine, origins: Origins | None) -> Iterator[tuple[str, Any]]:
    if isinstance(line, ResourceLine):
        kind, name, unit = line.resource
        yield from _named("resource", kind.value, name)
        yield "unit", unit
        yield "coefficient", line.coefficient
    elif isinstance(line, NestedLine):
        yield "line_kind", "nested"
        yield "nested_code", line.analysis
        yield "coefficient", line.coefficient
    elif isinstance(line, PercentageLine):
        yield from _named("percentage", line.kind.value, line.name)
        yield "percent", line.percent
        # A line that the reference lacks is told from its positions by the sign.
        places = line.of if origins is None else tuple(origins.get(one, -one) for one in line.of)
        yield "of", frozenset(places)
    elif isinstance(line, LumpSumLine):
        yield from _named("lump_sum", line.kind.value, line.name)
        yield "coefficient", line.coefficient
        yield "price", line.price
    elif isinstance(line, InformationLine):
        yield "line_kind", "information"
        yield "name", line.name


def _named(line_kind: str, group: str, name: str) -> Iterator[tuple[str, Any]]:
    yield "line_kind", line_kind
    yield "group_kind", group
    yield "name", name
