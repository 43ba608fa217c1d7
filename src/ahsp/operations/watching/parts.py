"""What pool, database, jobs and Redis say about themselves at this moment."""

from __future__ import annotations

import os
import platform
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from ahsp.core import metrics_files
from ahsp.operations.watching.bounded import Look, ask
from ahsp.operations.watching.plain_sql import CONSOLE, Row, connected, rows, through_the_pool

SECONDS_OF_REDIS = 1.5
Figures = Mapping[str, float]

_ACTIVITY = """
SELECT coalesce(state, 'other') AS state, count(*) AS connections,
       coalesce(max(extract(epoch FROM now() - xact_start)), 0) AS oldest_transaction,
       current_setting('max_connections') AS most
FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
GROUP BY 1
"""
_JOBS_EXIST = "SELECT to_regclass('jobs_job') IS NOT NULL AS there"
_JOBS = """
SELECT lower(state) AS state, count(*) AS jobs,
       coalesce(max(extract(epoch FROM now() - created_at)), 0) AS oldest
FROM jobs_job GROUP BY 1
"""
_SERVER_STATES = ("active", "idle", "used", "tested", "login")


def pool() -> Figures:
    """PgBouncer by its console: clients and servers by state, seconds; nothing where the application goes direct."""
    if not through_the_pool():
        return {}
    with connected(database=CONSOLE) as console:
        pools = [row for row in rows(console, "SHOW POOLS") if row["database"] == _name_of_the_database()]
        stats = [row for row in rows(console, "SHOW STATS") if row["database"] == _name_of_the_database()]
    found = {f"servers_{state}": _sum(pools, f"sv_{state}") for state in _SERVER_STATES}
    found |= {f"clients_{state}": _sum(pools, f"cl_{state}") for state in ("active", "waiting")}
    found["longest_wait_seconds"] = max(
        (_number(row, "maxwait") + _number(row, "maxwait_us") / 1e6 for row in pools), default=0.0
    )
    found["transactions"] = _sum(stats, "total_xact_count")
    found["queries"] = _sum(stats, "total_query_count")
    found["waited_seconds"] = _sum(stats, "total_wait_time") / 1e6
    return found


def database() -> Figures:
    """PostgreSQL, and the jobs that lie there. One connection for both: a look must not crowd the pool it looks at."""
    with connected() as connection:
        activity = rows(connection, _ACTIVITY)
        jobs = rows(connection, _JOBS) if rows(connection, _JOBS_EXIST)[0]["there"] == "t" else None
    return {**_activity(activity), **({} if jobs is None else _jobs(jobs))}


def _activity(found: list[Row]) -> Figures:
    """Connections of this database by state, their limit, the age in seconds of the oldest transaction."""
    figures = {f"connections_{state}": 0.0 for state in ("active", "idle", "idle_in_transaction")}
    for row in found:
        figures[f"connections_{(row['state'] or 'other').replace(' ', '_')}"] = _number(row, "connections")
    figures["oldest_transaction_seconds"] = max((_number(row, "oldest_transaction") for row in found), default=0.0)
    if found:
        figures["connections_limit"] = _number(found[0], "most")
    return figures


def _jobs(found: list[Row]) -> Figures:
    """Jobs by state, and the age in seconds of the one that waits longest."""
    figures = {f"jobs_{state}": 0.0 for state in ("waiting", "running", "done", "failed", "cancelled")}
    figures |= {f"jobs_{row['state']}": _number(row, "jobs") for row in found}
    waiting = [_number(row, "oldest") for row in found if row["state"] == "waiting"]
    figures["oldest_waiting_seconds"] = waiting[0] if waiting else 0.0
    return figures


def cache_server() -> Figures:
    """Redis: memory and its limit in bytes (0 is none), clients, commands, keys it threw out."""
    limits = {"socket_timeout": SECONDS_OF_REDIS, "socket_connect_timeout": SECONDS_OF_REDIS}
    client = redis.Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), **limits)
    try:
        said = client.info()
    finally:
        client.close()
    return {
        "memory_bytes": float(said["used_memory"]),
        "memory_limit_bytes": float(said.get("maxmemory", 0)),
        "clients": float(said["connected_clients"]),
        "commands": float(said["total_commands_processed"]),
        "evicted_keys": float(said["evicted_keys"]),
    }


def processes() -> Figures:
    """The application's processes on this machine: how many, their resident bytes, seconds of processor."""
    found = [read for pid in _pids() if (read := _process(pid)) is not None]
    return {
        "processes": float(len(found)),
        "resident_bytes": sum(resident for resident, _cpu in found),
        "cpu_seconds": sum(cpu for _resident, cpu in found),
    }


def _look(act: Callable[[], Figures]) -> Look[Figures]:
    return Look(act)


PARTS = {
    "pool": _look(pool),
    "postgres": _look(database),
    "redis": _look(cache_server),
    "processes": _look(processes),
}


def ask_parts() -> dict[str, Figures | None]:
    """The figures of each part; None where it did not tell them within two seconds, {} where there is no such part."""
    return {name: outcome.value for name, outcome in zip(PARTS, ask(PARTS.values()), strict=True)}


def node() -> str:
    """The name of this machine among several."""
    return platform.node()[:64] or "localhost"


@cache
def version() -> str:
    """Of the program, as its source says."""
    project = settings.BASE_DIR / "pyproject.toml"
    try:
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    except OSError:
        return "unknown"


def _name_of_the_database() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _number(row: Row, name: str) -> float:
    return float(row.get(name) or 0)


def _sum(found: list[Row], name: str) -> float:
    return sum(_number(row, name) for row in found)


def _pids() -> set[int]:
    return metrics_files.pids() or {os.getpid()}


def _process(pid: int) -> tuple[float, float] | None:
    """(resident bytes, processor seconds) from /proc; None for a process that is gone or a system without it."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    ticks = int(fields[11]) + int(fields[12])
    return float(int(fields[21]) * os.sysconf("SC_PAGE_SIZE")), ticks / os.sysconf("SC_CLK_TCK")
