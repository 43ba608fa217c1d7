"""Acts on projects. Every act inside a project goes through `project_change`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from ahsp.accounts.models import Membership, Person
from ahsp.core.errors import Conflict
from ahsp.core.live import publish
from ahsp.projects.commands import follow_up
from ahsp.projects.entries import Entry
from ahsp.projects.models import Change, Numbering, Project

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
    "numbering",
    "budget",
)


class AlreadyDone(Exception):
    """The command was carried out before, at `revision`; nothing was written now."""

    def __init__(self, revision: int) -> None:
        super().__init__(revision)
        self.revision = revision


@contextmanager
def project_change(
    *,
    project: Project,
    person: Person,
    act: str,
    expected: int | None = None,
    command: UUID | None = None,
    even_locked: bool = False,
) -> Iterator[Entry]:
    """One transaction that locks the project, raises its revision by one and writes one change entry.

    The block fills the yielded entry with what its Change tells and writes rows through it. `expected` is the revision
    the person saw: raises Conflict if somebody changed the project since, and for a locked project unless the act is
    allowed `even_locked`. Raises AlreadyDone for a `command` that was carried out before. A block that calls
    `entry.drop` leaves neither revision nor entry.
    """
    with transaction.atomic():
        locked = Project.objects.select_for_update().get(pk=project.pk)
        _require(locked, expected, command, even_locked=even_locked)
        if locked.revision != project.revision:
            # Whoever wrote it while this waited may have changed its settings: they count for what follows.
            project.refresh_from_db()
        entry = Entry(project, person, locked.revision + 1)
        yield entry
        if entry.dropped:
            return
        follow_up(entry)
        project.revision = entry.revision
        project.save(update_fields=["revision", "updated_at"])
        _write(entry, act, command)


def _require(locked: Project, expected: int | None, command: UUID | None, *, even_locked: bool) -> None:
    if command is not None:
        done = Change.objects.filter(project=locked, command=command).values_list("revision", flat=True).first()
        if done is not None:
            raise AlreadyDone(done)
    if expected is not None and locked.revision != expected:
        raise Conflict("project.changed", {"expected": str(expected), "revision": str(locked.revision)})
    if locked.locked_at is not None and not even_locked:
        raise Conflict("project.locked", {"project": locked.name})


def _write(entry: Entry, act: str, command: UUID | None) -> None:
    project = entry.project
    entry.write_log()
    Change.objects.create(
        project=project,
        organization_id=project.organization_id,
        revision=entry.revision,
        person=entry.person,
        act=act,
        data=dict(entry),
        command=command,
        row_count=len({one.key for one in entry.diffs}),
    )
    keys = list(dict.fromkeys(one.key for one in entry.diffs))
    publish(project.pk, {"revision": entry.revision, "act": act, "person": entry.person.pk, "keys": keys})


@transaction.atomic
def create_project(
    *, person: Person, membership: Membership, values: Mapping[str, Any], is_demo: bool = False
) -> Project:
    """Make a project in the organization of `membership`; `values` are the fields of SETTINGS.

    It begins empty, so its rows are numbered by a rule as they are typed; an imported bill brings its own numbers.
    """
    given = {name: values[name] for name in SETTINGS if name in values}
    project = Project.objects.create(
        organization_id=membership.organization_id,
        created_by=person,
        is_demo=is_demo,
        **{"numbering": Numbering.LETTERS, **given},
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
    if not any(name in values and getattr(before, name) != values[name] for name in SETTINGS):
        return
    with project_change(project=project, person=person, act="project.settings", expected=expected) as entry:
        set_settings(entry, values)


def set_settings(entry: Entry, values: Mapping[str, Any]) -> None:
    """Change settings inside a change; the entry tells each that differs by name, with words a person reads."""
    project = entry.project
    before = Project.objects.select_related("edition", "price_book").get(pk=project.pk)
    wanted: dict[str, Any] = {}
    for name in SETTINGS:
        if name in values and getattr(before, name) != values[name]:
            entry[name] = {"before": str(getattr(before, name)), "after": str(values[name])}
            value = values[name]
            wanted[f"{name}_id" if isinstance(value, Model) else name] = value.pk if isinstance(value, Model) else value
    entry.change_rows("g", {project.pk: wanted})


def settings_changed_since(project: Project, revision: int) -> set[str]:
    """Names of SETTINGS that changed after `revision`."""
    later = Change.objects.filter(project=project, act="project.settings", revision__gt=revision)
    return {name for data in later.values_list("data", flat=True) for name in data}
