"""Sessions at sign-in: one row, one key, none left over; and the page that refuses without asking anything."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from ahsp.accounts.tasks import expire
from ahsp.core.errors import TooOften
from ahsp.core.rendering import error_answer
from ahsp.core.sessions import SessionStore
from tests.accounts.signing_in import attempt
from tests.people import PASSWORD, Cast

AT_ONCE = 20
MOST_QUERIES = 5
"""State of the counts, the account by each of its two tables, last sign-in, session."""


def test_signing_in_asks_the_database_for_little(cast: Cast, django_assert_max_num_queries: object) -> None:
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(MOST_QUERIES + 2) as asked:
        assert attempt(cast.ani.email).status_code == 302
    savepoints = [query for query in asked.captured_queries if "SAVEPOINT" in query["sql"]]
    assert len(asked.captured_queries) - len(savepoints) <= MOST_QUERIES


def test_signing_in_makes_one_session_and_drops_the_one_before(cast: Cast) -> None:
    client = Client()
    attempt(cast.ani.email, client=client)
    client.post(reverse("account_logout"))
    attempt(cast.ani.email, client=client)
    assert Session.objects.count() == 1
    assert client.get(reverse("estimates:projects")).status_code == 200


@pytest.mark.django_db
def test_sessions_that_are_over_are_deleted() -> None:
    for hours in (-2, -1, 1):
        Session.objects.create(
            session_key=f"{hours}" * 8, session_data="", expire_date=timezone.now() + timedelta(hours=hours)
        )
    expire()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["1" * 8]


@pytest.mark.django_db
def test_a_key_made_by_somebody_else_is_never_taken() -> None:
    planted = SessionStore("a" * 32)
    planted["left"] = "behind"
    planted.cycle_key()
    planted.save()
    assert planted.session_key not in {None, "a" * 32}
    assert SessionStore(planted.session_key)["left"] == "behind"
    assert not SessionStore("a" * 32).exists("a" * 32)
    assert SessionStore("a" * 3000).session_key is None


@pytest.mark.django_db(transaction=True)
def test_simultaneous_correct_sign_ins_to_one_account_all_succeed(cast: Cast) -> None:
    """Of real hashes; the storm in tests/stack has a hundred of them and the web server."""
    statuses: list[int] = []
    start = threading.Barrier(AT_ONCE)

    def come() -> None:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.get(reverse("account_login"))
        token = client.cookies["csrftoken"].value
        form = {"login": cast.ani.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        start.wait()
        statuses.append(client.post(reverse("account_login"), form).status_code)
        connection.close()

    threads = [threading.Thread(target=come) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302] * AT_ONCE
    assert Session.objects.count() == AT_ONCE


@pytest.mark.parametrize("cookies", [{}, {"sessionid": "a" * 32, "csrftoken": "b" * 32, "ahsp_device": "c"}])
def test_the_refusal_needs_neither_session_nor_database(cookies: dict[str, str]) -> None:
    """pytest-django fails every query of a test that did not ask for the database."""
    request = RequestFactory().post(reverse("account_login"))
    request.COOKIES = cookies
    answer = error_answer(request, TooOften("sign_in.too_many_for_account", 61), "429.html")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "61")
    assert "2 menit" in answer.content.decode()
    assert render_to_string("429.html", {"error_text": "x"})
