"""Reads of the bill of quantities: rows into the engine, the priced estimate out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ahsp.catalog.queries import load_analyses, resource_names
from ahsp.core.errors import NotFound
from ahsp.core.revision_cache import by_revision
from ahsp.engine.estimate import Estimate, EstimateSettings, PricedEstimate, PricedItem, price_estimate
from ahsp.engine.vat import vat_rule_on
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.tree import HUNDRED, ITEM_FIELDS, SECTION_FIELDS, build_tree
from ahsp.prices.queries import load_price_table
from ahsp.projects.models import Project


@dataclass(frozen=True, slots=True)
class Totals:
    """What the list of projects shows, in rupiah; lower bounds while `incomplete` is not 0."""

    total: Decimal
    item_count: int
    incomplete: int


def estimate_settings(project: Project) -> EstimateSettings:
    """The engine's settings of the project."""
    return EstimateSettings(
        overhead=project.overhead / HUNDRED,
        vat=vat_rule_on(project.vat_date),
        unit_price_rounding=project.rounding,
        total_rounding=project.rounding_of_total,
    )


def load_estimate(project: Project, item: int | None = None) -> Estimate:
    """The project as engine input, or one work item of it: three queries, whatever its size, and two for analyses
    this process has not read yet."""
    if item is None:
        sections = list(Section.objects.filter(project=project).values_list(*SECTION_FIELDS))
        items = list(WorkItem.objects.filter(project=project).values_list(*ITEM_FIELDS))
    else:
        sections = []
        found = WorkItem.objects.filter(project=project, pk=item).values_list(*ITEM_FIELDS)
        items = [(row[0], None, *row[2:]) for row in found]
    analyses = load_analyses({row[5] for row in items if row[5] is not None})
    children = build_tree(sections, items, {pk: analysis.code for pk, analysis in analyses.items()})
    names = resource_names(analyses.values())
    prices = load_price_table(project.price_book, names, hours_per_day=project.hours_per_day)
    by_code = {analysis.code: analysis for analysis in analyses.values()}
    return Estimate(children, by_code, prices, estimate_settings(project))


def priced_estimate(project: Project) -> PricedEstimate:
    """The one priced estimate that page, documents and API show."""
    return price_estimate(load_estimate(project))


def priced_item(project: Project, item: int) -> PricedItem:
    """One work item of the project, priced as in the whole. Raises NotFound."""
    priced = next(price_estimate(load_estimate(project, item)).items(), None)
    if priced is None:
        raise NotFound("item.not_found", {"project": project.name})
    return priced


def totals(project: Project) -> Totals:
    """The totals of a project, from the cache while its revision stands."""
    return by_revision("totals", project.pk, project.revision, lambda: _totals(project), vary=project.basis)


def _totals(project: Project) -> Totals:
    priced = priced_estimate(project)
    return Totals(priced.rounded_total, priced.item_count, priced.incomplete)
