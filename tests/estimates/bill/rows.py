"""The bill as a text, to see at a glance what an act made of it."""

from __future__ import annotations

from typing import Any

from ahsp.estimates.models import Section, WorkItem
from ahsp.exchange.project_files import dump
from ahsp.projects.cells import CellsRefused
from ahsp.projects.models import Change, Project
from ahsp.workspace.grid import grid


def drawn(project: Project) -> str:
    """A line for each row: two spaces for each level, sections with a colon."""
    project.refresh_from_db()
    level: dict[str | None, int] = {None: 0}
    lines = []
    for part in grid(project):
        for key, parent, _, _, *rest in part["rows"]:
            level[key] = level[parent] + 1
            named = f"{rest[-1]}:" if key[0] == "s" else rest[part["item_columns"].index("description") - 3]
            lines.append("  " * level[parent] + named)
    return "\n".join(lines)


def key(project: Project, words: str) -> str:
    """Of the row that is called so."""
    found = Section.objects.filter(project=project, name=words).first()
    return f"s{found.pk}" if found else f"i{item(project, words).pk}"


def item(project: Project, description: str) -> WorkItem:
    return WorkItem.objects.get(project=project, description=description)


def told(refusal: CellsRefused) -> list[tuple[str, str, str]]:
    """Key, field and code of each cell that cannot be used."""
    return [(one["key"], one["field"], one["code"]) for one in refusal.more["errors"]]


def whole(project: Project) -> dict[str, Any]:
    """All of the project but the count of its changes."""
    project.refresh_from_db()
    return {**dump(project), "revision": 0}


def last_change(project: Project) -> Change:
    return Change.objects.filter(project=project).latest("revision")
