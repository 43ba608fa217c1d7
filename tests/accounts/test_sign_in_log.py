"""Every look at a password leaves one line, and the password is in none of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.urls import reverse
from prometheus_client import REGISTRY

from ahsp.accounts.guessing import RECENT_FAILURES
from ahsp.accounts.models import Person
from ahsp.core.logging import formatter
from tests.accounts.signing_in import HERE, QUICK_HASHERS, WRONG, attempt, fail
from tests.people import PASSWORD, Cast, sign_in

REQUEST_ID = "permintaan-0001"


class Lines(logging.Handler):
    """What the log would say, as objects and as written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(formatter())
        self.records: list[logging.LogRecord] = []
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
        self.text += self.format(record) + "\n"

    def checks(self) -> list[dict[str, Any]]:
        """The lines about passwords."""
        said = [record.msg for record in self.records if isinstance(record.msg, dict)]
        return [line for line in said if line["event"] == "password.checked"]


@pytest.fixture(autouse=True)
def quick_hashes(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = QUICK_HASHERS


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler = Lines()
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_success_is_one_line_with_everything_an_operator_asks(cast: Cast, lines: Lines) -> None:
    client = Client()
    form = {"login": cast.ani.email, "password": PASSWORD}
    client.post(reverse("account_login"), form, headers={"X-Request-ID": REQUEST_ID}, REMOTE_ADDR=HERE)
    (line,) = lines.checks()
    assert line["took_ms"] >= 0
    assert {key: line[key] for key in ("act", "outcome", "reason", "person", "address", "request_id")} == {
        "act": "sign_in",
        "outcome": "succeeded",
        "reason": "right_password",
        "person": cast.ani.pk,
        "address": HERE,
        "request_id": REQUEST_ID,
    }


def test_each_way_to_fail_has_its_reason(cast: Cast, lines: Lines) -> None:
    fail(cast.ani.email, RECENT_FAILURES)
    attempt(cast.ani.email)
    fail("siapa@example.com", 1)
    attempt(cast.budi.email, "")
    Person.objects.filter(pk=cast.citra.pk).update(is_active=False)
    attempt(cast.citra.email)
    said = [(line["outcome"], line["reason"], line["person"]) for line in lines.checks()]
    assert said[:RECENT_FAILURES] == [("failed", "wrong_password", cast.ani.pk)] * RECENT_FAILURES
    assert said[RECENT_FAILURES:] == [
        ("refused", "too_many_for_account", None),
        ("failed", "unknown_account", None),
        ("failed", "incomplete", None),
        ("refused", "disabled", cast.citra.pk),
    ]


def test_what_is_logged_is_counted_too(cast: Cast) -> None:
    labels = {"act": "sign_in", "outcome": "failed", "reason": "wrong_password"}
    before = REGISTRY.get_sample_value("ahsp_password_checks_total", labels) or 0
    fail(cast.ani.email, 2)
    assert REGISTRY.get_sample_value("ahsp_password_checks_total", labels) == before + 2


def test_lines_about_one_account_can_be_told_together_without_naming_it(cast: Cast, lines: Lines) -> None:
    fail(cast.ani.email, 1)
    fail("ANI@example.com", 1)
    fail("lain@example.com", 1)
    names = [line["account"] for line in lines.checks()]
    assert names[0] == names[1] != names[2]
    assert "example.com" not in lines.text


def test_the_password_is_in_no_line_whatever_happens(cast: Cast, lines: Lines) -> None:
    secret = "rahasia-sekali-7261"
    attempt(cast.ani.email, secret)
    attempt(secret, secret)
    attempt(secret + "@example.com", WRONG)
    attempt("x" * 5000, secret)
    client = sign_in(cast.ani)
    client.post(reverse("account_reauthenticate"), {"password": secret})
    new = {"oldpassword": secret, "password1": secret + "1", "password2": secret + "2"}
    client.post(reverse("account_change_password"), new)
    Client().post(
        reverse("account_signup"), {"email": "a@b.id", "password1": secret, "name": "\x00", "organization": ""}
    )
    Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a", "password": secret})
    assert len(lines.checks()) == 6
    assert secret not in lines.text


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_in_between_is_said_without_the_password(cast: Cast, lines: Lines) -> None:
    client = Client(raise_request_exception=False)
    client.get(reverse("account_login"))
    with connection.execute_wrapper(end_connection_at("accounts_signinfailure")):
        answer = attempt(cast.ani.email, PASSWORD, client=client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert [line["reason"] for line in lines.checks()] == ["database_away"]
    assert PASSWORD not in lines.text
    connection.close_if_unusable_or_obsolete()
    assert attempt(cast.ani.email).status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["accounts_person", "django_session"])
def test_wherever_the_database_goes_away_the_answer_is_503(cast: Cast, table: str) -> None:
    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(end_connection_at(table)):
        assert attempt(cast.ani.email, client=client).status_code == 503
    connection.close_if_unusable_or_obsolete()
    assert attempt(cast.ani.email).status_code == 302


def end_connection_at(table: str) -> Callable[..., Any]:
    """PostgreSQL itself ends the connection before the first statement about `table`."""
    ended: list[int] = []

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not ended and table in sql:
            ended.append(connection.connection.info.backend_pid)
            password = connection.settings_dict["PASSWORD"]
            with psycopg.connect(connection.connection.info.dsn, password=password) as other:
                other.execute("SELECT pg_terminate_backend(%s)", ended)
        return execute(sql, params, many, context)

    return wrapper
