"""An estimate (RAB): sections and work items in, priced tree and totals out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ahsp.engine.analysis import Analysis
from ahsp.engine.issues import Issue
from ahsp.engine.prices import PriceTable
from ahsp.engine.pricing import PricedAnalysis, Status
from ahsp.engine.rounding import EXACT, Rounding
from ahsp.engine.vat import Vat, VatRule


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of the bill of quantities.

    `key` names it for the caller (a row number, an id). `analysis` is a code in Estimate.analyses; `unit_price` is
    the line's own price (HSP, rupiah per unit, before VAT) and wins over the analysis; with neither the line is UNPRICED.
    `overhead` (0.10) replaces the project's for this line. `issues` are those found while reading the line.
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


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """E = overhead x D, F = D + E, and `rounded` = F after the project's policy: rupiah per unit.

    `own` is true for a price the line brought itself; then there is no analysis and E is 0.
    """

    direct_cost: Decimal
    overhead_rate: Decimal
    overhead_and_profit: Decimal
    exact: Decimal
    rounded: Decimal
    own: bool = False


@dataclass(frozen=True, slots=True)
class PricedItem:
    """amount = round(quantity x unit_price.rounded, 0.01). A PARTIAL amount is a lower bound; None says nothing is known.

    Construction fails with ValueError if the amount is not that product.
    """

    item: WorkItem
    analysis: PricedAnalysis | None
    unit_price: UnitPrice | None
    amount: Decimal | None
    status: Status
    issues: tuple[Issue, ...] = ()


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
        raise NotImplementedError


def price_estimate(estimate: Estimate) -> PricedEstimate:
    """Price every item (each analysis once), then sum. Items and sections keep their order."""
    raise NotImplementedError
