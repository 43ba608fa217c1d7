"""The page of API tokens, and ending sessions elsewhere."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ahsp.accounts import token_format
from ahsp.accounts.models import ApiToken, Scope
from ahsp.accounts.services import MOST_TOKENS, create_token
from tests.people import Cast, sign_in

PAGE = "/account/tokens/"
FORM = {"name": "Excel di kantor", "scope": "write", "days": "30"}


def make(client: Client, **changes: str) -> Any:
    return client.post(PAGE, FORM | changes)


def test_the_secret_is_shown_once_and_kept_nowhere(cast: Cast) -> None:
    client = sign_in(cast.ani)
    answer = make(client)
    assert answer.status_code == 201
    shown = re.search(r"data-token>(ahsp_\w+)<", answer.content.decode())
    assert shown is not None
    key, secret = token_format.read(shown[1]) or ("", "")
    token = ApiToken.objects.get(key=key)
    assert (token.person, token.name, token.scope) == (cast.ani, "Excel di kantor", Scope.WRITE)
    assert token_format.matches(secret, token.hash)
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)
    again = client.get(PAGE).content.decode()
    assert "Excel di kantor" in again
    assert secret not in again
    assert not [s for s in Session.objects.all() if secret in str(s.get_decoded())]


def test_what_a_token_cannot_be_is_said_in_the_form(cast: Cast) -> None:
    client = sign_in(cast.ani)
    for wrong in (
        {"name": ""},
        {"name": "x" * 101},
        {"name": "\x00"},
        {"scope": "all"},
        {"days": "9999"},
        {"days": "x"},
    ):
        assert make(client, **wrong).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_list_has_only_ones_own_and_says_what_is_over(cast: Cast) -> None:
    token, _ = create_token(person=cast.ani, name="Milik Ani", scope=Scope.READ, days=30)
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    create_token(person=cast.budi, name="Milik Budi", scope=Scope.READ, days=30)
    page = sign_in(cast.ani).get(PAGE).content.decode()
    assert "Milik Ani" in page
    assert "kedaluwarsa" in page
    assert "Milik Budi" not in page


def test_revoking_takes_it_off_the_list(cast: Cast) -> None:
    token, _ = create_token(person=cast.ani, name="Laptop", scope=Scope.READ, days=30)
    client = sign_in(cast.ani)
    address = reverse("accounts:revoke_token", kwargs={"pk": token.pk})
    assert client.get(address).status_code == 405
    assert ">Laptop<" not in client.post(address, follow=True).content.decode()
    assert client.post(address).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_too_many_are_refused_with_a_page(cast: Cast) -> None:
    for _ in range(MOST_TOKENS):
        create_token(person=cast.ani, name="x", scope=Scope.READ, days=30)
    assert make(sign_in(cast.ani)).status_code == 409


def test_signing_out_elsewhere_ends_the_others_and_keeps_this_one(cast: Cast) -> None:
    here, there = sign_in(cast.ani), sign_in(cast.ani)
    other_person = sign_in(cast.budi)
    for _ in range(2):
        assert here.post(reverse("accounts:sign_out_elsewhere")).status_code == 302
    assert [c.get("/projects/").status_code for c in (here, there, other_person)] == [200, 302, 200]
    cast.ani.refresh_from_db()
    assert sign_in(cast.ani).get("/projects/").status_code == 200
