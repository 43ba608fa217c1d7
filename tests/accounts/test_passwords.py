"""Forgotten passwords, with and without a mail server, and sign-up at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from ahsp.accounts.models import Organization, Person
from tests.people import PASSWORD, Cast, sign_in


def test_without_a_mail_server_a_forgotten_password_is_explained_and_nothing_is_written(cast: Cast) -> None:
    client = Client()
    for answer in (
        client.get(reverse("account_reset_password")),
        client.post(reverse("account_reset_password"), {"email": cast.ani.email}),
    ):
        assert answer.status_code == 503
        assert "./ahsp manage changepassword" in answer.content.decode()
    assert mail.outbox == []


def test_with_a_mail_server_known_and_unknown_addresses_get_the_same_answer(cast: Cast, settings: LazySettings) -> None:
    settings.MAIL_SERVER = "smtp://mail.example.com"
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email})
        for email in (cast.ani.email, "siapa@example.com")
    ]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, reverse("account_reset_password_done"))}


def test_a_mail_server_that_does_not_answer_is_named(cast: Cast, settings: LazySettings) -> None:
    settings.MAIL_SERVER = "smtp://127.0.0.1:1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = Client().post(reverse("account_reset_password"), {"email": cast.ani.email})
    assert answer.status_code == 503
    assert "Server surat" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_sign_ups_at_the_same_moment_one_wins_and_the_others_are_told() -> None:
    form = {"name": "Rina", "organization": "CV Maju", "email": "rina@example.com", "password1": PASSWORD}
    statuses: list[int] = []
    start = threading.Barrier(3)

    def sign_up() -> None:
        client = Client(raise_request_exception=False)
        start.wait()
        statuses.append(client.post(reverse("account_signup"), form).status_code)
        connection.close()

    threads = [threading.Thread(target=sign_up) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 200, 302]
    assert (Person.objects.count(), Organization.objects.count()) == (1, 1)


def test_a_very_long_password_is_just_a_wrong_one(cast: Cast) -> None:
    answer = Client().post(reverse("account_login"), {"login": cast.ani.email, "password": "x" * 1_000_000})
    assert answer.status_code == 200


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nothing_sends_a_person_to_another_site(cast: Cast, target: str) -> None:
    form = {"login": cast.ani.email, "password": PASSWORD, "next": target}
    assert Client().post(reverse("account_login"), form).headers["Location"] == reverse("estimates:projects")
    language = sign_in(cast.ani).post(reverse("set_language"), {"language": "en", "next": target})
    assert language.headers["Location"] == "/"


def test_the_cookies_are_closed_to_scripts_and_other_sites(cast: Cast) -> None:
    client = Client()
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": cast.ani.email, "password": PASSWORD})
    client.post(reverse("set_language"), {"language": "en"})
    for name in ("sessionid", "csrftoken", "ahsp_language"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax"), name
