"""Browsers with their session. Programs with a token are known to `accounts`."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from ahsp.core.errors import Forbidden


class BrowserAuthentication(SessionAuthentication):
    """The session cookie; a write must carry the CSRF token as well."""

    def enforce_csrf(self, request: Request) -> Any:
        try:
            return super().enforce_csrf(request)
        except PermissionDenied as error:
            raise Forbidden("request.not_ours") from error
