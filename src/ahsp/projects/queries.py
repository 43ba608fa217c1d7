"""Reads of projects and their change log."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ahsp.projects.models import Change, Project

MOST_WORDS = 8
MOST_TOLD = 50


def narrow(projects: QuerySet[Project], *, search: str = "", organization: int | None = None) -> QuerySet[Project]:
    """Those of `projects` whose names hold every word of `search`, of one organization."""
    for word in search.split()[:MOST_WORDS]:
        projects = projects.filter(name__icontains=word)
    return projects if organization is None else projects.filter(organization_id=organization)


def changes_of(project: Project) -> QuerySet[Change]:
    """The change log, latest first, with the people."""
    return Change.objects.filter(project=project).select_related("person").order_by("-revision")


def changed_fields(change: Change) -> list[str]:
    """Names of what a change altered: those of its data that have a before and an after."""
    return [name for name, value in change.data.items() if isinstance(value, dict) and "after" in value]


def changes_since(project: Project, revision: int) -> list[dict[str, Any]]:
    """What others wrote after `revision`, latest first, as a conflict tells it: at most MOST_TOLD."""
    later = changes_of(project).filter(revision__gt=revision)[:MOST_TOLD]
    return [
        {
            "revision": change.revision,
            "act": change.act,
            "at": change.at.isoformat(),
            "person": str(change.person) if change.person else None,
            "fields": changed_fields(change),
        }
        for change in later
    ]
