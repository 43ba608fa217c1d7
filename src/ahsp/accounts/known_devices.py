"""Browsers in which somebody signed in before: a signed cookie that is worth nothing without the password.

With it a browser has a count of failures of its own (accounts/guessing.py), so whoever guesses from the same network,
or from the whole world, cannot keep the owner out of the browser that is in daily use.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = "ahsp_device"
_AGE = 180 * 24 * 3600
_SALT = "ahsp.accounts.known_devices"
_MOST_ACCOUNTS = 8


@dataclass(frozen=True, slots=True)
class Device:
    """`id` is random; `accounts` are the pseudonyms of those who signed in, the latest last."""

    id: str
    accounts: tuple[str, ...]


def read(request: HttpRequest) -> Device | None:
    """The device of the cookie, if we signed it."""
    try:
        device_id, *accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Device(device_id, tuple(accounts))


def remember(request: HttpRequest, response: HttpResponseBase, account: str) -> None:
    """Let the browser keep that `account` signed in here."""
    device = read(request) or Device(secrets.token_hex(16), ())
    accounts = [*(known for known in device.accounts if known != account), account][-_MOST_ACCOUNTS:]
    response.set_cookie(
        COOKIE,
        signing.dumps([device.id, *accounts], salt=_SALT),
        max_age=_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
