"""PostgreSQL, asked directly: does it let us in, has it the database, can it be written?"""

from __future__ import annotations

import re

import psycopg

from ahsp.operations.doctor.patient import Patient, connect, first_line
from ahsp.operations.doctor.reach import POSTGRES_HELLO, Place, is_postgres, require_name, require_port
from ahsp.operations.doctor.results import Fault
from ahsp.operations.doctor.targets import host_of, parts_of, port_of

SETTING = "DATABASE_URL"
# What a server says to who may not come in, and what it means. PostgreSQL gives no code before the sign-in, and
# speaks English there unless lc_messages says otherwise.
REFUSALS: tuple[tuple[str, str, str], ...] = (
    (r"no pg_hba\.conf entry|pg_hba\.conf rejects", "doctor.postgres_rules", "postgres.rules"),
    (r"password authentication failed|no password supplied", "doctor.postgres_password", "postgres.authentication"),
    (r'role ".*" does not exist|not permitted to log in', "doctor.postgres_role", "postgres.authentication"),
    (r'database ".*" does not exist', "doctor.postgres_database", "postgres.database"),
    (
        r"too many clients|remaining connection slots|too many connections for",
        "doctor.postgres_full",
        "postgres.connections",
    ),
    (
        r"starting up|shutting down|in recovery|not (?:yet )?accepting",
        "doctor.postgres_starting",
        "postgres.authentication",
    ),
    (r"SSL|TLS|certificate", "doctor.postgres_tls", "postgres.authentication"),
    (r"No space left on device", "doctor.postgres_disk", "postgres.disk"),
)


def place_of(patient: Patient) -> Place:
    parts = parts_of(patient.targets.direct_url)
    return Place(
        part="PostgreSQL",
        check="postgres",
        host=host_of(parts),
        port=port_of(parts, 5432),
        setting=SETTING,
        start=patient.targets.start("postgresql"),
        log=patient.targets.log("postgres"),
    )


def check_name(patient: Patient) -> None:
    require_name(place_of(patient), patient.deadline)


def check_port(patient: Patient) -> None:
    require_port(place_of(patient), patient.deadline, POSTGRES_HELLO, is_postgres)


def check_authentication(patient: Patient) -> None:
    """Sign in as the application does."""
    try:
        patient.direct = connect(patient.targets.direct_url, patient)
    except psycopg.Error as error:
        raise refusal(patient, first_line(error)) from error
    except TimeoutError as error:
        raise Fault("doctor.postgres_hangs", check="postgres.query") from error


def refusal(patient: Patient, text: str) -> Fault:
    """The fault behind what PostgreSQL says to who may not come in."""
    place, parts = place_of(patient), parts_of(patient.targets.direct_url)
    data = {**place.data, "user": parts.get("user", "?"), "database": parts.get("dbname", "?")}
    data |= {"client": _client(text, place.host), "reason": text}
    for pattern, code, check in REFUSALS:
        if re.search(pattern, text, re.IGNORECASE):
            return Fault(code, check=check, **data)
    return Fault("doctor.postgres_refuses", check="postgres.authentication", **data)


def _client(text: str, host: str) -> str:
    """The address under which PostgreSQL saw who was refused."""
    found = re.search(r'host "([^"]+)"', text)
    return found[1] if found else host


def check_query(patient: Patient) -> None:
    """It answers, takes writes, and its file of rules has no line it could not read."""
    try:
        row = patient.of_postgres(
            "SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only') AS ro"
        )
        broken = patient.of_postgres("SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL LIMIT 1")
    except psycopg.Error as error:
        raise refusal(patient, first_line(error)) from error
    if row[0]["standby"] or row[0]["ro"] == "on":
        raise Fault("doctor.postgres_read_only", check="postgres.query", **place_of(patient).data)
    if broken:
        line = broken[0]
        raise Fault("doctor.rules_broken", check="postgres.rules", line=line["line_number"], reason=line["error"])
