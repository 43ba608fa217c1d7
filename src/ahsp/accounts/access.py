"""The door from a person to organizations."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, When
from django.db.models.functions import Lower
from django.http import HttpRequest

from ahsp.accounts.models import WRITING_ROLES, ApiToken, Membership, Organization, Person, Role
from ahsp.core.errors import Forbidden, NotFound


def person_of(request: HttpRequest) -> Person:
    """Who signed in. Every page but those of sign-in requires it, so nobody else arrives here."""
    if not isinstance(request.user, Person):
        raise TypeError("this view is open to people who did not sign in")
    return request.user


def person_id_of_email(email: str) -> int | None:
    """Whose e-mail address this is."""
    return Person.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Every membership of `person`, with its organization, by name."""
    return person.memberships.select_related("organization").order_by("organization__name", "id")


def organizations_of(person: Person) -> list[int]:
    """Ids of the organizations `person` belongs to. One query."""
    return list(person.memberships.order_by("organization_id").values_list("organization_id", flat=True))


def writable_memberships(person: Person) -> QuerySet[Membership]:
    """The memberships through which `person` may make projects."""
    return memberships_of(person).filter(role__in=WRITING_ROLES)


def first_writable_membership(person: Person) -> Membership:
    """Raises Forbidden for a person who may nowhere make projects."""
    found = writable_memberships(person).first()
    if found is None:
        raise Forbidden("organization.read_only")
    return found


def membership_in(person: Person, organization: int) -> Membership:
    """The membership of `person`. Raises NotFound for a stranger as for an organization that does not exist."""
    found = memberships_of(person).filter(organization_id=organization).first()
    if found is None:
        raise NotFound("organization.not_found")
    return found


def require_owner(membership: Membership) -> Organization:
    """The organization, for an act of its owners. Raises Forbidden."""
    if membership.role != Role.OWNER:
        raise Forbidden("organization.owners_only", {"organization": membership.organization.name})
    return membership.organization


def members_of(organization: Organization) -> QuerySet[Membership]:
    """Who belongs to it, owners first, then by name."""
    by_role = Case(*(When(role=role, then=place) for place, role in enumerate(Role)), output_field=IntegerField())
    rows = Membership.objects.filter(organization=organization).select_related("person", "organization")
    return rows.order_by(by_role, Lower("person__name"), "person__email")


def member_of(organization: Organization, person: int) -> Membership:
    """Raises NotFound for somebody who does not belong to it, or no longer."""
    found = members_of(organization).filter(person_id=person).first()
    if found is None:
        raise NotFound("member.not_found")
    return found


def token_of_key(key: str) -> ApiToken | None:
    """The token that calls itself `key`, with its person; whoever asks has yet to show the secret."""
    return ApiToken.objects.select_related("person").filter(key=key).first()


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """The tokens of `person` that were not revoked, the youngest first."""
    return person.tokens.filter(revoked_at=None).order_by("-created_at", "-id")


def token_of(person: Person, pk: int) -> ApiToken:
    """Raises NotFound for a revoked one and for somebody else's too."""
    found = tokens_of(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("token.not_found")
    return found
