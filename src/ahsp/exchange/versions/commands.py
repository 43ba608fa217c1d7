"""Versions by command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from ahsp.core.errors import Conflict, Forbidden, Refused
from ahsp.estimates.queries import priced_estimate
from ahsp.exchange.versions import serializers as shape
from ahsp.exchange.versions.content import inputs_of, lines_of, pack, totals_of, unpack, written
from ahsp.exchange.versions.queries import changed_since, version_of
from ahsp.exchange.versions.restore import bring_back
from ahsp.projects.access import Right, open_project
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry
from ahsp.projects.models import Project, Snapshot

MOST_VERSIONS = 200


@command("versions.save", shape.VersionSaveSerializer, right=Right.COMMENT, even_locked=True)
def save(entry: Entry, arguments: Arguments) -> Mapping[str, Any]:
    """Keep the project as it is now under a name."""
    project = entry.project
    name = _free_name(project, arguments["name"])
    if Snapshot.objects.filter(project=project).count() >= MOST_VERSIONS:
        raise Conflict("version.too_many", {"limit": str(MOST_VERSIONS)})
    estimate = priced_estimate(project)
    made = Snapshot.objects.create(
        project=project,
        organization_id=project.organization_id,
        name=name,
        note=arguments.get("note", "").strip(),
        revision=entry.revision,
        person=entry.person,
        inputs=pack(inputs_of(project)),
        lines=pack(written(lines_of(estimate))),
        totals=totals_of(project, estimate),
    )
    _tell(entry, made)
    entry["total"] = made.totals["rounded_total"]
    return {"id": made.pk}


@command("versions.rename", shape.VersionRenameSerializer, right=Right.COMMENT, even_locked=True)
def rename(entry: Entry, arguments: Arguments) -> None:
    """Change name or note of a version that you saved; an owner changes those of any. Never of an approved one."""
    version = _own(entry, arguments)
    name = _free_name(entry.project, arguments.get("name", version.name), but=version)
    note = arguments.get("note", version.note).strip()
    if (name, note) == (version.name, version.note):
        return
    entry["name"] = {"before": version.name, "after": name}
    entry["note"] = {"before": version.note[:300], "after": note[:300]}
    version.name, version.note = name, note
    version.save(update_fields=["name", "note"])
    _tell(entry, version)


@command("versions.remove", shape.VersionSerializer, right=Right.COMMENT, even_locked=True)
def remove(entry: Entry, arguments: Arguments) -> None:
    """Throw away a version that you saved; an owner throws away any. Never an approved one."""
    version = _own(entry, arguments)
    _tell(entry, version)
    version.delete()


@command("versions.approve", shape.VersionSerializer, right=Right.APPROVE)
def approve(entry: Entry, arguments: Arguments) -> None:
    """Approve a version and lock the project, which must be as the version is."""
    version, project = version_of(entry.project, arguments["id"]), entry.project
    if version.approved_at is not None:
        raise Conflict("version.approved", {"name": version.name})
    if changed_since(project, version):
        raise Conflict("version.changed_since", {"name": version.name})
    version.approved_at, version.approved_by = timezone.now(), entry.person
    version.save(update_fields=["approved_at", "approved_by"])
    _lock(project, entry, at=version.approved_at)
    _tell(entry, version)
    entry["locked"] = {"before": False, "after": True}


@command("versions.unlock", shape.UnlockSerializer, right=Right.OWN, even_locked=True)
def unlock(entry: Entry, arguments: Arguments) -> None:
    """Let the project be changed again; the approved version stays what it is. The reason stands in the change log."""
    if entry.project.locked_at is None:
        return
    _lock(entry.project, None, at=None)
    entry["reason"] = arguments["reason"].strip()
    entry["locked"] = {"before": True, "after": False}


@command("versions.restore", shape.VersionSerializer)
def restore(entry: Entry, arguments: Arguments) -> None:
    """Make rows and settings of the project those of a version, as one change that can be undone."""
    version = version_of(entry.project, arguments["id"])
    bring_back(entry, unpack(version.inputs))
    if entry.diffs:
        _tell(entry, version)


def _lock(project: Project, entry: Entry | None, *, at: Any) -> None:
    project.locked_at, project.locked_by = at, entry.person if entry else None
    project.save(update_fields=["locked_at", "locked_by"])


def _free_name(project: Project, name: str, but: Snapshot | None = None) -> str:
    name = " ".join(name.split())
    others = Snapshot.objects.filter(project=project, name=name)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise Refused("version.name_taken", {"name": name}, field="arguments.name")
    return name


def _own(entry: Entry, arguments: Arguments) -> Snapshot:
    version = version_of(entry.project, arguments["id"])
    if version.approved_at is not None:
        raise Conflict("version.approved_stays", {"name": version.name})
    mine = version.person_id == entry.person.pk
    if not mine and Right.OWN not in open_project(entry.person, entry.project.code).rights:
        raise Forbidden("version.not_yours", {"name": version.name})
    return version


def _tell(entry: Entry, version: Snapshot) -> None:
    entry["version"] = {"id": version.pk, "name": version.name, "revision": version.revision}
