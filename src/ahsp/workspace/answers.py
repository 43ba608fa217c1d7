"""What a program gets to know after a command, or after others' commands: rows, figures and totals since a revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from ahsp.projects.comments.queries import counts_since
from ahsp.projects.entries import Entry
from ahsp.projects.models import Project, RowChange
from ahsp.projects.tables import key_of, present
from ahsp.workspace.row_figures import RowFigures, differing, figures_at, make, row_figures

Body = dict[str, Any]
# Whoever is behind by more rows than this loads the bill afresh: it is less to send.
MOST_ROWS = 4_000
# Whoever tries something wants to know what it leads to, not to show thousands of rows that are not there.
MOST_TRIED = 500


def since(project: Project, base: int) -> Body:
    """What changed after revision `base`, whoever changed it, as the project stands now."""
    log = RowChange.objects.filter(project=project, revision__gt=base, revision__lte=project.revision)
    touched = list(log.values_list("kind", "row").distinct()[: MOST_ROWS + 1])
    body = _begin(project, base)
    if len(touched) > MOST_ROWS or base > project.revision:
        body["reload"] = True
        touched = []
    _add_rows(body, project, touched)
    body["comments"] = counts_since(project, base)
    now = row_figures(project)
    before = now if base == project.revision else figures_at(project, base)
    return _with_figures(body, before, now)


def tried(entry: Entry, base: int) -> Body:
    """What the rows written so far would change, in the middle of a transaction that is going to be rolled back."""
    project = entry.project
    body = _begin(project, base)
    touched = list(dict.fromkeys((one.kind, one.row) for one in entry.diffs))
    _add_rows(body, project, touched if len(touched) <= MOST_TRIED else ())
    return _with_figures(body, figures_at(project, base), make(project))


def _begin(project: Project, base: int) -> Body:
    told: Body = {"rows": [], "removed": [], "comments": {}, "locked": project.locked_at is not None}
    return {"revision": project.revision, "base": base, "reload": False, **told}


def _with_figures(body: Body, before: RowFigures | None, now: RowFigures) -> Body:
    figures = {"full": True, "rows": []} if body["reload"] else differing(before, now)
    return {**body, "figures": figures, "totals": now.totals}


def _add_rows(body: Body, project: Project, touched: Iterable[tuple[str, int]]) -> None:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, pk in touched:
        by_kind[kind].append(pk)
    for kind, pks in by_kind.items():
        rows = _settings(project) if kind == "g" else present(project, kind, pks)
        body["rows"] += rows
        body["removed"] += _gone(kind, pks, rows)


def _gone(kind: str, pks: Collection[int], rows: Iterable[Body]) -> list[str]:
    there = {row["key"] for row in rows}
    return [key for key in (key_of(kind, pk) for pk in pks) if key not in there]


def _settings(project: Project) -> list[Body]:
    return [{"key": key_of("g", project.pk), **settings_body(project)}]


def settings_body(project: Project) -> Body:
    """The settings that decide what the workspace shows."""
    same = ("name", "location", "owner_name", "vat_date", "unit_price_rounding", "total_rounding", "numbering")
    return {
        **{name: getattr(project, name) for name in same},
        "overhead": f"{project.overhead.normalize():f}",
        "hours_per_day": f"{project.hours_per_day.normalize():f}",
        "budget": None if project.budget is None else f"{project.budget:f}",
        "unit_price_rounding_label": project.get_unit_price_rounding_display(),
        "total_rounding_label": project.get_total_rounding_display(),
        "edition": project.edition.title,
        "edition_slug": project.edition.slug,
        "price_book": project.price_book.name,
        "version": project.revision,
        "locked": project.locked_at is not None,
    }
