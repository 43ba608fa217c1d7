"""Reads of the change log."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ahsp.projects.models import Change, Project, RowChange

MOST_TOLD = 50


def changes_of(project: Project) -> QuerySet[Change]:
    """The change log, latest first, with the people."""
    return Change.objects.filter(project=project).select_related("person").order_by("-revision")


def wrote_rows(project: Project, revision: int) -> bool:
    """Whether a change wrote rows, and so can be undone."""
    return RowChange.objects.filter(project=project, revision=revision).exists()


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
