"""Reads of the bill of quantities: rows into the engine, the priced estimate out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.db.models import Func, Q, TextField
from django.utils.translation import get_language

from ahsp.catalog.queries import ids_by_code, load_analyses, resource_names
from ahsp.core.errors import NotFound
from ahsp.core.fragments import Fragment
from ahsp.core.one_moment import one_moment
from ahsp.core.revision_cache import by_revision
from ahsp.engine import estimate as engine
from ahsp.engine.estimate import Estimate, EstimateSettings, PricedEstimate, PricedItem, price_estimate
from ahsp.engine.numbering import NumberingRule
from ahsp.engine.vat import vat_rule_on
from ahsp.estimates.analyses.queries import OwnAnalysis, load_own_analyses, nested_codes
from ahsp.estimates.kept_bills import Bill, kept_bills
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.prices.queries import load_price_tables
from ahsp.estimates.tree import ANALYSIS, HUNDRED, ITEM_FIELDS, SECTION_FIELDS, Codes, build_tree
from ahsp.projects.models import Project

T = TypeVar("T")
ONE = Decimal(1)


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


class Loaded(NamedTuple):
    """A project as engine input; `sources` has, by code, the id of the catalog's analysis that it is or was made of."""

    estimate: Estimate
    sources: Mapping[str, int]


def load_estimate(project: Project, item: int | None = None) -> Estimate:
    """The project as engine input, or one work item of it."""
    if item is not None:
        return load_estimates([project], item)[project.pk].estimate
    with one_moment(project):
        bill = kept_bills.find(project)
        if bill is None:
            bill = _read([project], Q(), whole=True)[project.pk]
            kept_bills.keep(project, bill)
        return _with_prices({project: bill})[project.pk].estimate


def load_estimates(projects: Iterable[Project], item: int | None = None, *, sections: bool = True) -> dict[int, Loaded]:
    """Projects as engine input, by id; of `item` nothing but that one. Without `sections` all items hang at the root.

    Four queries, whatever their number and size, one more where own analyses nest others, and two for analyses of
    the catalog that this process has not read yet.
    """
    return _load(projects, Q() if item is None else Q(pk=item), whole=sections and item is None)


def load_part(project: Project, items: Q, also: Iterable[int] = ()) -> Estimate:
    """The items of a project that `items` picks, at the root, and beside what they and its own analyses need the
    analyses of the catalog with the ids `also`, whoever uses them."""
    return _load([project], items, whole=False, also=also)[project.pk].estimate


def _load(projects: Iterable[Project], items: Q, *, whole: bool, also: Iterable[int] = ()) -> dict[int, Loaded]:
    wanted = list({project.pk: project for project in projects}.values())
    with one_moment(*wanted):
        bills = _read(wanted, items, whole=whole, also=also)
        return _with_prices({project: bills[project.pk] for project in wanted})


def _with_prices(bills: Mapping[Project, Bill]) -> dict[int, Loaded]:
    tables = load_price_tables(bills, frozenset().union(*(bill.names for bill in bills.values())))
    found = {}
    for project, bill in bills.items():
        estimate = Estimate(bill.children, bill.analyses, tables[project.pk], estimate_settings(project))
        found[project.pk] = Loaded(estimate, bill.sources)
    return found


def _read(projects: list[Project], items: Q, *, whole: bool, also: Iterable[int] = ()) -> dict[int, Bill]:
    rows = _bill_rows([project.pk for project in projects], items, sections=whole)
    own = load_own_analyses(rows)
    used = {pk: {row[ANALYSIS] for row in bill.items if row[ANALYSIS] is not None} for pk, bill in rows.items()}
    for project in projects:
        used[project.pk].update(also)
        if own[project.pk]:
            used[project.pk] |= _nested(project, own[project.pk])
    # Asked for together first, so that those which are new to this process come with one question.
    load_analyses(set().union(*used.values()))
    found = {}
    for project in projects:
        pk = project.pk
        # Without its place in the whole a line has no number but the written one.
        rule = NumberingRule(project.numbering) if whole else NumberingRule.WRITTEN
        found[pk] = _assemble(rows[pk], own[pk], used[pk], rule)
    return found


class _Text(Func):
    """Issues as text, and nothing where there are none: to read JSON that says so of each row takes longer than all
    the rest of fetching it."""

    template = "NULLIF(%(expressions)s, '[]'::jsonb)::text"
    output_field = TextField()


_TEXTS = {"reading_text": _Text("reading_issues"), "quantity_text": _Text("quantity_issues")}
_COLUMNS = tuple(name.replace("_issues", "_text") for name in ITEM_FIELDS)


class _Rows(NamedTuple):
    """Rows of SECTION_FIELDS and ITEM_FIELDS."""

    sections: list[tuple[Any, ...]]
    items: list[tuple[Any, ...]]


def _bill_rows(projects: list[int], picked: Q, *, sections: bool) -> dict[int, _Rows]:
    found = {project: _Rows([], []) for project in projects}
    items = WorkItem.objects.filter(picked, project__in=projects)
    if sections:
        for project, *row in Section.objects.filter(project__in=projects).values_list("project_id", *SECTION_FIELDS):
            found[project].sections.append(tuple(row))
    for project, pk, section, *row in items.annotate(**_TEXTS).values_list("project_id", *_COLUMNS):
        found[project].items.append((pk, section if sections else None, *row))
    return found


def _nested(project: Project, own: Mapping[int, OwnAnalysis]) -> set[int]:
    """Ids of the edition's analyses that lines of own ones name."""
    codes = nested_codes(one.analysis for one in own.values())
    return set(ids_by_code(project.edition, codes).values()) if codes else set()


def _assemble(rows: _Rows, own: Mapping[int, OwnAnalysis], used: set[int], rule: NumberingRule) -> Bill:
    catalog = load_analyses(used)
    codes = Codes({pk: catalog[pk].code for pk in used}, {pk: one.analysis.code for pk, one in own.items()})
    # The project's own wins, though its codes should be none of the edition's.
    by_code = {one.code: one for one in catalog.values()} | {one.analysis.code: one.analysis for one in own.values()}
    sources = {one.code: pk for pk, one in catalog.items()}
    sources |= {one.analysis.code: one.reference for one in own.values() if one.reference is not None}
    return Bill(
        children=build_tree(rows.sections, rows.items, codes, rule),
        analyses=by_code,
        sources=sources,
        names=frozenset(resource_names([*catalog.values(), *(one.analysis for one in own.values())])),
        item_count=len(rows.items),
    )


def priced_analyses(project: Project, ids: Iterable[int]) -> dict[str, PricedItem]:
    """One unit of each of these analyses of the catalog, and of all of the project's own, as in its bill; by code."""
    own = load_own_analyses([project.pk])[project.pk]
    used = set(ids) | (_nested(project, own) if own else set())
    bill = _assemble(_Rows([], []), own, used, NumberingRule.WRITTEN)
    items = (engine.WorkItem(code, "", one.name, one.unit, ONE, code) for code, one in bill.analyses.items())
    estimate = _with_prices({project: bill._replace(children=tuple(items))})[project.pk].estimate
    return {one.item.key: one for one in price_estimate(estimate).items()}


def priced_estimate(project: Project) -> PricedEstimate:
    """The one priced estimate that page, documents and API show."""
    return load_priced(project).priced


class Priced(NamedTuple):
    """A project as engine input, and what the engine made of it."""

    estimate: Estimate
    priced: PricedEstimate


_once: ContextVar[dict[tuple[int, int], Priced] | None] = ContextVar("_once", default=None)


@contextmanager
def priced_once() -> Iterator[None]:
    """Inside, a project at one revision is loaded and priced once; nobody may write it there."""
    token = _once.set({})
    try:
        yield
    finally:
        _once.reset(token)


def load_priced(project: Project) -> Priced:
    """The project with its prices, and priced."""
    kept = _once.get()
    found = None if kept is None else kept.get((project.pk, project.revision))
    if found is None:
        estimate = load_estimate(project)
        found = Priced(estimate, price_estimate(estimate))
        if kept is not None:
            kept[project.pk, project.revision] = found
    return found


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
        return self._kept("summary", lambda: replace(self._priced, children=()))

    def fragment(self, name: str, draw: Callable[[PricedEstimate], str]) -> Fragment:
        """Markup that `draw` makes of the priced estimate in the reader's language, and of nothing else."""
        return self._kept(name, lambda: Fragment.of(draw(self._priced)), get_language() or "id")

    def _kept(self, name: str, make: Callable[[], T], vary: str = "") -> T:
        return by_revision(name, self.project, make, vary=vary)


def totals(project: Project) -> Totals:
    """The totals of a project, from the cache while its revision stands."""
    summary = Kept(project).summary
    return Totals(summary.rounded_total, summary.item_count, summary.incomplete)
