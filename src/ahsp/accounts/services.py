"""Acts on people and organizations."""

from __future__ import annotations

from django.db import transaction

from ahsp.accounts.models import Membership, Organization, Person, Role


@transaction.atomic
def found_organization(*, person: Person, name: str) -> Organization:
    """Make an organization with `person` as its owner."""
    organization = Organization.objects.create(name=name)
    Membership.objects.create(person=person, organization=organization, role=Role.OWNER)
    return organization
