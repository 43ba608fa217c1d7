"""From a work item to its unit price and amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from ahsp.engine.analysis import Analysis
from ahsp.engine.boq import Estimate, WorkItem
from ahsp.engine.issues import Issue, Severity, error, warning
from ahsp.engine.priced_analysis import PricedAnalysis, Status
from ahsp.engine.priced_item import PricedItem, amount_of
from ahsp.engine.pricing import Pricer
from ahsp.engine.resources import Resource
from ahsp.engine.rounding import round_money, round_to_sen
from ahsp.engine.units import fold_unit

USUAL_OVERHEAD = (Decimal("0.10"), Decimal("0.15"))

_ZERO = Decimal(0)
_ONE = Decimal(1)

Parts = tuple[Decimal | None, Decimal, Decimal | None, PricedAnalysis | Analysis | None, Mapping[Resource, Decimal]]
"""The fields of PricedItem that its unit price and its analysis are told from."""

_NO_PRICES: Mapping[Resource, Decimal] = {}
_NOTHING: Parts = (None, _ZERO, None, None, _NO_PRICES)

# Looking such a name up in its class costs as much as a multiplication.
_PRICED, _UNPRICED = Status.PRICED, Status.UNPRICED

_unchecked = tuple.__new__
"""Makes a PricedItem past its check, which would calculate every amount a second time."""


class ItemPricer:
    """Prices the work items of one estimate. To be used under `localcontext(CALCULATION)`."""

    def __init__(self, estimate: Estimate) -> None:
        self._analyses = estimate.analyses
        self._recorded = estimate.prices.prices
        self._cost = Pricer(estimate.prices, estimate.analyses).cost
        self._overhead = estimate.settings.overhead
        self._factor = _ONE + self._overhead
        self._policy = estimate.settings.unit_price_rounding

    def price(self, item: WorkItem) -> PricedItem:
        """The loop of a large estimate: a plain item gives one object, the result."""
        code = item.analysis
        analysis = None if code is None else self._analyses.get(code)
        if code is None or analysis is None or item.unit_price is not None:
            return self._otherwise(item, analysis)
        cost = self._cost(code, analysis)
        source: Analysis | PricedAnalysis = analysis
        status, issues, overhead, factor = _PRICED, item.issues, self._overhead, self._factor
        if isinstance(cost, PricedAnalysis):
            source, status, issues = cost, cost.status, issues + cost.issues
            cost = cost.direct_cost
        if item.overhead is not None:
            overhead, factor = item.overhead, _ONE + item.overhead
            issues += overhead_issues(overhead)
        if item.unit != analysis.unit:
            issues += _unit_issues(item.unit, analysis.unit)
        rounded = round_money(cost * factor, self._policy)
        quantity = item.quantity
        if quantity is None or status is _UNPRICED:
            return _incomplete(item, status, issues, (cost, overhead, rounded, source, self._recorded))
        amount = round_to_sen(quantity * rounded)
        return _unchecked(PricedItem, (item, amount, status, issues, cost, overhead, rounded, source, self._recorded))

    def _otherwise(self, item: WorkItem, analysis: Analysis | None) -> PricedItem:
        """The line's own price stands, and what its analysis gives is only told beside it; or there is no price."""
        own, code = item.unit_price, item.analysis
        if own is None:
            problem = error("item.unpriced") if code is None else error("analysis.unknown", analysis=code)
            return _incomplete(item, _UNPRICED, (*item.issues, problem), _NOTHING)
        issues = item.issues
        if analysis is not None:
            issues += _unit_issues(item.unit, analysis.unit)
            computed = self.price(replace(item, unit_price=None)).rounded
            if computed is not None:
                figures = {"own": f"{own:f}", "computed": f"{computed:f}", "analysis": analysis.code}
                issues += (Issue("price.own_kept", Severity.INFO, figures),)
        elif code is not None:
            issues += (warning("analysis.unknown", analysis=code),)
        parts = (own, _ZERO, own, None, _NO_PRICES)
        if item.quantity is None:
            return _incomplete(item, _PRICED, issues, parts)
        return _unchecked(PricedItem, (item, amount_of(item.quantity, own), _PRICED, issues, *parts))


def _incomplete(item: WorkItem, status: Status, issues: tuple[Issue, ...], parts: Parts) -> PricedItem:
    """An item without quantity, or without any price: it has no amount."""
    if item.quantity is None:
        if not any(map(_explains_quantity, item.issues)):
            issues += (error("quantity.missing"),)
        if status is _PRICED:
            status = Status.PARTIAL
    if status is _UNPRICED:
        parts = (None, _ZERO, None, *parts[3:])
    return _unchecked(PricedItem, (item, None, status, issues, *parts))


def _explains_quantity(issue: Issue) -> bool:
    return issue.severity is Severity.ERROR and issue.code.startswith(("quantity.", "number."))


def _unit_issues(written: str, expected: str) -> tuple[Issue, ...]:
    if not written or not expected or fold_unit(written) == fold_unit(expected):
        return ()
    return (warning("unit.contradicts", unit=written, analysis_unit=expected),)


def overhead_issues(overhead: Decimal) -> tuple[Issue, ...]:
    """A warning for a rate of overhead and profit outside the usual; such a rate is used all the same."""
    low, high = USUAL_OVERHEAD
    if low <= overhead <= high:
        return ()
    return (warning("overhead.unusual", overhead=_percent(overhead), low=_percent(low), high=_percent(high)),)


def _percent(share: Decimal) -> str:
    """0.10 gives "10"."""
    return f"{(share * 100).normalize():f}"
