"""Acts on projects. Every act inside a project goes through `project_change`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from ahsp.accounts.models import Membership, Person
from ahsp.core.errors import Conflict
from ahsp.projects.models import Change, Project

SETTINGS = (
    "name",
    "location",
    "owner_name",
    "edition",
    "price_book",
    "overhead",
    "vat_date",
    "hours_per_day",
    "unit_price_rounding",
    "total_rounding",
)


@contextmanager
def project_change(
    *, project: Project, person: Person, act: str, expected: int | None = None
) -> Iterator[dict[str, Any]]:
    """One transaction that locks the project, raises its revision by one and writes one change entry.

    The block fills the yielded dict with the entry's data. `expected` is the revision the person saw:
    raises Conflict if somebody changed the project since.
    """
    data: dict[str, Any] = {}
    with transaction.atomic():
        locked = Project.objects.select_for_update().get(pk=project.pk)
        if expected is not None and locked.revision != expected:
            raise Conflict("project.changed", {"expected": str(expected), "revision": str(locked.revision)})
        yield data
        project.revision = locked.revision + 1
        project.save(update_fields=["revision", "updated_at"])
        Change.objects.create(
            project=project,
            organization_id=project.organization_id,
            revision=project.revision,
            person=person,
            act=act,
            data=data,
        )


@transaction.atomic
def create_project(
    *, person: Person, membership: Membership, values: Mapping[str, Any], is_demo: bool = False
) -> Project:
    """Make a project in the organization of `membership`; `values` are the fields of SETTINGS."""
    project = Project.objects.create(
        organization_id=membership.organization_id,
        created_by=person,
        is_demo=is_demo,
        **{name: values[name] for name in SETTINGS if name in values},
    )
    Change.objects.create(
        project=project,
        organization_id=project.organization_id,
        revision=project.revision,
        person=person,
        act="project.create",
        data={"name": project.name},
    )
    return project


def change_settings(*, project: Project, person: Person, expected: int, values: Mapping[str, Any]) -> None:
    """Change settings. The change entry holds before and after of each that differs; no difference, no revision."""
    before = Project.objects.select_related("edition", "price_book").get(pk=project.pk)
    changed = [name for name in SETTINGS if name in values and getattr(before, name) != values[name]]
    if not changed:
        return
    with project_change(project=project, person=person, act="project.settings", expected=expected) as data:
        for name in changed:
            data[name] = {"before": str(getattr(before, name)), "after": str(values[name])}
            setattr(project, name, values[name])
        project.save(update_fields=changed)


def settings_changed_since(project: Project, revision: int) -> set[str]:
    """Names of SETTINGS that changed after `revision`."""
    later = Change.objects.filter(project=project, act="project.settings", revision__gt=revision)
    return {name for data in later.values_list("data", flat=True) for name in data}
