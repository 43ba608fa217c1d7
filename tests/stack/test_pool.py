"""The real PgBouncer in front of the real PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from ahsp.operations.stack.pgbouncer import PoolSize
from ahsp.operations.stack.servers import temporary_stack
from tests.stack.conftest import needs_pgbouncer
from tests.stack.machine import wait_for

pytestmark = needs_pgbouncer
_ADDRESSES = ("DATABASE_URL", "AHSP_DIRECT_DATABASE_URL")
SMALL = PoolSize(clients=200, connections=3, wait=2)


@pytest.fixture(scope="module")
def stack() -> Iterator[dict[str, str]]:
    with temporary_stack(pool=SMALL) as environment:
        yield environment


def _one(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None


def test_the_application_goes_through_the_pool_and_the_operator_past_it(stack: dict[str, str]) -> None:
    ports = [psycopg.conninfo.conninfo_to_dict(stack[name])["port"] for name in _ADDRESSES]
    assert len(set(ports)) == 2
    for name in _ADDRESSES:
        asked = "SELECT inet_server_port()::text"
        assert _one(stack[name], asked) == ports[1]


@pytest.mark.parametrize(
    ("setting", "pooled", "direct"),
    [
        ("statement_timeout", "30s", "30min"),
        ("lock_timeout", "10s", "15s"),
        ("idle_in_transaction_session_timeout", "1min", "10min"),
        ("TimeZone", "UTC", "UTC"),
    ],
)
def test_time_limits_hold_on_both_ways(stack: dict[str, str], setting: str, pooled: str, direct: str) -> None:
    assert _one(stack["DATABASE_URL"], f"SHOW {setting}") == pooled
    assert _one(stack["AHSP_DIRECT_DATABASE_URL"], f"SHOW {setting}") == direct


def test_many_clients_share_few_connections(stack: dict[str, str]) -> None:
    clients = [psycopg.connect(stack["DATABASE_URL"], autocommit=True) for _ in range(100)]
    try:
        served = set()
        for client in clients:
            row = client.execute("SELECT pg_backend_pid()").fetchone()
            assert row is not None
            served.add(row[0])
        assert len(served) <= SMALL.connections
    finally:
        for client in clients:
            client.close()


def test_a_pinned_pool_refuses_soon_and_recovers_at_once(stack: dict[str, str]) -> None:
    forgotten = [psycopg.connect(stack["DATABASE_URL"]) for _ in range(SMALL.connections)]
    for holder in forgotten:
        holder.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="query_wait_timeout"):
        _one(stack["DATABASE_URL"], "SELECT 1")
    for holder in forgotten:
        holder.close()
    assert _one(stack["DATABASE_URL"], "SELECT 1") == 1


def test_limits_end_a_statement_and_a_lock_through_the_pool(stack: dict[str, str]) -> None:
    """The limits themselves are made short for one transaction; that they reach the server is what matters."""
    url = stack["DATABASE_URL"]
    with psycopg.connect(url) as connection, pytest.raises(errors.QueryCanceled):
        connection.execute("SET LOCAL statement_timeout = '50ms'")
        connection.execute("SELECT pg_sleep(20)")
    with psycopg.connect(url) as holder, psycopg.connect(url) as other:
        holder.execute("CREATE TABLE IF NOT EXISTS locked ()")
        holder.commit()
        holder.execute("LOCK TABLE locked")
        other.execute("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(errors.LockNotAvailable):
            other.execute("LOCK TABLE locked")


def test_the_console_shows_and_changes_nothing(stack: dict[str, str]) -> None:
    parts = psycopg.conninfo.conninfo_to_dict(stack["DATABASE_URL"])
    console = psycopg.conninfo.make_conninfo(**{**parts, "dbname": "pgbouncer"})
    with psycopg.connect(console, autocommit=True) as connection:
        config = {row[0]: row[1] for row in connection.execute("SHOW CONFIG").fetchall()}
        assert config["pool_mode"] == "transaction"
        assert config["max_db_connections"] == str(SMALL.connections)
        with pytest.raises(psycopg.Error, match="admin access needed"):
            connection.execute("PAUSE")


def test_the_password_is_in_no_list_of_processes_and_no_open_file(stack: dict[str, str]) -> None:
    folder = Path(stack["AHSP_HOME"]) / "pgbouncer"
    for name in ("pgbouncer.ini", "userlist.txt"):
        assert (folder / name).stat().st_mode & 0o077 == 0
    password = str(psycopg.conninfo.conninfo_to_dict(stack["DATABASE_URL"])["password"])
    for shown in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            assert password.encode() not in shown.read_bytes()
        except FileNotFoundError:
            continue


def test_transactions_of_one_row_at_once_lose_nothing(stack: dict[str, str]) -> None:
    url = stack["DATABASE_URL"]
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE counted (number integer)")
        connection.execute("INSERT INTO counted VALUES (0)")

    def add() -> None:
        # Prepared statements stay with a connection of the server, which is another one each time.
        with psycopg.connect(url, prepare_threshold=None) as one:
            for _ in range(10):
                one.execute("UPDATE counted SET number = number + 1")
                one.commit()

    threads = [threading.Thread(target=add) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait_for(lambda: _one(url, "SELECT number FROM counted") == 100, "every addition", 5)
