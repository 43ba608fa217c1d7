"""An estimate (RAB): sections and work items in, priced tree and totals out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple

from ahsp.engine.analysis import Analysis
from ahsp.engine.issues import Issue, Severity, error, warning
from ahsp.engine.prices import PriceTable
from ahsp.engine.pricing import PricedAnalysis, Pricer, Status
from ahsp.engine.rounding import CALCULATION, CENT, EXACT, Rounding, round_money
from ahsp.engine.units import fold_unit
from ahsp.engine.vat import Vat, VatRule, calculate_vat


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of the bill of quantities.

    `key` names it for the caller (a row number, an id). `analysis` is a code in Estimate.analyses;
    `unit_price` is the line's own price (HSP, rupiah per unit, before VAT) and wins over the analysis; with
    neither the line is UNPRICED. `overhead` (0.10) replaces the project's for this line. `issues` are those
    found while reading the line.
    """

    key: str
    number: str
    description: str
    unit: str
    quantity: Decimal | None
    analysis: str | None = None
    unit_price: Decimal | None = None
    overhead: Decimal | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (klasifikasi) with its work items and sections in document order, to any depth."""

    key: str
    number: str
    name: str
    children: tuple[Section | WorkItem, ...]


@dataclass(frozen=True, slots=True)
class EstimateSettings:
    """`overhead` is overhead and profit together, as a fraction of D (0.10). `vat` None means no VAT line."""

    overhead: Decimal
    vat: VatRule | None
    unit_price_rounding: Rounding = EXACT
    total_rounding: Rounding = EXACT


@dataclass(frozen=True, slots=True)
class Estimate:
    children: tuple[Section | WorkItem, ...]
    analyses: Mapping[str, Analysis]
    prices: PriceTable
    settings: EstimateSettings


class UnitPrice(NamedTuple):
    """E = overhead x D, F = D + E, and `rounded` = F after the project's policy: rupiah per unit.

    `own` is true for a price the line brought itself: there is no analysis, E is 0 and no policy applies.
    """

    direct_cost: Decimal
    overhead_rate: Decimal
    overhead_and_profit: Decimal
    exact: Decimal
    rounded: Decimal
    own: bool = False


class _PricedItemFields(NamedTuple):
    item: WorkItem
    analysis: PricedAnalysis | None
    unit_price: UnitPrice | None
    amount: Decimal | None
    status: Status
    issues: tuple[Issue, ...]


class PricedItem(_PricedItemFields):
    """amount = round(quantity x unit_price.rounded, 0.01). A PARTIAL amount is a lower bound; None says that
    nothing is known.

    Construction fails with ValueError if the amount is not that product.
    """

    __slots__ = ()

    def __new__(
        cls,
        item: WorkItem,
        analysis: PricedAnalysis | None,
        unit_price: UnitPrice | None,
        amount: Decimal | None,
        status: Status,
        issues: tuple[Issue, ...] = (),
    ) -> PricedItem:
        with localcontext(CALCULATION):
            expected = amount_of(item.quantity, unit_price)
        if amount != expected:
            raise ValueError(f"{item.key!r}: amount {amount}, but quantity x unit price is {expected}")
        return super().__new__(cls, item, analysis, unit_price, amount, status, issues)


def amount_of(quantity: Decimal | None, unit_price: UnitPrice | None) -> Decimal | None:
    """quantity x rounded unit price, half-up to the sen; None if either is not known."""
    if quantity is None or unit_price is None:
        return None
    return round_money(quantity * unit_price.rounded, CENT)


@dataclass(frozen=True, slots=True)
class PricedSection:
    """`total` is the sum of the amounts below; `incomplete` counts the items below that are not PRICED."""

    section: Section
    children: tuple[PricedSection | PricedItem, ...]
    total: Decimal
    incomplete: int


@dataclass(frozen=True, slots=True)
class PricedEstimate:
    """All in rupiah. When `complete` is false, subtotal, total and rounded_total are lower bounds.

    total = subtotal + VAT; rounded_total = total after the settings' total_rounding.
    """

    children: tuple[PricedSection | PricedItem, ...]
    settings: EstimateSettings
    subtotal: Decimal
    vat: Vat | None
    total: Decimal
    rounded_total: Decimal
    item_count: int
    incomplete: int
    issues: tuple[Issue, ...] = ()

    @property
    def complete(self) -> bool:
        return self.incomplete == 0

    def items(self) -> Iterator[PricedItem]:
        """Every priced work item in document order."""
        stack = [iter(self.children)]
        while stack:
            for child in stack[-1]:
                if isinstance(child, PricedItem):
                    yield child
                else:
                    stack.append(iter(child.children))
                    break
            else:
                stack.pop()


USUAL_OVERHEAD = (Decimal("0.10"), Decimal("0.15"))

_ZERO = Decimal(0)
_NO_MONEY = Decimal("0.00")

# Looking a member up in its enumeration costs as much as a multiplication.
_PRICED, _UNPRICED = Status.PRICED, Status.UNPRICED


def price_estimate(estimate: Estimate) -> PricedEstimate:
    """Price every item (each analysis once), then sum. Items and sections keep their order."""
    settings = estimate.settings
    with localcontext(CALCULATION):
        whole = _price_tree(estimate)
        vat = None if settings.vat is None else calculate_vat(whole.total, settings.vat)
        total = whole.total if vat is None else whole.total + vat.amount
    return PricedEstimate(
        children=tuple(whole.children),
        settings=settings,
        subtotal=whole.total,
        vat=vat,
        total=total,
        rounded_total=round_money(total, settings.total_rounding),
        item_count=whole.count,
        incomplete=whole.incomplete,
        issues=_overhead_issues(settings.overhead),
    )


class _OpenSection:
    """A section while its children are being priced."""

    __slots__ = ("children", "count", "incomplete", "rest", "section", "total")

    def __init__(self, section: Section) -> None:
        self.section = section
        self.rest = iter(section.children)
        self.children: list[PricedSection | PricedItem] = []
        self.total = _NO_MONEY
        self.count = 0
        self.incomplete = 0

    def add_item(self, item: PricedItem) -> None:
        self.children.append(item)
        self.count += 1
        if item.amount is not None:
            self.total += item.amount
        if item.status is not _PRICED:
            self.incomplete += 1

    def add_section(self, done: _OpenSection) -> None:
        self.children.append(PricedSection(done.section, tuple(done.children), done.total, done.incomplete))
        self.count += done.count
        self.total += done.total
        self.incomplete += done.incomplete


def _price_tree(estimate: Estimate) -> _OpenSection:
    """Without recursion, for sections may be nested to any depth."""
    price_item = _ItemPricer(estimate).price
    whole = _OpenSection(Section("", "", "", estimate.children))
    path = [whole]
    while path:
        section = path[-1]
        for child in section.rest:
            if isinstance(child, Section):
                path.append(_OpenSection(child))
                break
            section.add_item(price_item(child))
        else:
            path.pop()
            if path:
                path[-1].add_section(section)
    return whole


class _ItemPricer:
    def __init__(self, estimate: Estimate) -> None:
        self._analyses = estimate.analyses
        self._price_analysis = Pricer(estimate.prices, estimate.analyses).price
        self._overhead = estimate.settings.overhead
        self._policy = estimate.settings.unit_price_rounding

    def price(self, item: WorkItem) -> PricedItem:
        code = item.analysis
        found = None if code is None else self._analyses.get(code)
        if item.unit_price is not None:
            return self._keep_own(item, item.unit_price, found)
        if code is None or found is None:
            problem = error("item.unpriced") if code is None else error("analysis.unknown", analysis=code)
            return _conclude(item, None, None, _UNPRICED, (*item.issues, problem))
        analysis = self._price_analysis(code, found)
        issues = item.issues + analysis.issues
        if item.overhead is not None:
            issues += _overhead_issues(item.overhead)
        if item.unit != found.unit:
            issues += _unit_issues(item.unit, found.unit)
        return _conclude(item, analysis, self._unit_price(item, analysis), analysis.status, issues)

    def _unit_price(self, item: WorkItem, analysis: PricedAnalysis) -> UnitPrice | None:
        if analysis.status is _UNPRICED:
            return None
        direct_cost = analysis.direct_cost
        overhead = self._overhead if item.overhead is None else item.overhead
        added = overhead * direct_cost
        exact = direct_cost + added
        fields = (direct_cost, overhead, added, exact, round_money(exact, self._policy), False)
        return tuple.__new__(UnitPrice, fields)

    def _keep_own(self, item: WorkItem, price: Decimal, found: Analysis | None) -> PricedItem:
        """The line's own price stands; what its analysis gives is only told beside it."""
        issues = item.issues
        if found is not None:
            issues += _unit_issues(item.unit, found.unit)
            computed = self._unit_price(item, self._price_analysis(str(item.analysis), found))
            if computed is not None:
                figures = {"own": f"{price:f}", "computed": f"{computed.rounded:f}", "analysis": found.code}
                issues += (Issue("price.own_kept", Severity.INFO, figures),)
        elif item.analysis is not None:
            issues += (warning("analysis.unknown", analysis=item.analysis),)
        own = UnitPrice(price, _ZERO, _ZERO, price, price, own=True)
        return _conclude(item, None, own, _PRICED, issues)


def _conclude(
    item: WorkItem,
    analysis: PricedAnalysis | None,
    unit_price: UnitPrice | None,
    status: Status,
    issues: tuple[Issue, ...],
) -> PricedItem:
    quantity = item.quantity
    if quantity is None:
        if not any(map(_explains_quantity, item.issues)):
            issues += (error("quantity.missing"),)
        if status is _PRICED:
            status = Status.PARTIAL
    amount = amount_of(quantity, unit_price)
    # The amount follows from its parts here, so the constructor's check of it is passed by.
    return tuple.__new__(PricedItem, (item, analysis, unit_price, amount, status, issues))


def _explains_quantity(issue: Issue) -> bool:
    return issue.severity is Severity.ERROR and issue.code.startswith(("quantity.", "number."))


def _unit_issues(written: str, expected: str) -> tuple[Issue, ...]:
    if not written or not expected or fold_unit(written) == fold_unit(expected):
        return ()
    return (warning("unit.contradicts", unit=written, analysis_unit=expected),)


def _overhead_issues(overhead: Decimal) -> tuple[Issue, ...]:
    low, high = USUAL_OVERHEAD
    if low <= overhead <= high:
        return ()
    return (warning("overhead.unusual", overhead=_percent(overhead), low=_percent(low), high=_percent(high)),)


def _percent(share: Decimal) -> str:
    """0.10 gives "10"."""
    return f"{(share * 100).normalize():f}"
