"""The tables of a project's figures as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ahsp.core.errors import NotFound
from ahsp.estimates.bodies import figure
from ahsp.estimates.csv_files import as_csv, cell
from ahsp.estimates.presentation import rab_rows
from ahsp.estimates.queries import priced_estimate
from ahsp.estimates.spending.bodies import needs
from ahsp.estimates.spending.queries import ranking
from ahsp.projects.models import Project

Rows = Iterator[Sequence[str]]
_RANK = ("amount", "share", "cumulative", "grade")
_NEED = ("kind", "sort", "name", "unit", "quantity", "price", "cost", "purchase_unit", "purchase_quantity")


def _recap(project: Project, section: int | None) -> tuple[Sequence[str], Rows]:  # noqa: ARG001 one shape for all
    estimate = priced_estimate(project)
    rows = (row for row in rab_rows(estimate) if row.is_section or not row.level)
    lines = (
        (str(row.level), cell(row.number), cell(row.description), figure(row.amount) or "", f"{row.share:.6f}")
        for row in rows
    )
    return ("level", "number", "name", "amount", "share"), lines


def _ranking(of: str, *names: str) -> Callable[[Project, int | None], tuple[Sequence[str], Rows]]:
    def rows(project: Project, section: int | None) -> tuple[Sequence[str], Rows]:  # noqa: ARG001 one shape for all
        head = (*names, *_RANK)
        return head, (
            [cell(one[name]) if name in names else one[name] for name in head] for one in ranking(project, of)
        )

    return rows


def _needs(project: Project, section: int | None) -> tuple[Sequence[str], Rows]:
    return _NEED, (_need(one) for one in needs(project, section)["results"])


def _need(one: dict[str, str | dict[str, str | None] | None]) -> Sequence[str]:
    bought = one["purchase"] if isinstance(one["purchase"], dict) else {}
    own = [cell(str(one[name] or "")) for name in _NEED[:7]]
    return [*own, cell(bought.get("unit") or ""), bought.get("quantity") or ""]


TABLES = {
    "recap": _recap,
    "items": _ranking("items", "number", "name", "unit"),
    "resources": _ranking("resources", "kind", "name", "unit"),
    "needs": _needs,
}


def table_as_csv(project: Project, table: str, section: int | None) -> str:
    """One of TABLES; `section` narrows needs to it. Raises NotFound."""
    make = TABLES.get(table)
    if make is None:
        raise NotFound("table.unknown", {"table": table[:60], "known": ", ".join(TABLES)})
    return as_csv(*make(project, section))
