"""Reads of who may do what in a project."""

from __future__ import annotations

from typing import Any

from ahsp.accounts.access import members_of
from ahsp.projects.access import RIGHTS, effective_role
from ahsp.projects.models import Project, ProjectRole


def members_body(project: Project, person: int) -> list[dict[str, Any]]:
    """Every member of the organization with the role there, the one given in this project alone, and the one that
    counts; see MemberSerializer. Two queries."""
    given = dict(ProjectRole.objects.filter(project=project).values_list("person_id", "role"))
    found = []
    for member in members_of(project.organization):
        one = member.person
        role = effective_role(member.role, given.get(one.pk))
        found.append(
            {
                "id": one.pk,
                "name": str(one),
                "email": one.email,
                "initials": one.initials,
                "organization_role": member.role,
                "given": given.get(one.pk),
                "role": role,
                "rights": sorted(right.value for right in RIGHTS[role]),
                "is_you": one.pk == person,
            }
        )
    return found
