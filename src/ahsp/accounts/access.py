"""The door from a person to organizations."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from ahsp.accounts.models import WRITING_ROLES, Membership, Person
from ahsp.core.errors import NotFound


def person_of(request: HttpRequest) -> Person:
    """Who signed in. Every page but those of sign-in requires it, so nobody else arrives here."""
    if not isinstance(request.user, Person):
        raise TypeError("this view is open to people who did not sign in")
    return request.user


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Every membership of `person`, with its organization, by name."""
    return person.memberships.select_related("organization").order_by("organization__name", "id")


def writable_membership(person: Person, organization_id: int) -> Membership:
    """The membership through which `person` may make projects there. Raises NotFound."""
    found = memberships_of(person).filter(organization_id=organization_id, role__in=WRITING_ROLES).first()
    if found is None:
        raise NotFound("organization.not_found")
    return found
