"""PostgreSQL is ill, and neither the pool in front of it nor the application is blamed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ahsp.operations.stack.addresses import parts_of, url_of
from ahsp.operations.stack.ports import LOOPBACK, free_port
from tests.stack.doctor.conftest import Ward
from tests.stack.doctor.parts import RULES
from tests.stack.doctor.relays import stranger
from tests.stack.machine import wait_for


def at(url: str, **parts: str) -> str:
    """The same address with other parts."""
    return url_of({**parts_of(url), **parts})


def test_stopped(ward: Ward) -> None:
    ward.database.part.stop()
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.database.part.start()
    assert name == "postgres.port"
    assert f"Nobody listens at {LOOPBACK}:{ward.database.port}, where PostgreSQL should be" in cause
    assert "./ahsp up" in mend


def test_hanging(ward: Ward) -> None:
    ward.database.part.freeze()
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.database.part.thaw()
    assert name == "postgres.port"
    assert "is stopped (SIGSTOP)" in cause
    assert mend == f"`kill -CONT {ward.database.part.pid}`"


def test_a_name_that_does_not_exist(ward: Ward) -> None:
    name, cause, mend = ward.fault(direct_url=at(ward.targets.direct_url, host="database.invalid"))
    assert name == "postgres.name"
    assert "database.invalid" in cause
    assert "getent hosts database.invalid" in mend


def test_another_program_on_its_port(ward: Ward) -> None:
    with stranger() as port:
        name, cause, mend = ward.fault(direct_url=at(ward.targets.direct_url, port=str(port)))
    assert name == "postgres.port"
    assert f"Something else than PostgreSQL listens at {LOOPBACK}:{port}" in cause
    assert str(os.getpid()) in cause
    assert "ss -ltnp" in mend


def test_an_address_where_it_no_longer_is(ward: Ward) -> None:
    name, cause, mend = ward.fault(direct_url=at(ward.targets.direct_url, port=str(free_port())))
    assert name == "postgres.port"
    assert "Nobody listens" in cause
    assert "DATABASE_URL" in mend


def test_rules_that_refuse(ward: Ward) -> None:
    ward.database.set_rules(RULES.replace("host all ahsp", "host other ahsp"))
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.database.set_rules(RULES)
    assert name == "postgres.rules"
    assert "pg_hba.conf let nobody in as ahsp from 127.0.0.1" in cause
    assert "host ahsp ahsp 127.0.0.1/32" in mend


def test_a_line_of_the_rules_that_cannot_be_read(ward: Ward) -> None:
    ward.database.run("GRANT pg_read_all_settings TO ahsp")
    ward.database.run(
        "GRANT SELECT ON pg_hba_file_rules TO ahsp",
        "GRANT EXECUTE ON FUNCTION pg_hba_file_rules() TO ahsp",
        database="ahsp",
    )
    ward.database.write_rules(f"{RULES}host all all nowhere/99 scram-sha-256\n")
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.database.write_rules(RULES)
    assert name == "postgres.rules"
    assert "Line 3 of pg_hba.conf" in cause
    assert "pg_reload_conf" in mend


def test_a_wrong_password(ward: Ward) -> None:
    name, cause, mend = ward.fault(direct_url=at(ward.targets.direct_url, password="not this one"))
    assert name == "postgres.authentication"
    assert "does not accept the password of the role ahsp" in cause
    assert "DATABASE_URL" in mend


def test_a_missing_database(ward: Ward) -> None:
    name, cause, mend = ward.fault(direct_url=at(ward.targets.direct_url, dbname="lost"))
    assert name == "postgres.database"
    assert "no database lost" in cause
    assert "createdb" in mend


def test_no_connection_left(ward: Ward) -> None:
    ward.database.run("ALTER ROLE ahsp CONNECTION LIMIT 0")
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.database.run("ALTER ROLE ahsp CONNECTION LIMIT -1")
    assert name == "postgres.connections"
    assert "no connection left" in cause
    assert "pg_stat_activity" in mend


@pytest.fixture
def few_connections(ward: Ward) -> Iterator[None]:
    """Fewer than the pool may open, and what is reserved of them."""
    ward.database.run("ALTER SYSTEM SET max_connections = 8")
    ward.database.part.restart()
    yield
    ward.database.run("ALTER SYSTEM RESET max_connections")
    ward.database.part.restart()


@pytest.mark.usefixtures("few_connections")
def test_fewer_connections_than_the_pool_may_open(ward: Ward) -> None:
    name, cause, mend = ward.fault()
    assert name == "postgres.connections"
    assert "The pool may open 3 connections, but PostgreSQL has only 8" in cause
    assert "max_connections = 9" in mend


def test_no_writes_taken(ward: Ward) -> None:
    ward.database.run("ALTER ROLE ahsp SET default_transaction_read_only = on")
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.database.run("ALTER ROLE ahsp RESET default_transaction_read_only")
    assert name == "postgres.query"
    assert "takes no writes" in cause
    assert "primary" in mend


@pytest.fixture
def small_disk(ward: Ward, tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB that holds the table of sessions."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    tmp_path.parent.chmod(0o711)
    folder = tmp_path / "small"
    folder.mkdir()
    tmp_path.chmod(0o711)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=True)
    owner = ward.database.data.stat()
    try:
        os.chown(folder, owner.st_uid, owner.st_gid)
        ward.database.run(f"CREATE TABLESPACE small LOCATION '{folder}'")
        # An empty table needs another page for its next row.
        move = "ALTER TABLE django_session SET TABLESPACE small"
        ward.database.run("DELETE FROM django_session", "VACUUM FULL django_session", move, database="ahsp")
        yield folder
        (folder / "filler").unlink(missing_ok=True)
        ward.database.run("ALTER TABLE django_session SET TABLESPACE pg_default", "CHECKPOINT", database="ahsp")
        ward.database.run("DROP TABLESPACE small")
    finally:
        # Processes of PostgreSQL keep a file open for a while.
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_of_the_database(ward: Ward, small_disk: Path) -> None:
    with (small_disk / "filler").open("wb") as file:
        subprocess.run(["dd", "if=/dev/zero", "bs=4k"], stdout=file, stderr=subprocess.DEVNULL)
    name, cause, mend = ward.fault()
    assert name == "postgres.disk"
    assert "its disk is full" in cause
    assert "df -h" in mend


def test_a_migration_that_is_pending(ward: Ward) -> None:
    (last,) = ward.database.run(
        "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)"
        " RETURNING app, name, applied::text",
        database="ahsp",
    )
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.database.run(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)",
            values=last,
            database="ahsp",
        )
    assert name == "migrations"
    assert f"1 migrations are not applied, the first is {last[0]}.{last[1]}" in cause
    assert mend == "./ahsp manage migrate"


def test_tables_of_a_later_version(ward: Ward) -> None:
    ward.database.run(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('projects', '9999_later', now())", database="ahsp"
    )
    try:
        name, cause, _ = ward.fault()
    finally:
        ward.database.run("DELETE FROM django_migrations WHERE name = '9999_later'", database="ahsp")
    assert name == "migrations"
    assert "projects.9999_later" in cause


def test_a_table_that_the_role_may_not_write(ward: Ward) -> None:
    ward.database.run("ALTER TABLE django_session OWNER TO postgres", database="ahsp")
    ward.database.run("GRANT SELECT ON django_session TO ahsp", database="ahsp")
    try:
        name, cause, _ = ward.fault()
    finally:
        ward.database.run("ALTER TABLE django_session OWNER TO ahsp", database="ahsp")
    assert name == "postgres.rights"
    assert "permission denied" in cause


def test_a_start_that_takes_its_time_is_no_wrong_password(ward: Ward) -> None:
    """Recovery is told as what it is. A standby that has not reached its point refuses with the same words."""
    signal_file = ward.database.data / "standby.signal"
    ward.database.run("ALTER SYSTEM SET hot_standby = off")
    ward.database.part.stop()
    signal_file.touch()
    os.chown(signal_file, *(getattr(ward.database.data.stat(), part) for part in ("st_uid", "st_gid")))
    starting = ward.database.part
    try:
        starting.begin()
        wait_for(lambda: "not accept" in _refusal(ward), "the refusal of a server that recovers")
        name, cause, mend = ward.fault()
    finally:
        starting.stop()
        signal_file.unlink(missing_ok=True)
        (ward.database.data / "postgresql.auto.conf").write_text("")
        starting.start()
    assert name == "postgres.authentication"
    assert "busy with its own start" in cause
    assert "Wait" in mend


def _refusal(ward: Ward) -> str:
    try:
        psycopg.connect(ward.database.url, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return str(error)
    return ""
