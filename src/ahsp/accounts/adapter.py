"""allauth's adapter: our limits and logs instead of its own."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest, HttpResponse

from ahsp.accounts import known_devices, pseudonyms
from ahsp.accounts.models import Person
from ahsp.accounts.password_checks import under_limits
from ahsp.core.client_address import client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002 allauth's signature
        """Never: allauth's JSON would send the typed password back."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth charges an attempt before it looked at the password; we do afterwards."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Who has this e-mail and password, also when disabled. Raises TooOften."""
        check = partial(super().authenticate, request, **credentials)
        return under_limits(request, act="sign_in", email=credentials.get("email") or "", check=check)

    def reauthenticate(self, user: Person, password: str) -> bool:
        """Whether the signed-in `user` knows the password. Raises TooOften."""
        return has_password(context.request, user, password, act="password_again")

    def post_login(self, request: HttpRequest, user: Person, **details: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **details)
        known_devices.remember(request, response, pseudonyms.of_account(details.get("email") or user.email))
        return response


def has_password(request: HttpRequest, person: Person, password: str, *, act: str) -> bool:
    """Whether `person` has this password, under the limits of sign-in. Raises TooOften."""
    check = lambda: person if person.check_password(password) else None  # noqa: E731
    return under_limits(request, act=act, email=person.email, check=check) is not None
