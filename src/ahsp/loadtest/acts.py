"""What people do, each act with the weight of the scenario: pages they browse, figures the API gives, files."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import choice, choices

from ahsp.loadtest.checks import data, fragment, page
from ahsp.loadtest.files import pdf, workbook
from ahsp.loadtest.seeds import SeededProject
from ahsp.loadtest.visitor import Visitor

_WORD = re.compile(r"[A-Za-z]{4,}")
HTMX = {"HX-Request": "true"}


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person does, `weight` times as often as an act of weight 1."""

    weight: int
    do: Callable[[Visitor], object]


def some_act(acts: Sequence[Act], visitor: Visitor) -> None:
    """Do one of `acts`, drawn by weight."""
    choices(acts, [act.weight for act in acts])[0].do(visitor)


def _project(visitor: Visitor) -> SeededProject:
    return choice(visitor.account.projects)


def rab(visitor: Visitor) -> None:
    """The work list with quantities, prices and amounts of every line."""
    project = _project(visitor)
    check = page(visitor.account.email, project.name, f'id="i{project.items[0].pk}"', f'id="i{project.items[-1].pk}"')
    visitor.get("work list (RAB)", f"/p/{project.code}/", check)


def recap(visitor: Visitor) -> None:
    project = _project(visitor)
    check = page(visitor.account.email, project.name, _shown(project.first), _shown(project.last))
    visitor.get("recapitulation", f"/p/{project.code}/recap/", check)


def sheet(visitor: Visitor) -> None:
    """The unit price sheet of a line."""
    project = _project(visitor)
    item = choice(project.items)
    path = f"/p/{project.code}/items/{item.pk}/"
    visitor.get("unit price sheet", path, page(visitor.account.email, project.name, _shown(item.description)))


def inspector(visitor: Visitor) -> None:
    """The same beside the work list."""
    project = _project(visitor)
    item = choice(project.items)
    check = fragment(_shown(item.description))
    visitor.get("unit price sheet (inspector)", f"/p/{project.code}/items/{item.pk}/", check, HTMX)


def settings(visitor: Visitor) -> None:
    """The prices a project calculates with, and its other settings."""
    project = _project(visitor)
    visitor.get("settings", f"/p/{project.code}/settings/", page(visitor.account.email, project.name))


def catalog_analysis(edition: str) -> Callable[[Visitor], None]:
    def look(visitor: Visitor) -> None:
        item = choice([item for item in _project(visitor).items if item.code])
        check = page(visitor.account.email, item.code)
        visitor.get("analysis of the catalog", f"/catalog/{edition}/a/{item.code}/", check)

    return look


def suggest(edition: str) -> Callable[[Visitor], None]:
    def look(visitor: Visitor) -> None:
        words = "+".join(_WORD.findall(choice(_project(visitor).items).description)[:5]) or "beton"
        visitor.get(
            "catalog search", f"/catalog/{edition}/suggest/?q={words}", data(lambda found: len(found["results"]) > 0)
        )

    return look


def find_project(visitor: Visitor) -> None:
    project = _project(visitor)
    check = data(lambda found: project.code in {one["code"] for one in found["results"]})
    visitor.get("project search", f"/projects/suggest/?q={project.name.replace(' ', '+')}", check)


def rab_json(visitor: Visitor) -> None:
    """Every line with its price and the totals, as the API of the earlier system gave them."""
    project = _project(visitor)
    check = data(lambda found: len(found["lines"]) == project.size and Decimal(found["total"]) > 0)
    visitor.get("detailed RAB", f"/p/{project.code}/rab.json", check)


def export_xlsx(visitor: Visitor) -> None:
    project = _project(visitor)
    visitor.get("export XLSX", f"/p/{project.code}/rab.xlsx", workbook(project.name))


def export_pdf(visitor: Visitor) -> None:
    project = _project(visitor)
    visitor.get("export PDF", f"/p/{project.code}/rab.pdf", pdf(project.name))


def _shown(text: str) -> str:
    """The first words of `text` that need no escape in HTML."""
    kept = text
    for sign in "\"'&<>\n":
        kept = kept.partition(sign)[0]
    return kept[:40].strip()


def browsing(edition: str) -> tuple[Act, ...]:
    return (
        Act(10, Visitor.see_dashboard),
        Act(8, rab),
        Act(4, recap),
        Act(4, sheet),
        Act(2, inspector),
        Act(3, catalog_analysis(edition)),
        Act(3, settings),
    )


def api(edition: str) -> tuple[Act, ...]:
    return (Act(10, suggest(edition)), Act(10, rab_json), Act(5, find_project))


HEAVY = (Act(1, export_xlsx), Act(1, export_pdf))
