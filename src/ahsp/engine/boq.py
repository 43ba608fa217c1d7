"""The bill of quantities (BOQ): sections and work items, and what they are priced with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ahsp.engine.analysis import Analysis
from ahsp.engine.issues import Issue
from ahsp.engine.prices import PriceTable
from ahsp.engine.rounding import EXACT, Rounding
from ahsp.engine.vat import VatRule


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
