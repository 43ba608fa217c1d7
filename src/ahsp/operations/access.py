"""Who may look at how the server is."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ahsp.core.client_address import client_address
from ahsp.core.errors import NotFound

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def may_watch(request: HttpRequest) -> bool:
    """Whether figures and causes are for whoever asks: monitoring, by its address or its token."""
    return _brings_token(request) or _comes_from_monitoring(request)


def _brings_token(request: HttpRequest) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    expected = settings.METRICS_TOKEN
    return bool(expected) and kind == "Bearer" and secrets.compare_digest(token.encode(), expected.encode())


def _comes_from_monitoring(request: HttpRequest) -> bool:
    shown = client_address(request)
    # A proxy nobody declared speaks for strangers from its own address, often this machine's.
    if shown == request.META.get("REMOTE_ADDR") and _was_forwarded(request):
        return False
    try:
        address = ip_address(shown)
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_FROM)


def _was_forwarded(request: HttpRequest) -> bool:
    return any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"))


def for_administrators(view: View[P]) -> View[P]:
    """A view for administrators. For everybody else there is no such page: raises NotFound."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not getattr(request.user, "is_staff", False):
            raise NotFound("operations.not_found")
        return view(request, *args, **kwargs)

    return guarded
