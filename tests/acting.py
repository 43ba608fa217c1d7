"""People who carry out commands of the workspace."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from ahsp.accounts.models import Person
from ahsp.projects.models import Project
from tests.api.program import Program, read


def carry_out(person: Person, project: Project, name: str, status: int = 200, /, **arguments: Any) -> Any:
    """What the API answers to the command; with status 4xx the problem."""
    body = {"id": str(uuid4()), "command": name, "arguments": arguments, "base": 1}
    return read(Program(person).ask("post", f"projects/{project.code}/commands/", body), status)


def look(person: Person, project: Project, path: str, status: int = 200) -> Any:
    """An address of the project, as the person sees it."""
    return read(Program(person).ask("get", f"projects/{project.code}/{path}"), status)
