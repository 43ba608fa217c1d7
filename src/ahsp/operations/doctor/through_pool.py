"""A query through the pool and back, and where it stops when it does not come back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import psycopg

from ahsp.operations.doctor import pool, postgres
from ahsp.operations.doctor.patient import Patient, connect, first_line
from ahsp.operations.doctor.results import Fault, within
from ahsp.operations.doctor.targets import parts_of
from ahsp.operations.doctor.waiting import exhausted
from ahsp.operations.stack.logs import size

SECONDS_THROUGH = 6.0
LAST_OF_LOG = 16 * 1024
# What PgBouncer says of what it refuses itself.
IN_FRONT: tuple[tuple[str, str, str], ...] = (
    (r"no such database|is disabled|does not allow", "doctor.pool_database", "pool.database"),
    (r"no more connections", "doctor.pool_clients", "pool.clients"),
    (r"authentication failed", "doctor.pool_password", "pool.authentication"),
)
# What PgBouncer says, to us or in its log, of PostgreSQL refusing it.
BEHIND: tuple[tuple[str, str, str], ...] = (
    (r"cannot do SCRAM|wrong password type", "doctor.pool_md5", "pool.server"),
    (r"password authentication failed|SASL authentication failed", "doctor.pool_server_password", "pool.server"),
    (r"no pg_hba\.conf entry|pg_hba\.conf rejects", "doctor.pool_server_rules", "postgres.rules"),
    (r'database ".*" does not exist', "doctor.pool_server_database", "pool.server"),
    (
        r"too many clients|remaining connection slots|too many connections for",
        "doctor.postgres_full",
        "postgres.connections",
    ),
    (r"DNS lookup failed|connect failed|Connection refused|connect timeout", "doctor.pool_address", "pool.server"),
)
_SAYS_NOTHING = re.compile(r"query_wait_timeout|server_login_retry|pgbouncer cannot connect|server_login_failed", re.I)


def check_query(patient: Patient) -> None:
    """One query as the application sends it. Raises Fault with what stands in its way."""
    before = size(_log(patient) or Path("-"))
    try:
        through = _server(patient, connect(patient.targets.database_url, patient))
    except TimeoutError as error:
        raise _why(patient, "query_wait_timeout", before) from error
    except psycopg.Error as error:
        raise _why(patient, first_line(error), before) from error
    straight = _server(patient, patient.direct) if patient.direct is not None else through
    if through != straight:
        raise _elsewhere(patient, "doctor.pool_other_server")


def _server(patient: Patient, connection: psycopg.Connection[Any]) -> Any:
    """When the server behind a connection was started: no two have that in common."""

    def run() -> Any:
        row = connection.execute("SELECT pg_postmaster_start_time()").fetchone()
        return row and row[0]

    return within(patient.deadline.at_most(SECONDS_THROUGH), run)


def _why(patient: Patient, text: str, before: int) -> Fault:
    place, parts = pool.place_of(patient), parts_of(patient.targets.database_url)
    data = {**place.data, "user": parts.get("user", "?"), "database": parts.get("dbname", "?"), "reason": text}
    for pattern, code, check in IN_FRONT:
        # Whoever signed in to the console was not refused by the pool itself.
        if re.search(pattern, text) and not (code == "doctor.pool_password" and patient.console is not None):
            return Fault(code, check=check, **data)
    if paused := _paused(patient):
        return Fault("doctor.pool_paused", check="pool.query", **data, state=paused)
    fault = exhausted(patient) or _refused_behind(patient, text, before)
    return fault or Fault("doctor.pool_query", check="pool.query", **data)


def _refused_behind(patient: Patient, text: str, before: int) -> Fault | None:
    """Why PostgreSQL takes no connection from the pool, by what the pool says, to us or in its log."""
    for words in (text, *_log_lines(patient, before)):
        if _SAYS_NOTHING.search(words):
            continue
        for pattern, code, check in BEHIND:
            if re.search(pattern, words, re.IGNORECASE):
                return _behind(patient, code, check, words)
    row, right = pool.our_database(patient) or {}, postgres.place_of(patient)
    if row and (str(row["host"]), str(row["port"])) != (right.host, str(right.port)):
        # It logs no connection that was refused, so the difference must do.
        return _elsewhere(patient, "doctor.pool_address")
    return None


def _behind(patient: Patient, code: str, check: str, words: str) -> Fault:
    if code == "doctor.pool_address":
        return _elsewhere(patient, code)
    parts = parts_of(patient.targets.database_url)
    data = {**pool.place_of(patient).data, "user": parts.get("user", "?"), "database": parts.get("dbname", "?")}
    return Fault(code, check=check, **data, client=postgres.place_of(patient).host, reason=words)


def _elsewhere(patient: Patient, code: str) -> Fault:
    """The pool leads to an address that is not PostgreSQL's."""
    row, right = pool.our_database(patient) or {}, postgres.place_of(patient)
    there = f"{row.get('host') or '?'}:{row.get('port') or '?'}"
    return Fault(
        code, check="pool.server", **pool.place_of(patient).data, there=there, right=f"{right.host}:{right.port}"
    )


def _paused(patient: Patient) -> str:
    row = pool.our_database(patient) or {}
    return next((state for state in ("paused", "disabled") if int(row.get(state) or 0)), "")


def _log(patient: Patient) -> Path | None:
    """The log of the pool, where it is on this machine."""
    ours = patient.targets.log("pgbouncer")
    if ours is not None:
        return ours
    for row in patient.of_pool("SHOW CONFIG"):
        if row["key"] == "logfile" and row["value"] and Path(str(row["value"])).is_file():
            return Path(str(row["value"]))
    return None


def _log_lines(patient: Patient, before: int) -> list[str]:
    """What the pool wrote since, else before, the latest first."""
    log = _log(patient)
    if log is None:
        return []
    try:
        with log.open("rb") as file:
            file.seek(max(0, before - LAST_OF_LOG))
            earlier = file.read(min(before, LAST_OF_LOG))
            since = file.read(LAST_OF_LOG)
    except OSError:
        return []
    return [line for text in (since, earlier) for line in reversed(text.decode(errors="replace").splitlines())]
