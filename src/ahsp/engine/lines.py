"""Lines that are more than coefficient x recorded price: converted or missing prices, nested analyses,
lump sums, percentages and information rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from ahsp.engine.analysis import (
    Analysis,
    InformationLine,
    LumpSumLine,
    NestedLine,
    ResourceLine,
)
from ahsp.engine.issues import Issue, error
from ahsp.engine.nesting import MAX_DEPTH, Nesting
from ahsp.engine.percentages import fill_in_percentages
from ahsp.engine.priced import PricedAnalysis, PricedLine, Result, Status, unpriced
from ahsp.engine.prices import FoundPrice, PriceTable, find_price
from ahsp.engine.resources import Resource, ResourceKind

LUMP_SUM = "ls"


class LinePricer:
    """Prices the lines the plain loop of `Pricer` leaves; asks `price_nested` for other analyses by code."""

    def __init__(
        self,
        table: PriceTable,
        analyses: Mapping[str, Analysis],
        price_nested: Callable[[str], PricedAnalysis],
    ) -> None:
        self._table = table
        self._analyses = analyses
        self._price_nested = price_nested
        self._nesting = Nesting(analyses)
        self._found: dict[Resource, FoundPrice | None] = {}

    def complete(self, code: str, analysis: Analysis, results: list[Result], later: Sequence[int]) -> None:
        """Replace the results of `analysis` (known as `code`) at the places `later`, unpriced so far."""
        lines = analysis.lines
        for at in later:
            line = lines[at]
            if isinstance(line, ResourceLine):
                results[at] = self._resource(line)
            elif isinstance(line, NestedLine):
                results[at] = self._nested(code, line)
            elif isinstance(line, LumpSumLine):
                results[at] = _lump_sum(line)
            elif isinstance(line, InformationLine):
                results[at] = PricedLine(line, None, None, None, Status.PRICED)
        # Last, for they rest on the others.
        fill_in_percentages(lines, results)

    def _find(self, resource: Resource) -> FoundPrice | None:
        if resource not in self._found:
            self._found[resource] = find_price(self._table, resource)
        return self._found[resource]

    def _resource(self, line: ResourceLine) -> PricedLine:
        resource = line.resource
        found = self._find(resource)
        issues = _coefficient_missing(resource.name, line.coefficient)
        if found is None:
            issues += (error("price.missing", resource=resource.name, unit=resource.unit),)
        price = found.price if found else None
        return _product(line, resource.kind, price, issues, found=found)

    def _nested(self, code: str, line: NestedLine) -> PricedLine:
        issue = self._obstacle(code, line.analysis)
        if issue is not None:
            return unpriced(line, issue)
        nested = self._price_nested(line.analysis)
        issues = _coefficient_missing(line.analysis, line.coefficient)
        price = None if nested.status is Status.UNPRICED else nested.direct_cost
        return _product(line, None, price, issues, nested=nested)

    def _obstacle(self, outer: str, inner: str) -> Issue | None:
        if inner not in self._analyses:
            return error("analysis.unknown", analysis=inner)
        if self._nesting.on_one_cycle(outer, inner):
            return error("analysis.cycle", analysis=inner, within=outer)
        if self._nesting.height(inner) >= MAX_DEPTH:
            return error("analysis.too_deep", analysis=inner, depth=str(MAX_DEPTH))
        return None


def _coefficient_missing(name: str, coefficient: Decimal | None) -> tuple[Issue, ...]:
    return (error("coefficient.missing", line=name),) if coefficient is None else ()


def _lump_sum(line: LumpSumLine) -> PricedLine:
    issues = _coefficient_missing(line.name, line.coefficient)
    if line.price is None:
        issues += (error("price.missing", resource=line.name, unit=LUMP_SUM),)
    return _product(line, line.kind, line.price, issues)


def _product(
    line: ResourceLine | LumpSumLine | NestedLine,
    kind: ResourceKind | None,
    price: Decimal | None,
    issues: tuple[Issue, ...],
    found: FoundPrice | None = None,
    nested: PricedAnalysis | None = None,
) -> PricedLine:
    """coefficient x price, or nothing if either lacks; a nested lower bound gives a lower bound."""
    if price is None or line.coefficient is None:
        return PricedLine(line, kind, price, None, Status.UNPRICED, found, nested, issues)
    status = nested.status if nested else Status.PRICED
    return PricedLine(line, kind, price, line.coefficient * price, status, found, nested, issues)
