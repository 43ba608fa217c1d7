"""From a command that a program sends to what it did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from rest_framework import serializers

from ahsp.accounts.models import Person
from ahsp.core.errors import Conflict
from ahsp.core.one_moment import one_moment
from ahsp.estimates.queries import priced_once
from ahsp.projects.access import ProjectDoor
from ahsp.projects.commands import Command, carry_out, command_of
from ahsp.projects.entries import Entry
from ahsp.projects.queries import wrote_rows
from ahsp.projects.services import AlreadyDone, project_change
from ahsp.workspace.answers import since, tried

Body = dict[str, Any]


def dispatch(door: ProjectDoor, person: Person, call: Mapping[str, Any]) -> Body:
    """Carry out `call` (see CommandSerializer) and tell what changed since its base.

    Raises whatever the command raises, and Conflict where the database refuses what was written.
    """
    wanted = command_of(call["command"])
    door.require(wanted.right)
    arguments = _read(wanted, call["arguments"])
    act = _try if call["dry_run"] else _do
    try:
        return act(door, person, wanted, arguments, call)
    except IntegrityError as error:
        raise Conflict("command.contradicts", {"command": wanted.name}) from error


def _read(wanted: Command, arguments: Any) -> Body:
    """Raises the framework's ValidationError, with fields below "arguments"."""
    shape = wanted.shape(data=arguments)
    if not shape.is_valid():
        raise serializers.ValidationError({"arguments": shape.errors})
    unknown = sorted(set(map(str, arguments)) - set(shape.fields))
    if unknown:
        raise serializers.ValidationError({"arguments": {name[:40]: ["?"] for name in unknown}}, code="unknown")
    return dict(shape.validated_data)


def _do(door: ProjectDoor, person: Person, wanted: Command, arguments: Body, call: Mapping[str, Any]) -> Body:
    project, result, made = door.project, {}, None
    options = {"command": call["id"], "even_locked": wanted.even_locked}
    try:
        with project_change(project=project, person=person, act=wanted.name, **options) as entry:
            result = dict(carry_out(entry, wanted, arguments))
        made = entry.revision if entry.diffs else None
    except AlreadyDone as done:
        # The answer to it was lost on its way: what it told is told again.
        project.refresh_from_db()
        made = done.revision if wrote_rows(project, done.revision) else None
    with one_moment(project), priced_once():
        told = {**since(project, call["base"]), **{name: tell(project) for name, tell in wanted.also.items()}}
    return {**told, "act": wanted.name, "made": made, "result": result}


def _try(door: ProjectDoor, person: Person, wanted: Command, arguments: Body, call: Mapping[str, Any]) -> Body:
    """Everything as if, and then nothing of it."""
    project = door.project
    with transaction.atomic():
        entry = Entry(project, person, project.revision + 1, trying=True)
        result = dict(carry_out(entry, wanted, arguments))
        body = tried(entry, call["base"])
        transaction.set_rollback(True)
    return {**body, "act": wanted.name, "made": None, "result": result}
