"""What each row of a bill comes to, kept by revision so that an answer can tell which rows changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ahsp.core.api.bodies import plain
from ahsp.core.revision_cache import by_revision, kept
from ahsp.engine.estimate import PricedEstimate, PricedItem, PricedSection
from ahsp.engine.priced_analysis import Status
from ahsp.estimates.bodies import Body, language, sums
from ahsp.estimates.queries import priced_estimate
from ahsp.projects.models import Change, Project
from ahsp.projects.queries import wrote_rows

NAME = "row-figures"
Figure = tuple[str | None, str | None, str, Any]
"""Unit price and amount in rupiah, the status, and the codes of issues; of a section no unit price, its total, whether
it is complete, and how many items are not."""


class RowFigures(NamedTuple):
    """Figures by key of the row, and the totals of the whole."""

    rows: Mapping[str, Figure]
    totals: Body


def row_figures(project: Project) -> RowFigures:
    """Those of the project at its revision, from the cache if somebody asked before."""

    def basis() -> str:
        return _mark(project, project.revision)

    return by_revision(NAME, project, lambda: _at_revision(project), vary=language(), basis=basis)


def _at_revision(project: Project) -> RowFigures:
    """A change that wrote no row, such as a comment, leaves the figures what they were."""
    before = None if wrote_rows(project, project.revision) else figures_at(project, project.revision - 1)
    if before is None:
        return make(project)
    return RowFigures(before.rows, {**before.totals, "revision": project.revision})


def figures_at(project: Project, revision: int) -> RowFigures | None:
    """Those of an earlier revision, None if nobody keeps them any more."""
    found: RowFigures | None = kept(NAME, project.pk, (revision, f"{language()}-{_mark(project, revision)}"))
    return found


def make(project: Project) -> RowFigures:
    """Calculated now, also in the middle of a transaction."""
    estimate = priced_estimate(project)
    rows: dict[str, Figure] = {}
    _add(estimate.children, rows)
    return RowFigures(rows, _totals(project, estimate))


def _totals(project: Project, estimate: PricedEstimate) -> Body:
    """The totals and what they leave of the budget, which is below zero where they exceed it."""
    left = None if project.budget is None else project.budget - estimate.rounded_total
    return {**sums(project, estimate), "budget": plain(project.budget), "budget_left": plain(left)}


def _mark(project: Project, revision: int) -> str:
    """What tells a revision from one of the same number before a backup was restored: the moment it was made."""
    found = Change.objects.filter(project=project, revision=revision).values_list("at", flat=True).first()
    moment = f"{found.timestamp():.6f}" if found else ""
    return f"{moment}-{project.edition.checksum[:8]}-{project.price_book.checksum[:8]}"


def _add(children: Iterable[PricedSection | PricedItem], rows: dict[str, Figure]) -> None:
    for child in children:
        if isinstance(child, PricedItem):
            codes = [issue.code for issue in child.issues] if child.issues else None
            rows[child.item.key] = (plain(child.rounded), plain(child.amount), child.status.value, codes)
        else:
            status = Status.PARTIAL if child.incomplete else Status.PRICED
            rows[child.section.key] = (None, plain(child.total), status.value, child.incomplete)
            _add(child.children, rows)


def differing(before: RowFigures | None, now: RowFigures) -> Body:
    """`{"full", "rows"}`: the rows whose figures are others than before; all of them if before is not known."""
    known: Mapping[str, Figure] = {} if before is None else before.rows
    rows = [[key, *figure] for key, figure in now.rows.items() if known.get(key) != figure]
    return {"full": before is None, "rows": rows}
