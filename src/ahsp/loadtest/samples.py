"""What the machine and the servers say of themselves, once a second: processor, memory, pool, database, Redis."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psutil
import psycopg
import redis

from ahsp.operations.stack.lock import Running

# A word in the command line of each part; the first one found decides.
PARTS = {
    "postgres": "postgres",
    "pgbouncer": "pgbouncer",
    "valkey-server": "redis",
    "ahsp.loadtest.drive": "locust",
    "ahsp.loadtest.bare": "bare page",
    "web_process": "web",
    " beat": "beat",
    "celery": "worker",
}
# New processes are looked for that often; in between only known ones are read.
SECONDS_BETWEEN_CENSUS = 5
_STATES = (
    "SELECT coalesce(state, 'none'), count(*) FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid() GROUP BY 1"
)
_REDIS = ("used_memory", "connected_clients", "instantaneous_ops_per_sec", "keyspace_hits", "keyspace_misses")
_POOLS = ("cl_active", "cl_waiting", "sv_active", "sv_idle", "sv_used", "maxwait")


@dataclass(slots=True)
class Sample:
    """One look. `cpu` is in cores, `memory` in MB, by part; what did not answer is left empty."""

    at: float
    cpu: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    database: dict[str, int] = field(default_factory=dict)
    pool: dict[str, int] = field(default_factory=dict)
    redis: dict[str, float] = field(default_factory=dict)
    machine: float = 0.0


class Processes:
    """The processes below `roots`, by part, with what each used since the last look."""

    def __init__(self, roots: Iterable[int]) -> None:
        self._roots = set(roots)
        self._known: dict[int, tuple[psutil.Process, str]] = {}
        self._used: dict[int, float] = {}
        self._census = 0.0
        self._last = time.monotonic()

    def watch(self, pid: int) -> None:
        self._roots.add(pid)
        self._census = 0.0

    def look(self, sample: Sample) -> None:
        now = time.monotonic()
        if now - self._census > SECONDS_BETWEEN_CENSUS:
            self._census = now
            self._count()
        seconds, self._last = max(now - self._last, 0.001), now
        for pid, (process, part) in list(self._known.items()):
            try:
                times, memory = process.cpu_times(), process.memory_info()
            except psutil.Error:
                self._known.pop(pid, None)
                continue
            used = times.user + times.system
            share = (used - self._used.get(pid, used)) / seconds
            self._used[pid] = used
            sample.cpu[part] = sample.cpu.get(part, 0.0) + share
            # Without what processes share, or PostgreSQL's buffers would count once for each connection.
            private = (memory.rss - memory.shared) / 2**20
            sample.memory[part] = sample.memory.get(part, 0.0) + private
        sample.machine = psutil.cpu_percent() / 100

    def _count(self) -> None:
        for root in list(self._roots):
            with suppress(psutil.Error):
                head = psutil.Process(root)
                for process in (head, *head.children(recursive=True)):
                    if process.pid not in self._known:
                        self._known[process.pid] = (process, part_of(" ".join(process.cmdline())))


def part_of(command_line: str) -> str:
    return next((part for word, part in PARTS.items() if word in command_line), "supervisor")


class Sampler:
    """Looks once a second, from `with` to its end, in a thread."""

    def __init__(self, running: Running, roots: Iterable[int]) -> None:
        self.samples: list[Sample] = []
        self.processes = Processes(roots)
        self._running = running
        self._start = time.monotonic()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._connections: dict[str, Any] = {}

    def __enter__(self) -> Sampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join(timeout=30)
        for connection in self._connections.values():
            connection.close()

    def restart_clock(self) -> None:
        """Second 0 is now."""
        self._start = time.monotonic()

    def look(self) -> Sample:
        sample = Sample(round(time.monotonic() - self._start, 2))
        self.processes.look(sample)
        self._ask("database", self._database, sample)
        self._ask("pool", self._pool, sample)
        self._ask("redis", self._redis, sample)
        return sample

    def _run(self) -> None:
        while not self._end.wait(1):
            self.samples.append(self.look())

    def _ask(self, name: str, question: Callable[[Sample], None], sample: Sample) -> None:
        """A part that is away leaves its figures empty and is asked anew the next time."""
        try:
            question(sample)
        except (psycopg.Error, redis.RedisError, OSError):
            connection = self._connections.pop(name, None)
            if connection is not None:
                with suppress(psycopg.Error, redis.RedisError, OSError):
                    connection.close()

    def _connect(self, name: str, url: str) -> psycopg.Connection[Any]:
        if name not in self._connections:
            # The pool's console knows no prepared statements.
            self._connections[name] = psycopg.connect(url, autocommit=True, connect_timeout=2, prepare_threshold=None)
        connection: psycopg.Connection[Any] = self._connections[name]
        return connection

    def _database(self, sample: Sample) -> None:
        connection = self._connect("database", self._running.direct_database_url or self._running.database_url)
        sample.database = dict(connection.execute(_STATES).fetchall())

    def _pool(self, sample: Sample) -> None:
        if not self._running.pool_url:
            return
        cursor = self._connect("pool", self._running.pool_url).execute("SHOW POOLS")
        names = [column.name for column in cursor.description or ()]
        for row in cursor.fetchall():
            found = dict(zip(names, row, strict=True))
            if found["database"] != "pgbouncer":
                for name in _POOLS:
                    sample.pool[name] = sample.pool.get(name, 0) + int(found[name])

    def _redis(self, sample: Sample) -> None:
        client = self._connections.setdefault(
            "redis", redis.Redis.from_url(self._running.redis_url, socket_timeout=2, socket_connect_timeout=2)
        )
        info = client.info()
        sample.redis = {name: float(info[name]) for name in _REDIS}
