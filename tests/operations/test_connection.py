"""The look at a kept connection before a request uses it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db.utils import ConnectionHandler

from tests.stack.machine import wait_for


@pytest.fixture
def connection(db: None) -> Iterator[Any]:  # noqa: ARG001 pytest lets nobody else connect
    """A connection of its own to the database the tests run on, past those of pytest."""
    own = ConnectionHandler({"default": settings.DATABASES["default"]})["default"]
    own.connect()
    yield own
    own.close()


def number(connection: Any) -> int:
    """The server's process behind the connection."""
    return int(connection.connection.info.backend_pid)


def test_a_connection_that_stands_is_used_without_asking(connection: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Untouched:
        def cursor(self) -> None:
            raise AssertionError("the database was asked")

        def fileno(self) -> int:
            return real.fileno()

    real = connection.connection
    monkeypatch.setattr(connection, "connection", Untouched())
    assert connection.is_usable()
    monkeypatch.undo()


def test_a_connection_that_the_server_closed_is_replaced_before_the_first_query(connection: Any) -> None:
    before = connection.connection
    with psycopg.connect(os.environ.get("AHSP_DIRECT_DATABASE_URL") or os.environ["DATABASE_URL"]) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [number(connection)])
    wait_for(lambda: not connection.is_usable(), "the end of the connection")
    # As at the beginning of a request.
    connection.health_check_enabled = True
    connection.health_check_done = False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert connection.connection is not before


def test_a_notice_is_no_reason_to_close(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("LISTEN ahsp_test")
    with psycopg.connect(os.environ.get("AHSP_DIRECT_DATABASE_URL") or os.environ["DATABASE_URL"]) as other:
        other.autocommit = True
        other.execute("NOTIFY ahsp_test")
        other.execute("SELECT 1")
    assert connection.is_usable()


def test_without_a_connection_there_is_nothing_to_use(connection: Any) -> None:
    connection.close()
    assert not connection.is_usable()
    connection.connect()
    connection.connection.close()
    assert not connection.is_usable()
