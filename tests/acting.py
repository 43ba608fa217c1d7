"""People who carry out commands of the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpResponse

from ahsp.accounts.models import Person
from ahsp.projects import commands
from ahsp.projects.models import Project
from ahsp.projects.services import project_change
from tests.api.program import Program, read


def carry_out(person: Person, project: Project, name: str, status: int = 200, /, **arguments: Any) -> Any:
    """What the API answers to the command; with status 4xx the problem."""
    return read(send(project, person, name, **arguments), status)


def look(person: Person, project: Project, path: str, status: int = 200) -> Any:
    """An address of the project, as the person sees it."""
    return read(Program(person).ask("get", f"projects/{project.code}/{path}"), status)


def send(project: Project, person: Person, name: str, /, *, dry_run: bool = False, **arguments: Any) -> HttpResponse:
    """The answer of the API to a command."""
    body = {"id": str(uuid4()), "command": name, "arguments": arguments, "base": 1, "dry_run": dry_run}
    return Program(person).ask("post", f"projects/{project.code}/commands/", body)


def act(project: Project, person: Person, name: str, /, **arguments: Any) -> Mapping[str, Any]:
    """The command's result without the API; its arguments are read as the API reads them."""
    wanted = commands.command_of(name)
    shape = wanted.shape(data=arguments)
    shape.is_valid(raise_exception=True)
    with project_change(project=project, person=person, act=name, even_locked=wanted.even_locked) as entry:
        return commands.carry_out(entry, wanted, shape.validated_data)
