"""Acts on people and organizations."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ahsp.accounts import token_format
from ahsp.accounts.models import ApiToken, Membership, Organization, Person, Role, Scope
from ahsp.core.errors import Conflict

log = structlog.get_logger(__name__)

MOST_TOKENS = 50
SESSIONS_AT_ONCE = 5_000
TIME_BETWEEN_NOTES = timedelta(minutes=1)


@transaction.atomic
def found_organization(*, person: Person, name: str) -> Organization:
    """Make an organization with `person` as its owner."""
    organization = Organization.objects.create(name=name)
    Membership.objects.create(person=person, organization=organization, role=Role.OWNER)
    return organization


def end_sessions(*, person: Person) -> None:
    """Every browser of `person` has to sign in again; `person` knows the epoch that counts now."""
    Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])
    log.info("sessions.ended", person=person.pk)


def delete_expired_sessions() -> int:
    """Of sessions that are over, as many as one short statement takes; how many there were."""
    over = Session.objects.filter(expire_date__lt=timezone.now()).order_by("expire_date")
    deleted, _ = Session.objects.filter(pk__in=over.values("pk")[:SESSIONS_AT_ONCE]).delete()
    return deleted


@transaction.atomic
def create_token(*, person: Person, name: str, scope: Scope, days: int) -> tuple[ApiToken, str]:
    """A token that lives `days`, and its text, which nobody can read again. Raises Conflict beyond MOST_TOKENS."""
    # The row of the person makes two requests at once count one after the other.
    Person.objects.select_for_update().get(pk=person.pk)
    if person.tokens.filter(revoked_at=None).count() >= MOST_TOKENS:
        raise Conflict("token.too_many", {"limit": str(MOST_TOKENS)})
    key, secret = token_format.make()
    token = ApiToken.objects.create(
        person=person,
        name=name,
        key=key,
        hash=token_format.hash_of(secret),
        scope=scope,
        expires_at=timezone.now() + timedelta(days=days),
    )
    log.info("token.created", person=person.pk, token=key, scope=scope, days=days)
    return token, token_format.write(key, secret)


def revoke_token(*, token: ApiToken) -> None:
    """From the next request on it opens nothing. Revoking twice is revoking once."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        log.info("token.revoked", person=token.person_id, token=token.key)


def note_use(*, token: ApiToken) -> None:
    """Keep when `token` was used, to the minute: a busy program costs one write a minute, not one a request."""
    now = timezone.now()
    before = now - TIME_BETWEEN_NOTES
    if token.last_used_at is not None and token.last_used_at > before:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lte=before)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
