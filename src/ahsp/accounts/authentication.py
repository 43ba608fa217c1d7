"""How a program signs in to the API: `Authorization: Bearer ahsp_…`."""

from __future__ import annotations

from typing import Any

import structlog
from django.utils.translation import get_language
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from ahsp.accounts import access, services, token_format
from ahsp.accounts.models import ApiToken, Person, Scope
from ahsp.core.issue_texts import issue_text

_SCHEME = "Bearer"


class TokenRefused(AuthenticationFailed):  # type: ignore[misc]  # the framework ships no types
    """401 with one of the codes token.unknown, token.revoked, token.expired, token.person_inactive."""

    def __init__(self, code: str) -> None:
        super().__init__(issue_text(code, {}, get_language() or "id"), code)
        self.code = code


class TokenAuthentication(BaseAuthentication):  # type: ignore[misc]
    """The person a token belongs to; `request.auth` is the ApiToken.

    Without a Bearer header it has no opinion, so the session of a browser may answer. Only who shows the right
    secret learns why a token no longer opens anything.
    """

    def authenticate(self, request: Request) -> tuple[Person, ApiToken] | None:
        given = _bearer(request)
        if given is None:
            return None
        parts = token_format.read(given)
        token = access.token_of_key(parts[0]) if parts else None
        if parts is None or token is None or not token_format.matches(parts[1], token.hash):
            raise TokenRefused("token.unknown")
        _require_live(token)
        services.note_use(token=token)
        structlog.contextvars.bind_contextvars(token=token.key)
        return token.person, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 the framework's signature
        return f'{_SCHEME} realm="ahsp"'


def _bearer(request: Request) -> str | None:
    """What follows the scheme. Another scheme is not ours to judge."""
    scheme, _, given = get_authorization_header(request).decode("latin-1").partition(" ")
    return given.strip() if scheme.lower() == _SCHEME.lower() else None


def _require_live(token: ApiToken) -> None:
    if token.revoked_at is not None:
        raise TokenRefused("token.revoked")
    if token.is_expired:
        raise TokenRefused("token.expired")
    if not token.person.is_active:
        raise TokenRefused("token.person_inactive")


class ScopePermission(BasePermission):  # type: ignore[misc]
    """A token that may read asks for nothing that changes anything. Who signed in by session is not held here."""

    code = "token.read_only"

    @property
    def message(self) -> str:
        return issue_text(self.code, {}, get_language() or "id")

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002 the framework's signature
        token = request.auth
        return not isinstance(token, ApiToken) or token.scope == Scope.WRITE or request.method in SAFE_METHODS
