"""PgBouncer, asked by its console: does it run with our settings, in transaction mode, small enough for PostgreSQL?"""

from __future__ import annotations

import configparser
from pathlib import Path
from typing import Any

import psycopg

from ahsp.operations.doctor.patient import Patient, Row, connect, first_line
from ahsp.operations.doctor.reach import POSTGRES_HELLO, Place, is_postgres, require_name, require_port
from ahsp.operations.doctor.results import Fault, Note
from ahsp.operations.doctor.targets import host_of, parts_of, port_of

SIZES = ("max_client_conn", "default_pool_size", "pool_mode")
# Connections of PostgreSQL that the pool must leave: migrations, backups and who looks what is wrong.
KEPT_FREE = 3
SECRET = ("auth_", "tls_", "admin_users", "stats_users", "logfile", "pidfile", "user")


def place_of(patient: Patient) -> Place:
    parts = parts_of(patient.targets.pool_url)
    return Place(
        part="PgBouncer",
        check="pool",
        host=host_of(parts),
        port=port_of(parts, 6432),
        setting="DATABASE_URL",
        start=patient.targets.start("pgbouncer"),
        log=patient.targets.log("pgbouncer"),
    )


def check_name(patient: Patient) -> None:
    require_name(place_of(patient), patient.deadline)


def check_port(patient: Patient) -> None:
    require_port(place_of(patient), patient.deadline, POSTGRES_HELLO, is_postgres)


def check_authentication(patient: Patient) -> Note | None:
    """Sign in to the console. Where the pool lets nobody look the rest is judged by what comes through."""
    place = place_of(patient)
    user = parts_of(patient.targets.pool_url).get("user", "?")
    try:
        patient.console = connect(patient.targets.pool_url, patient)
    except TimeoutError as error:
        raise Fault("doctor.port_silent", check="pool.port", **place.data, who="PgBouncer") from error
    except psycopg.Error as error:
        text = first_line(error)
        if "authentication failed" in text or "no such user" in text or "no password" in text:
            raise Fault("doctor.pool_password", **place.data, user=user) from error
        if "no more connections" in text:
            raise Fault("doctor.pool_clients", check="pool.clients", **place.data) from error
        if 'database "pgbouncer" does not exist' in text:
            raise Fault("doctor.pool_is_postgres", check="pool.used", **place.data) from error
        return Note("doctor.pool_closed", {"user": user})
    return None


def check_settings(patient: Patient) -> None:
    """What it runs with against its defaults, and against its own file where that can be read here."""
    rows = {str(row["key"]): row for row in patient.of_pool("SHOW CONFIG")}
    if not rows:
        return
    place = place_of(patient)
    if all(rows[name]["value"] == rows[name].get("default") for name in SIZES):
        file = str(rows["conffile"]["value"]) if "conffile" in rows else "pgbouncer.ini"
        clients, size = (rows[name]["value"] for name in SIZES[:2])
        raise Fault("doctor.pool_defaults", **place.data, file=file, clients=clients, size=size)
    for name, written in _written(rows).items():
        if name not in rows:
            raise Fault("doctor.pool_ignores", **place.data, name=name)
        if _differs(written, str(rows[name]["value"])):
            raise Fault("doctor.pool_stale", **place.data, name=name, written=written, value=rows[name]["value"])


def _written(rows: dict[str, Row]) -> dict[str, str]:
    """The settings in the file of the pool, without what is secret; nothing where it is not on this machine."""
    named = rows.get("conffile")
    parser = configparser.ConfigParser(interpolation=None, strict=False, inline_comment_prefixes=None)
    try:
        parser.read_string(Path(str(named["value"])).read_text(encoding="utf-8") if named else "")
    except (OSError, UnicodeDecodeError, configparser.Error):
        return {}
    if not parser.has_section("pgbouncer"):
        return {}
    return {name: value for name, value in parser.items("pgbouncer") if not any(word in name for word in SECRET)}


def _differs(written: str, value: str) -> bool:
    """Whether two numbers or two words differ; lists and paths are compared by nobody."""
    written, value = written.strip().strip("'\""), value.strip()
    if written.isdigit() and value.replace(".", "", 1).isdigit():
        return float(written) != float(value)
    return written.isalpha() and value.isalpha() and written != value


def check_mode(patient: Patient) -> None:
    """Transaction mode, for our database and for whatever has no entry of its own."""
    database = parts_of(patient.targets.database_url).get("dbname", "")
    config = {str(row["key"]): str(row["value"]) for row in patient.of_pool("SHOW CONFIG")}
    if not config:
        return
    row = our_database(patient)
    mode = str((row or {}).get("pool_mode") or config["pool_mode"])
    if mode != "transaction":
        raise Fault("doctor.pool_mode", **place_of(patient).data, mode=mode, database=database)


def our_database(patient: Patient) -> dict[str, Any] | None:
    """The row of `SHOW DATABASES` for the application's database."""
    name = parts_of(patient.targets.database_url).get("dbname", "")
    return next((dict(row) for row in patient.of_pool("SHOW DATABASES") if row["name"] == name), None)


def check_size(patient: Patient) -> None:
    """PostgreSQL has more connections than the pool may open."""
    row = our_database(patient)
    if row is None:
        return
    reserve = int(row.get("reserve_pool") or row.get("reserve_pool_size") or 0)
    size = int(row["pool_size"]) + reserve
    if int(row.get("max_connections") or 0):
        size = min(size, int(row["max_connections"]))
    (limit,) = patient.of_postgres(
        "SELECT current_setting('max_connections')::int AS most,"
        " current_setting('superuser_reserved_connections')::int"
        " + coalesce(current_setting('reserved_connections', true), '0')::int AS reserved"
    )
    free = int(limit["most"]) - int(limit["reserved"]) - KEPT_FREE
    if size > free:
        data: dict[str, Any] = {
            "size": size,
            "most": limit["most"],
            "needed": size + int(limit["reserved"]) + KEPT_FREE,
        }
        raise Fault("doctor.pool_too_large", check="postgres.connections", **data, fits=max(free, 1))
