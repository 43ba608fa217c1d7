"""The door to uploads: only the person who brought a file sees it."""

from __future__ import annotations

from ahsp.accounts.models import Person
from ahsp.core.errors import NotFound
from ahsp.exchange.models import BoqImport
from ahsp.projects.models import Project


def open_import(person: Person, project: Project, pk: int) -> BoqImport:
    """Raises NotFound."""
    waiting = BoqImport.objects.filter(project=project, person=person, pk=pk).first()
    if waiting is None:
        raise NotFound("import.not_found", {"project": project.name})
    waiting.project = project
    return waiting
