"""The plots of the page, by name: what each shows, in which unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EVERY_VALUE, WORST_VALUE = "mean", "max"


@dataclass(frozen=True, slots=True)
class Series:
    """A line: the figure of the samples it draws, and its name."""

    figure: str
    label: StrOrPromise


@dataclass(frozen=True, slots=True)
class Chart:
    name: str
    title: StrOrPromise
    unit: StrOrPromise
    series: tuple[Series, ...]
    thinned_by: str = EVERY_VALUE
    """What stands for several samples: their mean, or the worst where a peak must not vanish in a mean."""


CHARTS = (
    Chart(
        "requests",
        _("Requests"),
        _("a second"),
        (Series("requests_per_s", _("requests")), Series("errors_per_s", _("errors of the server (5xx)"))),
    ),
    Chart(
        "latency",
        _("Time to answer"),
        "ms",
        (Series("p50_ms", "p50"), Series("p95_ms", "p95"), Series("p99_ms", "p99")),
        WORST_VALUE,
    ),
    Chart(
        "pool",
        _("Connection pool"),
        pgettext_lazy("unit of a plot", "connections"),
        (
            Series("pool_clients", _("clients at work")),
            Series("pool_servers", _("connections to PostgreSQL in use")),
            Series("pool_waiting", _("clients that wait")),
        ),
        WORST_VALUE,
    ),
    Chart(
        "connections",
        _("Connections of PostgreSQL"),
        pgettext_lazy("unit of a plot", "connections"),
        (
            Series("connections_active", _("at work")),
            Series("connections_idle", _("idle")),
            Series("connections_idle_in_transaction", _("idle in a transaction")),
        ),
        WORST_VALUE,
    ),
    Chart("cache", _("Values found in the cache"), "%", (Series("cache_hits_percent", _("found")),)),
    Chart(
        "queries", _("Database queries"), _("a request"), (Series("queries_per_request", _("queries of a request")),)
    ),
    Chart(
        "jobs",
        _("Jobs"),
        pgettext_lazy("unit of a plot", "jobs"),
        (
            Series("jobs_running", _("running")),
            Series("jobs_waiting", _("waiting")),
            Series("jobs_failed", _("failed")),
        ),
        WORST_VALUE,
    ),
    Chart(
        "memory",
        _("Memory"),
        "MB",
        (Series("resident_mb", _("processes of the application")), Series("redis_mb", "Redis")),
        WORST_VALUE,
    ),
)
BY_NAME = {chart.name: chart for chart in CHARTS}
