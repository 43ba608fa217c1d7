"""Figures of a time from the counters of its two ends and from what the parts say, as samples keep them."""

from __future__ import annotations

from collections.abc import Mapping

from ahsp.operations.watching.counters import Reading, quantile
from ahsp.operations.watching.parts import Figures

MEGABYTE = 1024 * 1024
PERCENTILES = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}
# figure of a sample -> (part, its figure there, divisor)
_OF_PARTS = {
    "pool_clients": ("pool", "clients_active", 1),
    "pool_waiting": ("pool", "clients_waiting", 1),
    "pool_servers": ("pool", "servers_active", 1),
    "pool_longest_wait_s": ("pool", "longest_wait_seconds", 1),
    "connections_active": ("postgres", "connections_active", 1),
    "connections_idle": ("postgres", "connections_idle", 1),
    "connections_idle_in_transaction": ("postgres", "connections_idle_in_transaction", 1),
    "oldest_transaction_s": ("postgres", "oldest_transaction_seconds", 1),
    "jobs_waiting": ("postgres", "jobs_waiting", 1),
    "jobs_running": ("postgres", "jobs_running", 1),
    "jobs_failed": ("postgres", "jobs_failed", 1),
    "jobs_oldest_waiting_s": ("postgres", "oldest_waiting_seconds", 1),
    "redis_mb": ("redis", "memory_bytes", MEGABYTE),
    "resident_mb": ("processes", "resident_bytes", MEGABYTE),
    "processes": ("processes", "processes", 1),
}


def figures_of(between: Reading, parts: Mapping[str, Figures | None]) -> dict[str, float]:
    """What came in during `between.at` seconds, and how the parts are. What nobody knows is left out."""
    return _rounded(_of_requests(between) | _of_cache(between)) | of_parts(parts)


def of_parts(parts: Mapping[str, Figures | None]) -> dict[str, float]:
    """How the parts are."""
    found = {}
    for name, (part, figure, divisor) in _OF_PARTS.items():
        value = (parts[part] or {}).get(figure)
        if value is not None:
            found[name] = value / divisor
    return _rounded(found)


def _rounded(figures: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in figures.items()}


def _of_requests(between: Reading) -> dict[str, float]:
    seconds = max(between.at, 0.001)
    requests = between.total("ahsp_requests_total")
    errors = sum(n for labels, n in between.matching("ahsp_requests_total", {}) if labels["status"].startswith("5"))
    found = {"requests_per_s": requests / seconds, "errors_per_s": errors / seconds}
    buckets = between.buckets("ahsp_request_seconds")
    for name, share in PERCENTILES.items():
        value = quantile(buckets, share)
        if value is not None:
            found[name] = value * 1000
    if requests:
        found["queries_per_request"] = between.total("ahsp_request_queries_sum") / requests
    return found


def _of_cache(between: Reading) -> dict[str, float]:
    """How many of a hundred values asked for were kept, in the process or in Redis; sessions are not such values."""
    hits = sum(between.total("ahsp_cache_reads_total", kind=kind, outcome="hit") for kind in ("memory", "data"))
    misses = between.total("ahsp_cache_reads_total", kind="data", outcome="miss")
    return {"cache_hits_percent": 100 * hits / (hits + misses)} if hits + misses else {}
