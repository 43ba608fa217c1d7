"""Indonesian first; English for whoever chooses it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def language_of(client: Client) -> str:
    answer = client.get(reverse("account_login"), headers={"Accept-Language": "en-US,en"})
    return answer.headers["Content-Language"]


def test_indonesian_comes_first_whatever_the_browser_speaks() -> None:
    assert language_of(Client()) == "id"


def test_english_stays_once_chosen() -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert language_of(client) == "en"


def test_an_unknown_choice_is_ignored() -> None:
    client = Client()
    client.cookies["ahsp_language"] = "xx"
    assert language_of(client) == "id"
