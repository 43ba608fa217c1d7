"""Roles of a project by command."""

from __future__ import annotations

from ahsp.accounts.access import member_of
from ahsp.accounts.models import Membership, Role
from ahsp.core.errors import Conflict
from ahsp.projects.access import Right, effective_role
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry
from ahsp.projects.models import ProjectRole
from ahsp.projects.people.serializers import MemberRemoveSerializer, MemberSetSerializer
from ahsp.projects.people.services import tell_access


@command("members.set", MemberSetSerializer, right=Right.OWN, even_locked=True)
def set_member(entry: Entry, arguments: Arguments) -> None:
    """Give a member of the organization a role in this project alone. Owners of the organization keep theirs."""
    role = arguments["role"]
    member = _member(entry, arguments)
    _keep(entry, member, role)
    ProjectRole.objects.update_or_create(
        project=entry.project,
        person=member.person,
        defaults={"role": role, "organization_id": entry.project.organization_id},
    )


@command("members.remove", MemberRemoveSerializer, right=Right.OWN, even_locked=True)
def remove_member(entry: Entry, arguments: Arguments) -> None:
    """Take back the role in this project: that of the organization counts again."""
    member = _member(entry, arguments)
    _keep(entry, member, None)
    ProjectRole.objects.filter(project=entry.project, person=member.person).delete()


def _member(entry: Entry, arguments: Arguments) -> Membership:
    member = member_of(entry.project.organization, arguments["person"])
    if member.role == Role.OWNER:
        raise Conflict("member.owns_organization", {"person": str(member.person)})
    return member


def _keep(entry: Entry, member: Membership, role: str | None) -> None:
    """Write into the entry who had which role and has which; nothing if it stays. Open windows learn of it."""
    given = ProjectRole.objects.filter(project=entry.project, person=member.person).values_list("role", flat=True)
    before = given.first()
    if before == role:
        return
    entry["member"] = {"id": member.person_id, "name": str(member.person)}
    entry["role"] = {"before": effective_role(member.role, before), "after": effective_role(member.role, role)}
    tell_access(entry.project, member.person_id)
