"""From an analysis and prices to A, B, C and D."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext

from ahsp.engine.analysis import Analysis, InformationLine, NestedLine, ResourceLine
from ahsp.engine.issues import Issue, error
from ahsp.engine.line_pricing import LinePricer
from ahsp.engine.nesting import MAX_DEPTH
from ahsp.engine.priced_analysis import PricedAnalysis, PricedLine, Status, group_sums, plain_analysis
from ahsp.engine.prices import PriceTable
from ahsp.engine.rounding import CALCULATION, without_noise

__all__ = ["MAX_DEPTH", "PricedAnalysis", "PricedLine", "Pricer", "Status", "price_analysis"]

_ZERO = Decimal(0)


def price_analysis(
    analysis: Analysis, prices: PriceTable, others: Mapping[str, Analysis] | None = None
) -> PricedAnalysis:
    """Price `analysis`; `others` holds the analyses that nested lines name, by code.

    A nested line on a cycle, or one that nests deeper than MAX_DEPTH, has an issue and is unpriced.
    """
    known = others or {}
    # Not copied without need: a catalog builds its analyses when they are asked for.
    if known.get(analysis.code) is not analysis:
        known = {**known, analysis.code: analysis}
    with localcontext(CALCULATION):
        return Pricer(prices, known).price(analysis.code, analysis)


class Pricer:
    """Prices each analysis once. To be used under `localcontext(CALCULATION)`."""

    def __init__(self, table: PriceTable, analyses: Mapping[str, Analysis]) -> None:
        self._recorded = table.prices
        self._line_pricer = LinePricer(table, analyses)
        self._done: dict[str, Decimal | PricedAnalysis] = {}

    def price(self, code: str, analysis: Analysis) -> PricedAnalysis:
        """The result for `analysis`, which is known as `code`."""
        cost = self.cost(code, analysis)
        return cost if isinstance(cost, PricedAnalysis) else plain_analysis(analysis, cost, self._recorded)

    def cost(self, code: str, analysis: Analysis) -> Decimal | PricedAnalysis:
        """D alone if each line of `analysis`, known as `code`, is a coefficient times a recorded price,
        else the result in full.

        Nearly every line of every estimate passes here. So nothing is asked of it and no object is made for it:
        a line of another sort, without coefficient or without recorded price stops the loop by its error.
        """
        done = self._done.get(code)
        if done is not None:
            return done
        recorded, direct_cost, plain = self._recorded, _ZERO, bool(analysis.lines)
        try:
            for line in analysis.lines:
                direct_cost += line.coefficient * recorded[line.resource]  # type: ignore[operator, union-attr]
        except (AttributeError, KeyError, TypeError):
            plain = False
        cost = self._done[code] = direct_cost if plain else self._in_full(code, analysis)
        return cost

    def _in_full(self, code: str, analysis: Analysis) -> PricedAnalysis:
        lines = self._line_pricer.price(code, analysis.lines, self.price)
        counted = [one for one in lines if not isinstance(one.line, InformationLine)]
        priced = sum(one.status is Status.PRICED for one in counted)
        missing = tuple(dict.fromkeys(name for one in counted for name in _missing(one)))
        status = Status.PRICED if priced == len(counted) else Status.PARTIAL
        if all(one.amount is None for one in counted):
            status = Status.UNPRICED
        issues = _summary(status, priced, len(counted), missing)
        issues += tuple(issue for one in counted for issue in one.issues if issue.code != "price.missing")
        direct_cost = without_noise(sum(group_sums(lines), _ZERO))
        return PricedAnalysis(analysis, direct_cost, status, priced, len(counted), missing, issues, lines)


def _missing(one: PricedLine) -> tuple[str, ...]:
    """What to look for so that this line can be priced; a percentage lacks what the lines it is of lack."""
    line = one.line
    if isinstance(line, NestedLine) and one.status is not Status.PRICED:
        return (one.nested and one.nested.missing) or (line.analysis,)
    if isinstance(line, ResourceLine):
        return (f"{line.resource.name} ({line.resource.unit})",) if one.issues else ()
    return (line.name,) if one.issues and not isinstance(line, NestedLine) else ()


def _summary(status: Status, priced: int, counted: int, missing: tuple[str, ...]) -> tuple[Issue, ...]:
    if counted == 0:
        return (error("analysis.empty"),)
    if status is Status.PRICED:
        return ()
    code = "analysis.partial" if status is Status.PARTIAL else "analysis.unpriced"
    return (error(code, priced=str(priced), counted=str(counted), missing="; ".join(missing)),)
