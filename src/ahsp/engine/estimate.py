"""An estimate (RAB): sections and work items in, priced tree and totals out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from ahsp.engine.boq import Estimate, EstimateSettings, Section, WorkItem
from ahsp.engine.issues import Issue
from ahsp.engine.item_pricing import ItemPricer, overhead_issues
from ahsp.engine.priced_analysis import Status
from ahsp.engine.priced_item import PricedItem, UnitPrice
from ahsp.engine.rounding import CALCULATION, round_money
from ahsp.engine.vat import Vat, calculate_vat

__all__ = [
    "Estimate",
    "EstimateSettings",
    "PricedEstimate",
    "PricedItem",
    "PricedSection",
    "Section",
    "UnitPrice",
    "WorkItem",
    "price_estimate",
]


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


_NO_MONEY = Decimal("0.00")
_PRICED = Status.PRICED


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
        issues=overhead_issues(settings.overhead),
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

    def price_items(self, price_item: Callable[[WorkItem], PricedItem]) -> Section | None:
        """Price the items up to the next section and return that; None at the end."""
        add, total, before = self.children.append, self.total, len(self.children)
        inner = None
        for child in self.rest:
            if isinstance(child, Section):
                inner = child
                break
            priced = price_item(child)
            add(priced)
            amount = priced.amount
            if amount is not None:
                total += amount
            if priced.status is not _PRICED:
                self.incomplete += 1
        self.total = total
        self.count += len(self.children) - before
        return inner

    def add_section(self, done: _OpenSection) -> None:
        self.children.append(PricedSection(done.section, tuple(done.children), done.total, done.incomplete))
        self.count += done.count
        self.total += done.total
        self.incomplete += done.incomplete


def _price_tree(estimate: Estimate) -> _OpenSection:
    """Without recursion, for sections may be nested to any depth."""
    price_item = ItemPricer(estimate).price
    whole = _OpenSection(Section("", "", "", estimate.children))
    path = [whole]
    while path:
        inner = path[-1].price_items(price_item)
        if inner is not None:
            path.append(_OpenSection(inner))
            continue
        done = path.pop()
        if path:
            path[-1].add_section(done)
    return whole
