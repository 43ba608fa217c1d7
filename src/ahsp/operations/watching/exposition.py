"""Everything monitoring reads at `/metrics`, in the text format of Prometheus."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ahsp.operations.watching.counters import counted
from ahsp.operations.watching.parts import Figures, ask_parts, node, version

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# name -> (what it is, the figure it is read from)
_GAUGES: dict[str, dict[str, tuple[str, str]]] = {
    "pool": {
        "ahsp_pool_longest_wait_seconds": ("Age of the client that waits longest.", "longest_wait_seconds"),
    },
    "postgres": {
        "ahsp_postgres_connections_limit": ("max_connections of PostgreSQL.", "connections_limit"),
        "ahsp_postgres_oldest_transaction_seconds": ("Age of the oldest transaction.", "oldest_transaction_seconds"),
        "ahsp_jobs_oldest_waiting_seconds": ("Age of the job that waits longest.", "oldest_waiting_seconds"),
    },
    "redis": {
        "ahsp_redis_memory_bytes": ("Memory Redis uses.", "memory_bytes"),
        "ahsp_redis_memory_limit_bytes": ("maxmemory of Redis; 0 is none.", "memory_limit_bytes"),
        "ahsp_redis_clients": ("Connections to Redis.", "clients"),
    },
    "processes": {
        "ahsp_processes": ("Processes of the application on this node.", "processes"),
        "ahsp_processes_resident_bytes": ("Their memory.", "resident_bytes"),
        "ahsp_processes_cpu_seconds": ("Processor time of those that run now.", "cpu_seconds"),
    },
}
_COUNTERS: dict[str, dict[str, tuple[str, str]]] = {
    "pool": {
        "ahsp_pool_transactions": ("Transactions that went through the pool.", "transactions"),
        "ahsp_pool_queries": ("Queries that went through the pool.", "queries"),
        "ahsp_pool_waited_seconds": ("Time clients waited for a connection.", "waited_seconds"),
    },
    "redis": {
        "ahsp_redis_commands": ("Commands Redis has answered.", "commands"),
        "ahsp_redis_evicted_keys": ("Keys Redis threw out for want of memory.", "evicted_keys"),
    },
}
# name -> (what it is, the part, what the figures of all its states begin with)
_BY_STATE = {
    "ahsp_pool_clients": ("Clients of the pool.", "pool", "clients_"),
    "ahsp_pool_servers": ("Connections from the pool to PostgreSQL.", "pool", "servers_"),
    "ahsp_postgres_connections": ("Connections to this database.", "postgres", "connections_"),
    "ahsp_jobs": ("Jobs that are kept.", "postgres", "jobs_"),
}
_NO_STATE = {"connections_limit"}


class _Parts(Collector):
    """What the other servers say, and whether they said anything."""

    def collect(self) -> Iterator[Metric]:
        parts = ask_parts()
        about = GaugeMetricFamily("ahsp", "The program.", labels=("version", "node"))
        about.add_metric((version(), node()), 1)
        yield about
        answers = GaugeMetricFamily("ahsp_part_answers", "Whether the part told its figures.", labels=("part",))
        for name, figures in parts.items():
            answers.add_metric((name,), float(figures is not None))
        yield answers
        for name, figures in parts.items():
            if figures:
                yield from _of_a_part(name, figures)


def _of_a_part(part: str, figures: Figures) -> Iterator[Metric]:
    for name, (what, figure) in _GAUGES.get(part, {}).items():
        if figure in figures:
            yield GaugeMetricFamily(name, what, value=figures[figure])
    for name, (what, figure) in _COUNTERS.get(part, {}).items():
        yield CounterMetricFamily(name, what, value=figures[figure])
    for name, (what, of, prefix) in _BY_STATE.items():
        if of == part:
            family = GaugeMetricFamily(name, what, labels=("state",))
            for figure, value in figures.items():
                if figure.startswith(prefix) and figure not in _NO_STATE:
                    family.add_metric((figure.removeprefix(prefix),), value)
            yield family


class _Counted(Collector):
    """What the application's processes counted."""

    def collect(self) -> Iterator[Metric]:
        yield from counted()


def exposition() -> bytes:
    """The page of `/metrics`; complete within three seconds, whatever is away."""
    registry = CollectorRegistry()
    registry.register(_Counted())
    registry.register(_Parts())
    return generate_latest(registry)
