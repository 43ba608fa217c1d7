"""The figures of whole projects, kept by revision: totals, and what they are spent on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ahsp.catalog.queries import load_analyses, load_divisions, resource_names
from ahsp.core.revision_cache import by_revision, many_by_revision
from ahsp.engine.analysis import Analysis
from ahsp.engine.estimate import Estimate, PricedEstimate, PricedItem, price_estimate
from ahsp.engine.needs import resource_needs
from ahsp.engine.rounding import round_to_sen
from ahsp.estimates.models import WorkItem
from ahsp.estimates.queries import estimate_settings
from ahsp.estimates.tree import ITEM_FIELDS, build_tree
from ahsp.prices.queries import load_prices
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
    return by_revision(NAME, project.pk, project.revision, lambda: _load([project])[project.pk], vary=project.basis)


def figures_of(projects: Iterable[Project]) -> dict[int, Figures]:
    """The figures of each project, by id. Those that no cache has are loaded together: two queries, whatever their
    number, and two for analyses this process has not read yet."""
    by_id = {project.pk: project for project in projects}
    marks = {pk: (project.revision, project.basis) for pk, project in by_id.items()}
    return many_by_revision(NAME, marks, lambda missing: _load([by_id[pk] for pk in missing]))


def _load(projects: list[Project]) -> Mapping[int, Figures]:
    rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    wanted = [project.pk for project in projects]
    for pk, *row in WorkItem.objects.filter(project__in=wanted).values_list("project_id", *ITEM_FIELDS):
        rows[pk].append(tuple(row))
    used = {row[5] for items in rows.values() for row in items if row[5] is not None}
    analyses, divisions = load_analyses(used), load_divisions(used)
    prices = load_prices({project.price_book_id for project in projects}, resource_names(analyses.values()))
    found = {}
    for project in projects:
        items = sorted(rows[project.pk], key=lambda row: row[2])
        table = prices[project.price_book_id].table(project.hours_per_day)
        own = load_analyses({row[5] for row in items if row[5] is not None})
        codes = {pk: analysis.code for pk, analysis in own.items()}
        # Totals know no sections, so all items hang at the root.
        children = build_tree((), ((row[0], None, *row[2:]) for row in items), codes)
        by_code = {analysis.code: analysis for analysis in own.values()}
        priced = price_estimate(Estimate(children, by_code, table, estimate_settings(project)))
        found[project.pk] = _figures(priced, {codes[pk]: divisions[pk] for pk in own if pk in divisions})
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
        source = item.source
        code = "" if source is None else (source if isinstance(source, Analysis) else source.analysis).code
        division = divisions.get(code, NO_DIVISION)
        sums[division] = sums.get(division, ZERO) + item.amount
    return sums
