"""Which work items take a resource, through their analyses and those nested in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ahsp.engine.analysis import Analysis, AnalysisLine, LumpSumLine, ResourceLine
from ahsp.engine.estimate import PricedEstimate, PricedItem
from ahsp.engine.priced_analysis import PricedAnalysis, code_of
from ahsp.engine.resources import Resource


def items_by_resource(estimate: PricedEstimate) -> dict[Resource, int]:
    """How many items take each resource, with or without quantity. Items with a price of their own take none."""
    analyses: dict[str, Analysis | PricedAnalysis] = {}
    items: Counter[str] = Counter()
    for one in estimate.items():
        if one.source is not None:
            code = code_of(one.source)
            analyses[code] = one.source
            items[code] += 1
    found: Counter[Resource] = Counter()
    for code, source in analyses.items():
        for resource in set(_resources(source)):
            found[resource] += items[code]
    return dict(found)


def items_taking(estimate: PricedEstimate, resource: Resource) -> Iterator[PricedItem]:
    """The items that take `resource`, in document order."""
    known: dict[str, bool] = {}
    for one in estimate.items():
        if one.source is None:
            continue
        code = code_of(one.source)
        if code not in known:
            known[code] = resource in set(_resources(one.source))
        if known[code]:
            yield one


def count_with_lump_sum(items: Iterable[PricedItem]) -> int:
    """How many of the items take a lump sum, through whatever analysis."""
    known: dict[str, bool] = {}
    found = 0
    for one in items:
        if one.source is None:
            continue
        code = code_of(one.source)
        if code not in known:
            known[code] = any(isinstance(line, LumpSumLine) for line in _lines(one.source))
        found += known[code]
    return found


def _resources(source: Analysis | PricedAnalysis) -> Iterator[Resource]:
    return (line.resource for line in _lines(source) if isinstance(line, ResourceLine))


def _lines(source: Analysis | PricedAnalysis) -> Iterator[AnalysisLine]:
    """The lines, and those of nested analyses; each of these is looked into once."""
    if isinstance(source, Analysis):
        yield from source.lines
        return
    waiting, seen = [source], {source.analysis.code}
    while waiting:
        for one in waiting.pop().lines:
            yield one.line
            if one.nested is not None and one.nested.analysis.code not in seen:
                seen.add(one.nested.analysis.code)
                waiting.append(one.nested)
