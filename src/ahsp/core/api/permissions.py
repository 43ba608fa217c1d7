"""Who may call the API at all; what they may see there, the doors of each app decide."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class SignedIn(BasePermission):
    """Whoever signed in, by session or token."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002 the framework's signature
        return bool(request.user.is_authenticated)
