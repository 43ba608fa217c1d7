"""Who holds the connections of the pool while others wait, and who goes past it."""

from __future__ import annotations

import re

from ahsp.operations.doctor.patient import Patient, Row
from ahsp.operations.doctor.results import Fault
from ahsp.operations.doctor.targets import parts_of

LONGEST_QUERY_SHOWN = 80
# How the application names itself to PostgreSQL, also through the pool; what it does directly has another name.
APPLICATION = "ahsp"

_OPEN = """
    SELECT pid, client_port, application_name, query, state LIKE 'idle in transaction%' AS idle,
           extract(epoch FROM clock_timestamp() - coalesce(xact_start, query_start))::int AS age
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
      AND backend_type = 'client backend'
    ORDER BY idle DESC, age DESC
"""
_OURS = """
    SELECT pid, client_port, application_name,
           extract(epoch FROM clock_timestamp() - backend_start)::int AS age
    FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND client_addr = inet_client_addr()
      AND application_name = %s AND backend_start < %s
"""


def exhausted(patient: Patient) -> Fault | None:
    """The fault of a pool whose connections are all taken; None when it has free ones."""
    database = parts_of(patient.targets.database_url).get("dbname", "")
    pools = [row for row in patient.of_pool("SHOW POOLS") if row["database"] == database]
    waiting = sum(int(row["cl_waiting"]) for row in pools)
    taken = sum(int(row["sv_active"]) for row in pools)
    free = sum(int(row["sv_idle"]) + int(row["sv_used"]) for row in pools)
    if not taken or free:
        return None
    holders = [dict(row) for row in patient.of_postgres(_OPEN)]
    if not holders:
        return None
    held = holders[0]
    code = "doctor.pool_exhausted_idle" if held["idle"] else "doctor.pool_exhausted_busy"
    data = {"pid": held["pid"], "age": held["age"], "query": without_values(str(held["query"]))}
    data |= {"application": held["application_name"] or "?", "waiting": waiting, "taken": taken}
    return Fault(code, check="pool.room", **data)


def without_values(query: str) -> str:
    """The query with its texts and numbers taken out: they may be anybody's data."""
    query = re.sub(r"'(?:[^']|'')*'?", "'…'", query)
    query = re.sub(r"\b\d+(?:\.\d+)?\b", "…", query)
    query = " ".join(query.split())
    return query if len(query) <= LONGEST_QUERY_SHOWN else query[: LONGEST_QUERY_SHOWN - 1] + "…"


def check_used(patient: Patient) -> None:
    """The application goes through the pool: whoever is not among its connections goes past it.

    Only connections from this machine are looked at: others have pools of their own. One counts that was there
    before the pool was first asked and is there afterwards: what comes or goes in between proves nothing.
    """
    console, direct = patient.targets.pool_url, patient.targets.direct_url
    if _place(patient.targets.database_url) != _place(console):
        raise Fault("doctor.bypassed_by_setting", check="pool.used", there=_shown(patient.targets.database_url))
    if patient.console is None or _place(direct) == _place(console):
        return
    (now,) = patient.of_postgres("SELECT clock_timestamp() AS now")
    known = _ports_of_pool(patient)
    rows = patient.of_postgres(_OURS, APPLICATION, now["now"])
    known |= _ports_of_pool(patient)
    past = [row for row in rows if int(row["client_port"]) not in known]
    still = {row["pid"] for row in patient.of_postgres(_OURS, APPLICATION, now["now"])} if past else set()
    past = [row for row in past if row["pid"] in still]
    if past:
        raise Fault("doctor.bypassed", check="pool.used", count=len(past), pid=past[0]["pid"], age=past[0]["age"])


def _ports_of_pool(patient: Patient) -> set[int]:
    rows: list[Row] = list(patient.of_pool("SHOW SERVERS"))
    return {int(row["local_port"]) for row in rows}


def _place(url: str) -> tuple[str, str]:
    parts = parts_of(url)
    return parts.get("host", ""), parts.get("port", "")


def _shown(url: str) -> str:
    return ":".join(_place(url))
