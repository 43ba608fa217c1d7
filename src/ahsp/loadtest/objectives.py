"""What a run must reach, mix by mix, and whether it did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ahsp.loadtest.records import Figures


@dataclass(frozen=True, slots=True)
class Objective:
    """The figure `key` is at most, or with `least` at least, `bound`."""

    key: str
    bound: float
    least: bool = False

    def reached(self, value: float) -> bool:
        return value >= self.bound if self.least else value <= self.bound


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured against an objective; `value` None when the run has no such figure."""

    objective: Objective
    value: float | None

    @property
    def passed(self) -> bool:
        return self.value is not None and self.objective.reached(self.value)

    @property
    def line(self) -> str:
        """One sentence for the person who started the run."""
        sign = "at least" if self.objective.least else "at most"
        value = "not measured" if self.value is None else f"{self.value:g}"
        verdict = "reached" if self.passed else "MISSED"
        return f"{verdict}  {self.objective.key}: {value} ({sign} {self.objective.bound:g})"


# Whatever the mix.
ALWAYS = (
    Objective("failures", 0),
    Objective("requests", 1, least=True),
    Objective("signed_in_share", 1, least=True),
)
# PgBouncer gives the application so many connections to PostgreSQL.
SERVER_CONNECTIONS = (Objective("server_connections_max", 25), Objective("connections_leaked", 0))
FULL = (Objective("p50_ms", 40), Objective("p99_ms", 400), Objective("max_ms", 2000))
# What somebody writes shows in the windows of others: so many people are sure to be two who edit the same.
LIVE = (Objective("live_p99_ms", 2000),)
ENOUGH_TO_MEET = 44
CORE = (Objective("p50_ms", 25), Objective("p99_ms", 200))
CORE_CROWDED = (Objective("p99_ms", 1000),)
CAPACITY = (Objective("requests_per_second", 250, least=True), Objective("bare_page_ratio", 0.5, least=True))
SINGLE_CLIENT = (
    Objective("p50_ms dashboard", 20),
    Objective("p50_ms recap 1000", 12),
    Objective("p50_ms chart-data 1000", 12),
    Objective("p50_ms rab 1000", 60),
    Objective("p50_ms sign in", 50),
)
STORM = (Objective("all_in_s", 5),)
# Shorter runs say nothing about leaks.
SHORTEST_SOAK = 600.0
LASTING_PARTS = ("web", "worker", "beat", "pgbouncer")
# What a process takes once and keeps is no leak: from the first third to the last it may still grow a little.
FLAT = (
    *(Objective(f"memory_growth_mb {part}", 24) for part in LASTING_PARTS),
    Objective("connections_growth", 3),
    Objective("p50_growth_ratio", 1.5),
    Objective("p95_growth_ratio", 2),
)
# Beyond so many people the objective of a crowd holds.
CROWD = 100


def objectives(mix: str, users: int, seconds: float) -> tuple[Objective, ...]:
    """Everything a run of `mix` with `users` people for `seconds` must reach."""
    own: dict[str, tuple[Objective, ...]] = {
        "full": (*FULL, *(LIVE if users >= ENOUGH_TO_MEET else ())),
        "core": CORE if users <= CROWD else CORE_CROWDED,
        "capacity": CAPACITY,
        "single": SINGLE_CLIENT,
        "login-storm": (*STORM, Objective("people_in", users, least=True)),
    }
    lasting = FLAT if seconds >= SHORTEST_SOAK else ()
    return (*ALWAYS, *own[mix], *SERVER_CONNECTIONS, *lasting)


def judge(mix: str, users: int, seconds: float, measured: Figures, more: Mapping[str, float]) -> tuple[Finding, ...]:
    """Every objective beside what was measured; `more` are figures that are not of requests."""
    whole = measured.whole
    values: dict[str, float] = {
        "requests": whole.requests,
        "failures": whole.failures,
        "signed_in_share": measured.signed_in_share,
        "requests_per_second": measured.requests_per_second,
        "p50_ms": whole.p50_ms,
        "p99_ms": whole.p99_ms,
        "max_ms": whole.max_ms,
        **{f"p50_ms {row.name}": row.p50_ms for row in measured.rows},
        **more,
    }
    return tuple(Finding(objective, values.get(objective.key)) for objective in objectives(mix, users, seconds))
