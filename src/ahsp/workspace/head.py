"""What the page of a project begins with."""

from __future__ import annotations

from typing import Any

from ahsp.accounts.models import Person
from ahsp.exchange.versions.queries import locking_version
from ahsp.projects.access import ProjectDoor
from ahsp.projects.comments.queries import open_counts
from ahsp.projects.log.bodies import person_body
from ahsp.projects.models import Project
from ahsp.workspace.answers import settings_body
from ahsp.workspace.row_figures import RowFigures, row_figures


def head(door: ProjectDoor, person: Person) -> dict[str, Any]:
    """See HeadSerializer."""
    project = door.project
    figures = row_figures(project)
    return {
        "code": project.code,
        "revision": project.revision,
        "settings": settings_body(project),
        "person": {"id": person.pk, "name": str(person), "initials": person.initials},
        "role": door.role,
        "rights": sorted(right.value for right in door.rights),
        "totals": figures.totals,
        "steps": _steps(figures),
        "comments": open_counts(project),
        "lock": _lock(project),
    }


def _lock(project: Project) -> dict[str, Any] | None:
    """As which version the project is locked, if it is."""
    version = locking_version(project)
    if version is None:
        return None
    by = person_body(version.approved_by)
    return {"version": version.pk, "name": version.name, "at": version.approved_at, "by": by}


def _steps(figures: RowFigures) -> dict[str, Any]:
    """How many items each step of the work has yet to mend."""
    missing = {"quantity": 0, "analysis": 0, "price": 0}
    for key, (_, _, _, codes) in figures.rows.items():
        if key[0] != "i" or not codes:
            continue
        missing["quantity"] += "quantity.missing" in codes
        missing["analysis"] += any(code in {"item.unpriced", "analysis.unknown", "analysis.empty"} for code in codes)
        missing["price"] += any(code in {"analysis.partial", "analysis.unpriced"} for code in codes)
    return {"item_count": figures.totals["item_count"], "incomplete": figures.totals["incomplete"], "missing": missing}
