"""The figures of whole projects, kept by revision: totals, and what they are spent on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ahsp.catalog.queries import load_divisions
from ahsp.core.revision_cache import by_revision, many_by_revision
from ahsp.engine.estimate import PricedEstimate, PricedItem, price_estimate
from ahsp.engine.needs import resource_needs
from ahsp.engine.priced_analysis import code_of
from ahsp.engine.rounding import round_to_sen
from ahsp.estimates.queries import load_estimates
from ahsp.projects.models import Project

NAME = "figures"
NO_DIVISION = ""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Kinds:
    """A subtotal by what it is spent on, in rupiah to the sen: the parts add up to it.

    `own_prices` are lines that brought a price of their own; `rounding` is what rounding unit prices, amounts and these
    parts added.
    """

    labor: Decimal = ZERO
    material: Decimal = ZERO
    equipment: Decimal = ZERO
    overhead_and_profit: Decimal = ZERO
    own_prices: Decimal = ZERO
    rounding: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Figures:
    """A project in rupiah: subtotal + vat + rounding = total. Lower bounds while `incomplete` is not 0.

    `kinds` and `divisions` each add up to the subtotal. Divisions are those of the catalog, in the order they first
    come in the bill; NO_DIVISION holds the lines without an analysis.
    """

    item_count: int
    incomplete: int
    subtotal: Decimal
    vat: Decimal
    rounding: Decimal
    total: Decimal
    kinds: Kinds
    divisions: tuple[tuple[str, Decimal], ...]

    @property
    def priced(self) -> int:
        """How many lines are priced in full."""
        return self.item_count - self.incomplete


def project_figures(project: Project) -> Figures:
    """The figures of one project, from the cache while its revision stands."""
    return by_revision(NAME, project, lambda: _load([project])[project.pk])


def figures_of(projects: Iterable[Project]) -> dict[int, Figures]:
    """The figures of each project, by id. Those that no cache has are loaded together (see load_estimates)."""
    by_id = {project.pk: project for project in projects}
    return many_by_revision(NAME, by_id, lambda missing: _load([by_id[pk] for pk in missing]))


def _load(projects: list[Project]) -> Mapping[int, Figures]:
    found = {}
    for pk, loaded in load_estimates(projects, sections=False).items():
        divisions = load_divisions(loaded.sources.values())
        by_code = {code: divisions[source] for code, source in loaded.sources.items() if source in divisions}
        found[pk] = _figures(price_estimate(loaded.estimate), by_code)
    return found


def _figures(priced: PricedEstimate, divisions: Mapping[str, str]) -> Figures:
    vat = priced.vat.amount if priced.vat else ZERO
    return Figures(
        item_count=priced.item_count,
        incomplete=priced.incomplete,
        subtotal=priced.subtotal,
        vat=vat,
        rounding=priced.rounded_total - priced.subtotal - vat,
        total=priced.rounded_total,
        kinds=_kinds(priced),
        divisions=tuple(_by_division(priced.items(), divisions).items()),
    )


def _kinds(priced: PricedEstimate) -> Kinds:
    spend = resource_needs(priced).spend
    known = Kinds(
        labor=round_to_sen(spend.labor),
        material=round_to_sen(spend.material),
        equipment=round_to_sen(spend.equipment),
        overhead_and_profit=round_to_sen(spend.overhead_and_profit),
        own_prices=round_to_sen(spend.own_prices),
    )
    parts = known.labor + known.material + known.equipment + known.overhead_and_profit + known.own_prices
    return replace(known, rounding=priced.subtotal - parts)


def _by_division(items: Iterable[PricedItem], divisions: Mapping[str, str]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for item in items:
        if item.amount is None:
            continue
        code = "" if item.source is None else code_of(item.source)
        division = divisions.get(code, NO_DIVISION)
        sums[division] = sums.get(division, ZERO) + item.amount
    return sums
