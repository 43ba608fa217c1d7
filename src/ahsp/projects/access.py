"""The only door from a person and a code to a project."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from ahsp.accounts.models import Membership, Person
from ahsp.core.errors import Forbidden, NotFound
from ahsp.projects.door_query import find_project
from ahsp.projects.models import Project


@dataclass(frozen=True, slots=True)
class ProjectDoor:
    """A project that `membership` lets its person see. `may_write` decides what the pages offer."""

    project: Project
    membership: Membership

    @property
    def may_write(self) -> bool:
        return self.membership.may_write

    def require_write(self) -> Project:
        """The project, for an act that changes it. Raises Forbidden."""
        if not self.may_write:
            raise Forbidden("project.read_only", {"project": self.project.name})
        return self.project


# Long texts of an edition and a price book that no page of a project shows.
LONG_TEXTS = ("edition__manifest", "edition__provenance", "price_book__note")


def projects_of(person: Person) -> QuerySet[Project]:
    """Every project of the organizations `person` belongs to, latest change first."""
    return (
        Project.objects.filter(organization__memberships__person=person)
        .select_related("organization", "edition", "price_book")
        .defer(*LONG_TEXTS)
        .order_by("-updated_at", "-id")
    )


def open_project(person: Person, code: str) -> ProjectDoor:
    """The project with `code`. Raises NotFound for a stranger as for a code that does not exist. One query."""
    found = find_project(person.pk, code)
    if found is None:
        raise NotFound("project.not_found", {"code": code})
    return ProjectDoor(*found)
