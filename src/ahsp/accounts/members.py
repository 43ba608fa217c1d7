"""Acts on the members of an organization. Its owners carry them out; everybody may leave."""

from __future__ import annotations

import structlog
from django.db import transaction

from ahsp.accounts.models import Membership, Organization, Person, Role
from ahsp.accounts.signals import membership_changed
from ahsp.core.errors import Conflict, Refused

log = structlog.get_logger(__name__)
MOST_MEMBERS = 500


@transaction.atomic
def add_member(*, organization: Organization, by: Person, email: str, role: Role) -> Membership:
    """Let the person with this e-mail address in. Raises Refused for an address without an account, for somebody who is
    in already, and beyond MOST_MEMBERS."""
    _lock(organization)
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise Refused("member.no_account", {"email": email}, field="email")
    if Membership.objects.filter(organization=organization, person=person).exists():
        raise Refused("member.there_already", {"person": str(person)}, field="email")
    if Membership.objects.filter(organization=organization).count() >= MOST_MEMBERS:
        raise Refused("member.too_many", {"limit": str(MOST_MEMBERS)}, field="email")
    made = Membership.objects.create(organization=organization, person=person, role=role)
    _tell("member.added", made, by)
    return made


@transaction.atomic
def change_role(*, membership: Membership, by: Person, role: Role) -> None:
    """Raises Conflict for the last owner."""
    _lock(membership.organization)
    if role != Role.OWNER:
        _require_another_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    _tell("member.role_changed", membership, by)


@transaction.atomic
def remove_member(*, membership: Membership, by: Person) -> None:
    """What the person made stays. Raises Conflict for the last owner."""
    _lock(membership.organization)
    _require_another_owner(membership)
    Membership.objects.filter(pk=membership.pk).delete()
    _tell("member.removed", membership, by, left=True)


def _lock(organization: Organization) -> None:
    """Two owners who demote each other at once do so one after the other."""
    Organization.objects.select_for_update().get(pk=organization.pk)


def _require_another_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(organization=membership.organization_id, role=Role.OWNER)
    if not owners.exclude(pk=membership.pk).exists():
        raise Conflict("member.last_owner", {"person": str(membership.person)})


def _tell(event: str, membership: Membership, by: Person, *, left: bool = False) -> None:
    organization, person = membership.organization_id, membership.person_id
    role = None if left else Role(membership.role)
    membership_changed.send(Membership, organization=organization, person=person, role=role)
    log.info(event, organization=organization, person=person, role=role, by=by.pk)
