"""From an analysis and prices to A, B, C and D."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext

from ahsp.engine.analysis import Analysis, InformationLine, NestedLine, ResourceLine
from ahsp.engine.issues import Issue, error
from ahsp.engine.lines import LinePricer
from ahsp.engine.nesting import MAX_DEPTH
from ahsp.engine.priced import PricedAnalysis, PricedLine, Result, Status, unpriced
from ahsp.engine.prices import PriceTable
from ahsp.engine.resources import ResourceKind
from ahsp.engine.rounding import CALCULATION

__all__ = ["MAX_DEPTH", "PricedAnalysis", "PricedLine", "Pricer", "Status", "price_analysis"]

Groups = tuple[Decimal, Decimal, Decimal]
"""A, B and C."""

_ZERO = Decimal(0)


def price_analysis(
    analysis: Analysis, prices: PriceTable, others: Mapping[str, Analysis] | None = None
) -> PricedAnalysis:
    """Price `analysis`; `others` holds the analyses that nested lines name, by code.

    A nested line on a cycle, or one that nests deeper than MAX_DEPTH, has an issue and is unpriced.
    """
    with localcontext(CALCULATION):
        return Pricer(prices, {**(others or {}), analysis.code: analysis}).price(analysis.code)


class Pricer:
    """Prices each analysis once. To be used under `localcontext(CALCULATION)`."""

    def __init__(self, table: PriceTable, analyses: Mapping[str, Analysis]) -> None:
        self._analyses = analyses
        self._recorded = table.prices.get
        self._line_pricer = LinePricer(table, analyses, self.price)
        self._done: dict[str, PricedAnalysis] = {}

    def price(self, code: str) -> PricedAnalysis:
        """The result for the analysis `code`. KeyError if there is none."""
        done = self._done.get(code)
        if done is None:
            done = self._done[code] = self._price(code, self._analyses[code])
        return done

    def _price(self, code: str, analysis: Analysis) -> PricedAnalysis:
        """Lines with a recorded price are done in this loop, without a call or an object for each:
        it runs for nearly every line of every estimate. The others are left to the line pricer."""
        recorded, labor_kind, material_kind = self._recorded, ResourceKind.LABOR, ResourceKind.MATERIAL
        labor = material = equipment = _ZERO
        prices: list[Decimal | None] = []
        results: list[Result] = []
        later: list[int] = []
        for line in analysis.lines:
            if type(line) is ResourceLine:
                resource, coefficient = line.resource, line.coefficient
                price = recorded(resource)
                if price is not None and coefficient is not None:
                    amount = coefficient * price
                    kind = resource[0]
                    if kind is labor_kind:
                        labor += amount
                    elif kind is material_kind:
                        material += amount
                    else:
                        equipment += amount
                    prices.append(price)
                    results.append(amount)
                    continue
            later.append(len(results))
            prices.append(None)
            results.append(unpriced(line))
        groups = (labor, material, equipment)
        if later or not results:
            self._line_pricer.complete(code, analysis, results, later)
            return _gathered(analysis, groups, prices, results)
        direct, count = labor + material + equipment, len(results)
        return PricedAnalysis(analysis, *groups, direct, Status.PRICED, count, count, (), (), prices, results)


def _gathered(
    analysis: Analysis, plain: Groups, prices: Sequence[Decimal | None], results: Sequence[Result]
) -> PricedAnalysis:
    """The sums of the plain lines and those of all others, and what there is to say about them."""
    special = [one for one in results if isinstance(one, PricedLine)]
    parts = [plain, *(_spread(one) for one in special)]
    labor, material, equipment = (sum(group, _ZERO) for group in zip(*parts, strict=True))
    counted = [one for one in special if not isinstance(one.line, InformationLine)]
    whole = len(results) - len(special)
    priced = whole + sum(one.status is Status.PRICED for one in counted)
    missing = tuple(dict.fromkeys(name for one in counted for name in _missing(one)))
    known = whole + sum(one.amount is not None for one in counted)
    count = whole + len(counted)
    status = Status.PRICED if priced == count else Status.PARTIAL
    issues = tuple(issue for one in counted for issue in one.issues if issue.code != "price.missing")
    if not known:
        status = Status.UNPRICED
    direct = labor + material + equipment
    issues = _summary(status, priced, count, missing) + issues
    groups = (labor, material, equipment)
    return PricedAnalysis(analysis, *groups, direct, status, priced, count, missing, issues, prices, results)


def _spread(one: PricedLine) -> Groups:
    """The amount in its group; that of a nested line in the groups it comes from."""
    if one.nested is not None and one.amount is not None and isinstance(one.line, NestedLine):
        times = one.line.coefficient or _ZERO
        return times * one.nested.labor, times * one.nested.material, times * one.nested.equipment
    amount = one.amount or _ZERO
    return (
        amount if one.kind is ResourceKind.LABOR else _ZERO,
        amount if one.kind is ResourceKind.MATERIAL else _ZERO,
        amount if one.kind is ResourceKind.EQUIPMENT else _ZERO,
    )


def _missing(one: PricedLine) -> tuple[str, ...]:
    """What to look for so that this line can be priced; a percentage lacks what the lines it is of lack."""
    if one.nested is not None and one.nested.missing:
        return one.nested.missing
    if not one.issues:
        return ()
    line = one.line
    if isinstance(line, ResourceLine):
        return (f"{line.resource.name} ({line.resource.unit})",)
    return (line.analysis if isinstance(line, NestedLine) else line.name,)


def _summary(status: Status, priced: int, counted: int, missing: tuple[str, ...]) -> tuple[Issue, ...]:
    if counted == 0:
        return (error("analysis.empty"),)
    if status is Status.PRICED:
        return ()
    code = "analysis.partial" if status is Status.PARTIAL else "analysis.unpriced"
    return (error(code, priced=str(priced), counted=str(counted), missing="; ".join(missing)),)
