"""The figures at the top of the page, each with its unit and whether somebody should look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def written(value: float | None, decimals: int) -> Decimal | None:
    """A measured value with as many decimals as say something."""
    return None if value is None else Decimal(f"{value:.{decimals}f}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the samples as a tile writes it, beside `name`: its unit or what it is."""

    name: StrOrPromise
    figure: str
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """What a tile shows: one figure large, others small; it alarms when `alarm` is above `above`."""

    title: StrOrPromise
    main: Figure
    beside: tuple[Figure, ...] = ()
    alarm: str = ""
    above: float = 0


@dataclass(frozen=True, slots=True)
class Tile:
    """A kind with its values; None where nobody told."""

    title: StrOrPromise
    unit: StrOrPromise
    value: Decimal | None
    beside: tuple[tuple[StrOrPromise, Decimal | None], ...]
    alarming: bool


KINDS = (
    Kind(
        _("Requests"),
        Figure(_("a second"), "requests_per_s", 1),
        (Figure(_("errors of the server (5xx)"), "errors_per_s", 2),),
        alarm="errors_per_s",
    ),
    Kind(_("Time to answer"), Figure("ms, p50", "p50_ms"), (Figure("p95", "p95_ms"), Figure("p99", "p99_ms"))),
    Kind(
        _("Connection pool"),
        Figure(_("clients at work"), "pool_clients"),
        (Figure(_("clients that wait"), "pool_waiting"), Figure(_("connections to PostgreSQL in use"), "pool_servers")),
        alarm="pool_waiting",
    ),
    Kind(
        _("Connections of PostgreSQL"),
        Figure(_("at work"), "connections_active"),
        (
            Figure(_("idle"), "connections_idle"),
            Figure(_("idle in a transaction"), "connections_idle_in_transaction"),
        ),
        alarm="oldest_transaction_s",
        above=30,
    ),
    Kind(
        _("Jobs"),
        Figure(_("running"), "jobs_running"),
        (
            Figure(_("waiting"), "jobs_waiting"),
            Figure(pgettext_lazy("jobs", "oldest, seconds"), "jobs_oldest_waiting_s"),
            Figure(_("failed"), "jobs_failed"),
        ),
        alarm="jobs_oldest_waiting_s",
        above=60,
    ),
    Kind(_("Values found in the cache"), Figure("%", "cache_hits_percent", 1), (Figure("Redis, MB", "redis_mb", 1),)),
    Kind(_("Memory"), Figure("MB", "resident_mb"), (Figure(_("processes"), "processes"),)),
)


def tiles(figures: Mapping[str, float]) -> list[Tile]:
    """What an administrator wants to see first."""

    def value(shown: Figure) -> Decimal | None:
        return written(figures.get(shown.figure), shown.decimals)

    return [
        Tile(
            kind.title,
            kind.main.name,
            value(kind.main),
            tuple((shown.name, value(shown)) for shown in kind.beside),
            alarming=figures.get(kind.alarm, 0.0) > kind.above,
        )
        for kind in KINDS
    ]
