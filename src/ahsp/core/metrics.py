"""What the application counts about itself: requests, queries, cache, what browsers tell.

Labels are names of views, methods and statuses, so the source bounds their number; a path or a code is never one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from ahsp.core import metrics_files

metrics_files.prepare()

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics  # noqa: E402 it looks where to count

disable_created_metrics()

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.005, 0.01, 0.02, 0.04, 0.07, 0.1, 0.2, 0.4, 0.7, 1.0, 2.0, 5.0, 10.0)
CLIENT_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.2, 1.8, 2.5, 4.0, 6.0, 10.0, 20.0)
CLIENT_SHIFTS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0)
CLIENT_TIMINGS = ("ttfb", "dcl", "load", "lcp", "inp")
QUERIES = (0, 1, 2, 4, 6, 8, 10, 15, 20, 30, 50, 100)

_requests = Counter("ahsp_requests", "Requests answered.", ("view", "method", "status"))
_seconds = Histogram("ahsp_request_seconds", "Time from a request to its answer.", ("view",), buckets=SECONDS)
_queries = Histogram("ahsp_request_queries", "Database queries of a request.", ("view",), buckets=QUERIES)
_cache = Counter("ahsp_cache_reads", "Reads of the cache.", ("kind", "outcome"))
_passwords = Counter("ahsp_password_checks", "Looks at a password.", ("act", "outcome", "reason"))
_client_seconds = Histogram(
    "ahsp_client_seconds", "Timings of pages in browsers.", ("page", "timing"), buckets=CLIENT_SECONDS
)
_client_shift = Histogram(
    "ahsp_client_layout_shift", "Layout shift of pages in browsers.", ("page",), buckets=CLIENT_SHIFTS
)
_client_errors = Counter("ahsp_client_errors", "Script errors of pages in browsers.", ("page",))
_streams = Gauge("ahsp_open_streams", "Streams of events that are open.", multiprocess_mode="livesum")
_CACHE = {
    (kind, outcome): _cache.labels(kind, outcome)
    for kind in ("memory", "data", "session")
    for outcome in ("hit", "miss")
}


class _Counted:
    """Counts the queries of one request; an execute wrapper of the connection."""

    __slots__ = ("queries",)

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.queries += 1
        return execute(sql, params, many, context)


class MetricsMiddleware:
    """Counts each request by the name of its view: how many, how long, how many queries."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        counted = _Counted()
        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        count_request(request, response.status_code, time.perf_counter() - started, counted.queries)
        return response


def count_request(request: HttpRequest, status: int, seconds: float, queries: int) -> None:
    """One answered request. An address that leads to no view is counted as `none`."""
    match = request.resolver_match
    view = match.view_name if match else "none"
    method = request.method if request.method in METHODS else "other"
    _requests.labels(view, method, str(status)).inc()
    _seconds.labels(view).observe(seconds)
    _queries.labels(view).observe(queries)


def count_cache_reads(kind: str, *, hits: int = 0, misses: int = 0) -> None:
    """Reads of the cache: of sessions ("session"), of other values ("data"), or answered by the process ("memory")."""
    if hits:
        _CACHE[kind, "hit"].inc(hits)
    if misses:
        _CACHE[kind, "miss"].inc(misses)


def count_streams(number: int) -> None:
    """How many streams of events this process holds now."""
    _streams.set(number)


def count_password_check(act: str, outcome: str, reason: str) -> None:
    """One look at a password, in the words of its line in the log."""
    _passwords.labels(act, outcome, reason).inc()


def count_client(page: str, timings: Mapping[str, float], errors: int) -> None:
    """One visit of a page in a browser: `timings` in milliseconds as `{timing}_ms`, and `layout_shift`."""
    for timing in CLIENT_TIMINGS:
        if f"{timing}_ms" in timings:
            _client_seconds.labels(page, timing).observe(timings[f"{timing}_ms"] / 1000)
    if "layout_shift" in timings:
        _client_shift.labels(page).observe(timings["layout_shift"])
    if errors:
        _client_errors.labels(page).inc(errors)
