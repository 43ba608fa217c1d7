"""Who asks."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from ahsp.accounts.access import memberships_of, person_of
from ahsp.accounts.models import ApiToken, Membership
from ahsp.accounts.serializers import MeSerializer
from ahsp.core.api.bodies import answer
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView


def member_of(membership: Membership) -> dict[str, object]:
    """The organization of `membership`, with the role there."""
    organization = membership.organization
    return {
        "id": organization.pk,
        "name": organization.name,
        "role": membership.role,
        "may_write": membership.may_write,
    }


class MeView(ApiView):
    tag = "me"

    @described("me", {200: MeSerializer})
    def get(self, request: Request) -> HttpResponse:
        """The person who asks, with organizations and roles."""
        person = person_of(request)
        data = {
            "email": person.email,
            "name": person.name,
            "organizations": [member_of(membership) for membership in memberships_of(person)],
            "token": _token(request.auth),
        }
        return answer(request, data)


def _token(token: object) -> dict[str, object] | None:
    if not isinstance(token, ApiToken):
        return None
    return {"name": token.name, "scope": token.scope, "expires_at": token.expires_at}


api_urls = [path("me/", MeView.as_view(), name="me")]
