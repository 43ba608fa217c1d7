"""The pool is ill, or is told the wrong things, while PostgreSQL behind it is well."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from ahsp.operations.stack.home import open_home
from ahsp.operations.stack.ports import LOOPBACK, free_port
from ahsp.operations.stack.system_user import servers_user
from tests.stack.doctor.conftest import Ward
from tests.stack.doctor.parts import PASSWORD, RULES, Database
from tests.stack.doctor.relays import stranger
from tests.stack.doctor.test_postgres_faults import at


@pytest.fixture
def mended(ward: Ward) -> Iterator[None]:
    yield
    ward.pool.restart()


def without(text: str, *names: str) -> str:
    """The configuration without the lines of some settings."""
    return "\n".join(line for line in text.splitlines() if line.partition(" ")[0] not in names) + "\n"


def test_stopped(ward: Ward) -> None:
    ward.pool.part.stop()
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.pool.part.start()
    assert name == "pool.port"
    assert f"Nobody listens at {LOOPBACK}:{ward.pool.port}, where PgBouncer should be" in cause
    assert "./ahsp up" in mend


def test_hanging(ward: Ward) -> None:
    ward.pool.part.freeze()
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.pool.part.thaw()
    assert name == "pool.port"
    assert "PgBouncer" in cause
    assert f"kill -CONT {ward.pool.part.pid}" in mend


def test_another_program_on_its_port(ward: Ward) -> None:
    with stranger(greeting=b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        name, cause, _ = ward.fault(
            database_url=at(ward.targets.database_url, port=str(port)),
            pool_url=at(ward.targets.pool_url, port=str(port)),
        )
    assert name == "pool.port"
    assert "Something else than PgBouncer" in cause


@pytest.mark.usefixtures("mended")
def test_an_address_of_postgresql_that_has_changed(ward: Ward) -> None:
    old = free_port()
    ward.pool.restart(lambda text: text.replace(f"port='{ward.database.port}'", f"port='{old}'"))
    name, cause, mend = ward.fault()
    assert name == "pool.server"
    assert f"sends to {LOOPBACK}:{old}" in cause
    assert f"PostgreSQL is at {LOOPBACK}:{ward.database.port}" in cause
    assert "[databases]" in mend


@pytest.fixture
def old_server(folder: Path) -> Iterator[Database]:
    """The PostgreSQL of before a move, which still runs."""
    (folder / "old").mkdir()
    folder.chmod(0o711)
    (folder / "old").chmod(0o711)
    database = Database(open_home(folder / "old" / "home"), servers_user())
    database.part.start()
    database.make_role()
    yield database
    database.part.stop()


@pytest.mark.usefixtures("mended")
def test_an_old_server_that_still_runs(ward: Ward, old_server: Database) -> None:
    ward.pool.restart(lambda text: text.replace(f"port='{ward.database.port}'", f"port='{old_server.port}'"))
    name, cause, _ = ward.fault()
    assert name == "pool.server"
    assert "another PostgreSQL" in cause
    assert str(old_server.port) in cause


def test_a_wrong_password_of_the_application(ward: Ward) -> None:
    wrong = {"password": "not this one"}
    name, cause, mend = ward.fault(
        database_url=at(ward.targets.database_url, **wrong), pool_url=at(ward.targets.pool_url, **wrong)
    )
    assert name == "pool.authentication"
    assert "PgBouncer" in cause
    assert "auth_file" in mend


@pytest.mark.usefixtures("mended")
def test_a_wrong_password_of_the_pool(ward: Ward) -> None:
    ward.pool.restart(lambda text: text.replace("dbname='ahsp'", "dbname='ahsp' user='ahsp' password='not this one'"))
    name, cause, mend = ward.fault()
    assert name == "pool.server"
    assert "PostgreSQL does not accept the password that PgBouncer sends" in cause
    assert "[databases]" in mend


@pytest.mark.usefixtures("mended")
def test_md5_in_the_pool_against_scram_in_postgresql(ward: Ward) -> None:
    digest = hashlib.md5(f"{PASSWORD}ahsp".encode(), usedforsecurity=False).hexdigest()
    ward.pool.restart(lambda text: text.replace("scram-sha-256", "md5"), passwords=f'"ahsp" "md5{digest}"\n')
    name, cause, mend = ward.fault()
    assert name == "pool.server"
    assert "MD5" in cause
    assert "SCRAM" in cause
    assert "auth_file" in mend


@pytest.mark.usefixtures("mended")
def test_rules_that_refuse_the_pool_alone(ward: Ward) -> None:
    """The pool signs in as another role, which the rules do not know."""
    ward.database.run(f"CREATE ROLE pooler LOGIN PASSWORD '{PASSWORD}'")
    ward.pool.restart(lambda text: text.replace("dbname='ahsp'", f"dbname='ahsp' user='pooler' password='{PASSWORD}'"))
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.database.run("DROP ROLE pooler")
    assert name == "postgres.rules"
    assert "do not let PgBouncer in" in cause
    assert "pg_hba.conf" in mend


@pytest.mark.usefixtures("mended")
def test_a_database_the_pool_does_not_offer(ward: Ward) -> None:
    ward.pool.restart(lambda text: text.replace("\nahsp = ", "\nother = "))
    name, cause, mend = ward.fault()
    assert name == "pool.database"
    assert "does not offer the database ahsp" in cause
    assert "[databases]" in mend


@pytest.mark.usefixtures("mended")
def test_a_database_the_pool_has_and_postgresql_has_not(ward: Ward) -> None:
    ward.pool.restart(lambda text: text.replace("dbname='ahsp'", "dbname='lost'"))
    name, cause, _ = ward.fault()
    assert name == "pool.server"
    assert '"lost" does not exist' in cause


@pytest.mark.usefixtures("mended")
def test_session_mode(ward: Ward) -> None:
    ward.pool.restart(lambda text: text.replace("pool_mode = transaction", "pool_mode = session"))
    name, cause, mend = ward.fault()
    assert name == "pool.mode"
    assert "session mode" in cause
    assert "pool_mode = transaction" in mend


@pytest.mark.usefixtures("mended")
def test_session_mode_for_this_database_alone(ward: Ward) -> None:
    ward.pool.restart(lambda text: text.replace("dbname='ahsp'", "dbname='ahsp' pool_mode=session"))
    name, cause, _ = ward.fault()
    assert name == "pool.mode"
    assert "session mode for the database ahsp" in cause


@pytest.mark.usefixtures("mended")
def test_defaults(ward: Ward) -> None:
    """As where the settings were given in names that the image does not know."""
    names = ("pool_mode", "max_client_conn", "default_pool_size", "max_db_connections")
    ward.pool.restart(lambda text: without(text, *names))
    name, cause, mend = ward.fault()
    assert name == "pool.settings"
    assert "runs with its defaults (100 clients, 20 connections" in cause
    assert "default_pool_size" in mend


@pytest.mark.usefixtures("mended")
def test_a_setting_it_does_not_know(ward: Ward) -> None:
    """The file was changed, and what it says has no meaning to this PgBouncer."""
    ward.pool.configure(lambda text: text + "pgbouncer_default_pool_size = 25\n")
    name, cause, mend = ward.fault()
    assert name == "pool.settings"
    assert "ignores the setting pgbouncer_default_pool_size" in cause
    assert "pgbouncer.ini" in mend


@pytest.mark.usefixtures("mended")
def test_a_setting_that_was_changed_and_not_read_again(ward: Ward) -> None:
    ward.pool.configure(lambda text: text.replace("default_pool_size = 3", "default_pool_size = 25"))
    name, cause, mend = ward.fault()
    assert name == "pool.settings"
    assert "default_pool_size = 3, but its file says 25" in cause
    assert "RELOAD" in mend


@pytest.mark.usefixtures("mended")
def test_full_of_clients(ward: Ward) -> None:
    ward.pool.restart(lambda text: text.replace("max_client_conn = 60", "max_client_conn = 40"))
    guests = []
    try:
        with pytest.raises(psycopg.OperationalError, match="no more connections"):
            while True:
                guests.append(psycopg.connect(ward.pool.url))
        name, cause, mend = ward.fault()
    finally:
        for guest in guests:
            guest.close()
    assert name == "pool.clients"
    assert "takes no more clients" in cause
    assert "max_client_conn" in mend


@pytest.mark.parametrize("forgotten", ["idle", "busy"])
def test_exhausted(ward: Ward, forgotten: str) -> None:
    """Three connections, three open transactions: one of them forgotten, or each at work."""
    query = "SELECT 'a secret of mine', pg_sleep(0)" if forgotten == "idle" else "SELECT pg_sleep(60)"
    holders = [psycopg.connect(ward.pool.url) for _ in range(3)]
    try:
        pids = set()
        for holder in holders:
            pids.add(holder.info.backend_pid)
            if forgotten == "idle":
                holder.execute(query.encode())
            else:
                holder.pgconn.send_query(query.encode())
        name, cause, mend = ward.fault()
    finally:
        for holder in holders:
            holder.cancel_safe()
            holder.close()
    assert name == "pool.room"
    if forgotten == "idle":
        assert "has a transaction open" in cause
        assert "SELECT '…', pg_sleep(…)" in cause
        assert "secret of mine" not in cause
        assert "pg_terminate_backend(" in mend
    else:
        assert "SELECT pg_sleep(…)" in cause
        assert "pg_cancel_backend(" in mend


HOLD = """
import django, sys
django.setup()
from django.db import connections
connection = connections[sys.argv[1]]
connection.ensure_connection()
print(connection.connection.info.backend_pid, flush=True)
sys.stdin.read()
"""


@contextmanager
def application(ward: Ward, alias: str, **more: str) -> Iterator[int]:
    """Another process of the application, with settings of its own; the number of its process in PostgreSQL."""
    command = [sys.executable, "-P", "-c", HOLD, alias]
    environment = {**ward.environment, **more}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()


def test_bypassed_by_the_application(ward: Ward) -> None:
    """One process of the application has the address of PostgreSQL itself."""
    with application(ward, "default", DATABASE_URL=ward.database.url) as pid:
        name, cause, mend = ward.fault()
    assert name == "pool.used"
    assert f"1 connections of the application go to PostgreSQL past the pool, such as process {pid}" in cause
    assert "PGBOUNCER_PORT" in mend


def test_bypassed_by_the_settings(ward: Ward) -> None:
    name, cause, mend = ward.fault(database_url=ward.database.url)
    assert name == "pool.used"
    assert f"{LOOPBACK}:{ward.database.port} past the pool" in cause
    assert "PGBOUNCER_PORT" in mend


def test_postgresql_where_the_pool_should_be(ward: Ward) -> None:
    name, cause, _ = ward.fault(
        database_url=ward.database.url, pool_url=at(ward.targets.pool_url, port=str(ward.database.port))
    )
    assert name == "pool.used"
    assert "PostgreSQL itself answers" in cause


def test_work_that_goes_directly_by_right_is_no_bypass(ward: Ward) -> None:
    """What the application does past the pool on purpose, however its address is written, and a person who looks."""
    direct = application(ward, "direct", AHSP_DIRECT_DATABASE_URL=ward.database.url)
    with direct, psycopg.connect(ward.targets.direct_url) as migration, psycopg.connect(ward.database.url) as person:
        migration.execute("SELECT 1")
        person.execute("SELECT 1")
        assert all(one.ok for one in ward.examine())


@pytest.mark.usefixtures("mended")
def test_a_pool_that_lets_nobody_look_is_a_note(ward: Ward) -> None:
    ward.pool.restart(lambda text: without(text, "stats_users"))
    results = {one.name: one for one in ward.examine()}
    assert all(one.ok for one in results.values())
    assert results["pool.authentication"].code == "doctor.pool_closed"


def test_rules_are_as_they_were(ward: Ward) -> None:
    assert (ward.database.data / "pg_hba.conf").read_text() == RULES
