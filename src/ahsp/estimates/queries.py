"""Reads of the bill of quantities: rows into the engine, the priced estimate out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from django.utils.translation import get_language

from ahsp.catalog.queries import load_analyses, resource_names
from ahsp.core.errors import NotFound
from ahsp.core.fragments import Fragment
from ahsp.core.revision_cache import by_revision
from ahsp.engine.estimate import Estimate, EstimateSettings, PricedEstimate, PricedItem, price_estimate
from ahsp.engine.vat import vat_rule_on
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.tree import HUNDRED, ITEM_FIELDS, SECTION_FIELDS, build_tree
from ahsp.prices.queries import load_price_table
from ahsp.projects.models import Project

T = TypeVar("T")


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


class Kept:
    """What follows from a project at its revision, from the cache; what it lacks is priced once for all of it."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def _priced(self) -> PricedEstimate:
        return priced_estimate(self.project)

    @cached_property
    def summary(self) -> PricedEstimate:
        """The priced estimate without its sections and items."""
        return self._kept("summary", lambda: replace(self._priced, children=()), self.project.basis)

    def fragment(self, name: str, draw: Callable[[PricedEstimate], str]) -> Fragment:
        """Markup that `draw` makes of the priced estimate in the reader's language, and of nothing else."""
        vary = f"{get_language() or 'id'}-{self.project.basis}"
        return self._kept(name, lambda: Fragment.of(draw(self._priced)), vary)

    def _kept(self, name: str, make: Callable[[], T], vary: str) -> T:
        return by_revision(name, self.project.pk, self.project.revision, make, vary=vary)


def totals(project: Project) -> Totals:
    """The totals of a project, from the cache while its revision stands."""
    summary = Kept(project).summary
    return Totals(summary.rounded_total, summary.item_count, summary.incomplete)
