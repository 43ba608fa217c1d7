"""Signing up and in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ahsp.accounts.models import Membership, Person, Role
from tests.people import PASSWORD, Cast

pytestmark = pytest.mark.django_db
FORM = {"name": "Rina", "organization": "CV Maju", "email": "Rina@Example.com", "password1": PASSWORD}


def test_signing_up_makes_an_organization_with_its_owner() -> None:
    client = Client()
    answer = client.post(reverse("account_signup"), FORM)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("estimates:projects"))
    person = Person.objects.get(email="rina@example.com")
    membership = Membership.objects.get(person=person)
    assert (membership.organization.name, membership.role) == ("CV Maju", Role.OWNER)
    assert client.get(reverse("estimates:projects")).status_code == 200


def test_an_organization_is_asked_for() -> None:
    answer = Client().post(reverse("account_signup"), FORM | {"organization": ""})
    assert answer.status_code == 200
    assert not Person.objects.exists()


def test_passwords_are_kept_as_argon2id(cast: Cast) -> None:
    assert cast.ani.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("email", ["ani@example.com", "ANI@example.com"])
def test_signing_in_by_email_in_any_case(cast: Cast, email: str) -> None:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get(reverse("estimates:projects")).context["user"] == cast.ani


def test_a_wrong_password_signs_nobody_in(cast: Cast) -> None:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": cast.ani.email, "password": "salah-semua-ini"})
    assert answer.status_code == 200
    assert client.get(reverse("estimates:projects")).status_code == 302


def test_every_answer_carries_a_request_id_and_a_policy_without_inline_script() -> None:
    answer = Client().get(reverse("account_login"))
    assert len(answer.headers["X-Request-ID"]) == 32
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
