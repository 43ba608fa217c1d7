"""The only door from a person and a code to a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from ahsp.accounts.models import Membership, Person, Role
from ahsp.core.errors import Conflict, Forbidden, NotFound
from ahsp.projects.door_query import find_project
from ahsp.projects.models import Project


class Right(StrEnum):
    """What a person may do in a project beside looking at it."""

    WRITE = "write"
    COMMENT = "comment"
    APPROVE = "approve"
    OWN = "own"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ESTIMATOR: frozenset({Right.WRITE, Right.COMMENT}),
    Role.REVIEWER: frozenset({Right.COMMENT, Right.APPROVE}),
    Role.VIEWER: frozenset(),
}


# What to say to somebody whose role lacks a right.
_LACKING: Mapping[Right, str] = {
    Right.WRITE: "project.read_only",
    Right.COMMENT: "project.no_comments",
    Right.APPROVE: "project.no_approval",
    Right.OWN: "project.owners_only",
}


def effective_role(of_organization: str, given: str | None) -> Role:
    """A role `given` in a project raises or lowers that of the organization; whose owners stay owners."""
    return Role(of_organization if given is None or of_organization == Role.OWNER else given)


def listed_role(project: Project, roles: Mapping[int, str]) -> Role:
    """The role in a project of projects/listing.py; `roles` are those in organizations, by id."""
    return effective_role(roles[project.organization_id], getattr(project, "given_role", None))


@dataclass(frozen=True, slots=True)
class ProjectDoor:
    """A project that `membership` lets its person see, with the role `given` in this project alone.

    `rights` decide what the pages offer.
    """

    project: Project
    membership: Membership
    given: str | None = None

    @property
    def role(self) -> Role:
        """The person's role in this project."""
        return effective_role(self.membership.role, self.given)

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[self.role]

    @property
    def may_write(self) -> bool:
        return Right.WRITE in self.rights

    def require(self, right: Right) -> Project:
        """The project, for an act that needs `right`. Raises Forbidden."""
        if right not in self.rights:
            raise Forbidden(_LACKING[right], {"project": self.project.name, "role": str(self.role.label)})
        return self.project

    def require_write(self) -> Project:
        """The project, for an act that changes it. Raises Forbidden, and Conflict while it is locked."""
        project = self.require(Right.WRITE)
        if project.locked_at is not None:
            raise Conflict("project.locked", {"project": project.name})
        return project


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
