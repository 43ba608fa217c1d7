"""The real PgBouncer in front of the real PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from psycopg.rows import dict_row

from ahsp.operations.stack.home import open_home
from ahsp.operations.stack.limits import apply_limits
from ahsp.operations.stack.pgbouncer import PgBouncer, PoolSize, admin_url, pgbouncer_program
from ahsp.operations.stack.processes import Register
from ahsp.operations.stack.servers import direct_environment, temporary_stack
from ahsp.operations.stack.system_user import servers_user
from tests.stack.conftest import needs_pgbouncer
from tests.stack.machine import ROOT, wait_for

pytestmark = needs_pgbouncer
_ADDRESSES = ("DATABASE_URL", "AHSP_DIRECT_DATABASE_URL")
BROWSERS, CHANGES_OF_EACH = 6, 2
SMALL = PoolSize(clients=200, connections=3, wait=60)


OTHERS = "usename = current_user AND pid <> pg_backend_pid()"


@pytest.fixture(scope="module")
def stack() -> Iterator[dict[str, str]]:
    with temporary_stack(pool=SMALL) as environment:
        yield environment


def _console(stack: dict[str, str], question: str) -> list[dict[str, object]]:
    url = admin_url(stack["DATABASE_URL"])
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        return connection.execute(question).fetchall()  # type: ignore[call-overload,no-any-return]


def _transactions(stack: dict[str, str]) -> int:
    """How many the pool has passed on to the database."""
    return sum(int(str(row["total_xact_count"])) for row in _console(stack, "SHOW STATS") if row["database"] == "ahsp")


def _run(environment: dict[str, str], *arguments: str) -> str:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    command = [sys.executable, "-P", "-m", *arguments]
    done = subprocess.run(command, env={**environment, "PYTHONPATH": paths}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _one(url: str, question: str, *values: object) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question, values).fetchone()  # type: ignore[call-overload]
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


def test_an_office_works_through_three_connections(stack: dict[str, str]) -> None:
    """Migrations pass the pool by; then more browsers at once than it has connections lose no change."""
    before = _transactions(stack)
    _run(direct_environment(stack), "django", "migrate", "--verbosity", "0")
    assert _transactions(stack) == before
    did = json.loads(_run(stack, "tests.stack.acts", str(BROWSERS), str(CHANGES_OF_EACH)))
    changes = BROWSERS * CHANGES_OF_EACH
    assert did.pop("tries") >= changes
    assert did == {"total": True, "changes": changes, "entries": changes}
    assert _transactions(stack) > before
    assert len(_console(stack, "SHOW SERVERS")) <= SMALL.connections
    (pool,) = [row for row in _console(stack, "SHOW POOLS") if row["database"] == "ahsp"]
    assert (pool["cl_active"], pool["cl_waiting"], pool["sv_active"]) == (0, 0, 0)


def test_missing_limits_are_set_again_and_chosen_ones_stay(stack: dict[str, str]) -> None:
    role = "ALTER ROLE CURRENT_USER IN DATABASE ahsp"
    direct = stack["AHSP_DIRECT_DATABASE_URL"]
    with psycopg.connect(direct, autocommit=True) as connection:
        connection.execute(f"{role} RESET ALL")
        connection.execute(f"{role} SET lock_timeout = '4s'")
    try:
        apply_limits(direct)
        _forget_connections(direct)
        assert _one(stack["DATABASE_URL"], "SHOW lock_timeout") == "4s"
        assert _one(stack["DATABASE_URL"], "SHOW statement_timeout") == "30s"
    finally:
        with psycopg.connect(direct, autocommit=True) as connection:
            connection.execute(f"{role} RESET ALL")
        apply_limits(direct)
        _forget_connections(direct)


def test_a_forgotten_transaction_is_ended_through_the_pool(stack: dict[str, str]) -> None:
    direct, role = stack["AHSP_DIRECT_DATABASE_URL"], "ALTER ROLE CURRENT_USER IN DATABASE ahsp"
    with psycopg.connect(direct, autocommit=True) as connection:
        connection.execute(f"{role} SET idle_in_transaction_session_timeout = '200ms'")
    try:
        _forget_connections(direct)
        with pytest.raises(errors.IdleInTransactionSessionTimeout), psycopg.connect(stack["DATABASE_URL"]) as forgotten:
            row = forgotten.execute("SELECT pg_backend_pid()").fetchone()
            assert row is not None
            alive = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
            wait_for(lambda: _one(direct, alive, row[0]) == 0, "the end of the transaction")
            forgotten.execute("SELECT 1")
    finally:
        with psycopg.connect(direct, autocommit=True) as connection:
            connection.execute(f"{role} RESET idle_in_transaction_session_timeout")
        apply_limits(direct)
        _forget_connections(direct)
    assert _one(stack["DATABASE_URL"], "SHOW idle_in_transaction_session_timeout") == "1min"


def _forget_connections(direct: str) -> None:
    """End those of the pool, whose limits are of the time they were made."""
    others = f"FROM pg_stat_activity WHERE {OTHERS}"
    with psycopg.connect(direct, autocommit=True) as connection:
        connection.execute(f"SELECT pg_terminate_backend(pid) {others}")
    wait_for(lambda: _one(direct, f"SELECT count(*) {others}") == 0, "the end of the connections")


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


def test_a_pinned_pool_refuses_soon_and_recovers_at_once(stack: dict[str, str], tmp_path: Path) -> None:
    program = pgbouncer_program()
    assert program is not None
    home = open_home(tmp_path / "home")
    narrow = PgBouncer(home, servers_user(), program, PoolSize(clients=20, connections=2, wait=1))
    child = narrow.start(Register(home.children), stack["AHSP_DIRECT_DATABASE_URL"])
    try:
        forgotten = [psycopg.connect(narrow.url) for _ in range(2)]
        for holder in forgotten:
            holder.execute("SELECT 1")
        with pytest.raises(psycopg.OperationalError, match="query_wait_timeout"):
            _one(narrow.url, "SELECT 1")
        for holder in forgotten:
            holder.close()
        assert _one(narrow.url, "SELECT 1") == 1
    finally:
        child.stop()


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
