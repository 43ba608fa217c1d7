"""How much of a resource, or of a nested analysis, one unit of work takes, however deep it is nested."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import NamedTuple

from ahsp.engine.analysis import NestedLine, ResourceLine
from ahsp.engine.priced_analysis import PricedAnalysis, PricedLine
from ahsp.engine.resources import Resource
from ahsp.engine.rounding import CALCULATION

_ZERO = Decimal(0)
Matches = Callable[[PricedLine], bool]


class Taken(NamedTuple):
    """Per unit of work: `quantity` in the unit of what is taken, `cost` in rupiah, each None where nothing is known of
    it. `lines` of the analysis itself name it; with none of them it is taken through what is nested."""

    quantity: Decimal | None
    cost: Decimal | None
    lines: int


def of_resource(resource: Resource) -> Matches:
    return lambda one: isinstance(one.line, ResourceLine) and one.line.resource == resource


def of_analysis(code: str) -> Matches:
    return lambda one: isinstance(one.line, NestedLine) and one.line.analysis == code


class Taking:
    """Looks into each analysis once. `matches` says which lines name what is looked for."""

    def __init__(self, matches: Matches) -> None:
        self._matches = matches
        self._done: dict[str, Taken | None] = {}

    def of(self, priced: PricedAnalysis) -> Taken | None:
        """None for an analysis that takes nothing of it."""
        code = priced.analysis.code
        if code not in self._done:
            with localcontext(CALCULATION):
                self._done[code] = self._sum(priced)
        return self._done[code]

    def _sum(self, priced: PricedAnalysis) -> Taken | None:
        quantity: Decimal | None = None
        cost: Decimal | None = None
        lines, found = 0, False
        for one in priced.lines:
            matches = self._matches(one)
            part = _of_line(one) if matches else self._of_nested(one)
            if part is None:
                continue
            found = True
            lines += matches
            quantity, cost = _plus(quantity, part.quantity), _plus(cost, part.cost)
        return Taken(quantity, cost, lines) if found else None

    def _of_nested(self, one: PricedLine) -> Taken | None:
        line = one.line
        inner = None if one.nested is None else self.of(one.nested)
        if inner is None or not isinstance(line, NestedLine):
            return None
        return Taken(_times(line.coefficient, inner.quantity), _times(line.coefficient, inner.cost), 0)


def _of_line(one: PricedLine) -> Taken:
    coefficient = one.line.coefficient if isinstance(one.line, ResourceLine | NestedLine) else None
    return Taken(coefficient, one.amount, 1)


def _plus(total: Decimal | None, more: Decimal | None) -> Decimal | None:
    return total if more is None else (total or _ZERO) + more


def _times(coefficient: Decimal | None, value: Decimal | None) -> Decimal | None:
    return None if coefficient is None or value is None else coefficient * value
