"""Single statements on connections of their own, bounded in time whatever happens to server or network.

Neither Django nor psycopg gives up on a server that has stopped talking; here the waiting is ours. Also speaks to
PgBouncer's console, which knows plain statements only.
"""

from __future__ import annotations

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

SECONDS_TO_CONNECT = 2
SECONDS_TO_ANSWER = 2.0
CONSOLE = "pgbouncer"

Row = dict[str, str | None]


def through_the_pool() -> bool:
    """Whether the application's own connections lead through PgBouncer."""
    default, direct = (connections.settings[name] for name in ("default", "direct"))
    return (default["HOST"], default["PORT"]) != (direct["HOST"], direct["PORT"])


@contextmanager
def connected(*, database: str = "") -> Iterator[psycopg.Connection[Any]]:
    """A connection as the application makes them, to `database` instead of its own if given. Raises psycopg.Error."""
    parameters: dict[str, Any] = {**connections["default"].get_connection_params()}
    parameters.update(connect_timeout=SECONDS_TO_CONNECT, autocommit=True)
    if database:
        parameters["dbname"] = database
    connection = psycopg.connect(**parameters)
    try:
        yield connection
    finally:
        connection.close()


def rows(connection: psycopg.Connection[Any], statement: str) -> list[Row]:
    """What `statement` brings, as texts by column name. Raises psycopg.Error, or TimeoutError."""
    server = connection.pgconn
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    readable = select.poll()
    readable.register(server.socket, select.POLLIN)
    server.send_query(statement.encode())
    result: PGresult | None = None
    while True:
        while server.is_busy():
            if not readable.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise TimeoutError(f"no answer within {SECONDS_TO_ANSWER:g} s")
            server.consume_input()
        following = server.get_result()
        if following is None:
            return _read(result)
        result = following


def _read(result: PGresult | None) -> list[Row]:
    if result is None or result.status != ExecStatus.TUPLES_OK:
        message = result.error_message.decode(errors="replace").strip() if result else "no result"
        raise psycopg.OperationalError(message)
    names = [(result.fname(column) or b"").decode() for column in range(result.nfields)]
    return [
        {name: _text(result.get_value(row, column)) for column, name in enumerate(names)}
        for row in range(result.ntuples)
    ]


def _text(value: bytes | bytearray | memoryview | None) -> str | None:
    return None if value is None else bytes(value).decode(errors="replace")
