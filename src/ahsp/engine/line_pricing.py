"""The lines of an analysis: resources, nested analyses, lump sums, percentages and information rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from ahsp.engine.analysis import (
    Analysis,
    AnalysisLine,
    InformationLine,
    LumpSumLine,
    NestedLine,
    ResourceLine,
)
from ahsp.engine.issues import Issue, error
from ahsp.engine.nesting import MAX_DEPTH, Nesting
from ahsp.engine.percentages import fill_in_percentages
from ahsp.engine.priced_analysis import PricedAnalysis, PricedLine, Status, unpriced
from ahsp.engine.prices import FoundPrice, PriceTable, find_price
from ahsp.engine.resources import Resource, ResourceKind

LUMP_SUM = "ls"

PriceAnalysis = Callable[[str, Analysis], PricedAnalysis]
"""Prices an analysis, known by its code."""


class LinePricer:
    """Prices lines of every sort, each in full."""

    def __init__(self, table: PriceTable, analyses: Mapping[str, Analysis]) -> None:
        self._table = table
        self._analyses = analyses
        self._nesting = Nesting(analyses)
        self._found: dict[Resource, FoundPrice | None] = {}

    def price(self, code: str, lines: Sequence[AnalysisLine], price_analysis: PriceAnalysis) -> tuple[PricedLine, ...]:
        """One result for each of the `lines` of the analysis `code`, in their order.

        `price_analysis` prices those that nested lines name.
        """
        results = [self._price(code, line, price_analysis) for line in lines]
        # Last, for they rest on the others.
        fill_in_percentages(lines, results)
        return tuple(results)

    def _price(self, code: str, line: AnalysisLine, price_analysis: PriceAnalysis) -> PricedLine:
        if isinstance(line, ResourceLine):
            return self._resource(line)
        if isinstance(line, NestedLine):
            return self._nested(code, line, price_analysis)
        if isinstance(line, LumpSumLine):
            return _lump_sum(line)
        if isinstance(line, InformationLine):
            return PricedLine(line, None, None, None, Status.PRICED)
        return unpriced(line)

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

    def _nested(self, code: str, line: NestedLine, price_analysis: PriceAnalysis) -> PricedLine:
        issue = self._obstacle(code, line.analysis)
        if issue is not None:
            return unpriced(line, issue)
        nested = price_analysis(line.analysis, self._analyses[line.analysis])
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
