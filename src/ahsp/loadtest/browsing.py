"""Pages that people browse. What the scenario names and the product does not have yet is left out: the schedule."""

from __future__ import annotations

from collections.abc import Callable

from ahsp.loadtest.acts import Act, plain_part, some_code, some_item, some_project
from ahsp.loadtest.checks import fragment, page
from ahsp.loadtest.visitor import Visitor

HTMX = {"HX-Request": "true"}


def rab(visitor: Visitor) -> None:
    """The work list with quantities, prices and amounts of every line."""
    project = some_project(visitor)
    check = page(visitor.account.email, project.name, f'id="i{project.items[0].pk}"', f'id="i{project.items[-1].pk}"')
    visitor.get("work list (RAB)", f"/p/{project.code}/", check)


def recap(visitor: Visitor) -> None:
    project = some_project(visitor)
    check = page(visitor.account.email, project.name, plain_part(project.first), plain_part(project.last))
    visitor.get("recapitulation", f"/p/{project.code}/recap/", check)


def sheet(visitor: Visitor) -> None:
    """The unit price sheet of a line."""
    project = some_project(visitor)
    item = some_item(project)
    check = page(visitor.account.email, project.name, plain_part(item.description))
    visitor.get("unit price sheet", f"/p/{project.code}/items/{item.pk}/", check)


def inspector(visitor: Visitor) -> None:
    """The same beside the work list: quantity and where each figure is from."""
    project = some_project(visitor)
    item = some_item(project)
    check = fragment(plain_part(item.description))
    visitor.get("unit price sheet (inspector)", f"/p/{project.code}/items/{item.pk}/", check, HTMX)


def settings(visitor: Visitor) -> None:
    """The prices a project calculates with, and its other settings."""
    project = some_project(visitor)
    visitor.get("settings", f"/p/{project.code}/settings/", page(visitor.account.email, project.name))


def jobs(visitor: Visitor) -> None:
    visitor.get("jobs", "/jobs/", page(visitor.account.email))


def analysis_page(edition: str) -> Callable[[Visitor], None]:
    def look(visitor: Visitor) -> None:
        code = some_code(visitor)
        visitor.get("analysis of the catalog", f"/catalog/{edition}/a/{code}/", page(visitor.account.email, code))

    return look


def browsing(edition: str) -> tuple[Act, ...]:
    """By weight: dashboard 10, work list and detailed RAB 5 + 3, recapitulation 4, unit price sheet 4,
    analysis 3, prices 3, quantities 2, jobs 1."""
    return (
        Act(10, Visitor.see_dashboard),
        Act(8, rab),
        Act(4, recap),
        Act(4, sheet),
        Act(3, analysis_page(edition)),
        Act(3, settings),
        Act(2, inspector),
        Act(1, jobs),
    )
