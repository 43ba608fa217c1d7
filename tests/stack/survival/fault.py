"""One fault: the crowd at work, the part broken, its return, the recovery, the ledgers. Every test goes this way."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psutil

from ahsp.loadtest.application import Application
from tests.stack.machine import wait_for
from tests.stack.survival.crowd import Crowd, Sight, count

# What the machine of the tests may need at most; the figure itself is reported.
SECONDS_TO_RECOVER = 60
CALM_BEFORE = 3.0


@dataclass(slots=True)
class Outcome:
    """What people saw from the fault on, and how long after the part's return all was well."""

    sights: list[Sight] = field(default_factory=list)
    recovered_after: float = 0.0
    slowest: float = 0.0

    def of_kind(self, kind: str) -> list[Sight]:
        return [sight for sight in self.sights if sight.kind == kind]


def members(application: Application, part: str) -> list[psutil.Process]:
    """The processes of `part`, by a word of their command lines."""
    found = []
    for process in psutil.Process(application.pid).children(recursive=True):
        try:
            if part in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


def calm(crowd: Crowd) -> None:
    """Let the crowd work undisturbed for a moment; nothing may be wrong before anything is broken."""
    begun = time.monotonic()
    wait_for(lambda: time.monotonic() - begun > CALM_BEFORE and crowd.all_well_since(begun), "a calm start")
    assert count(crowd.sights).keys() == {"right"}, [sight.what for sight in crowd.sights if sight.kind != "right"]


def survive(crowd: Crowd, breaking: Callable[[], None], returned: Callable[[], Any]) -> Outcome:
    """Break something and wait until it has `returned` and everybody is served again."""
    calm(crowd)
    broken = time.monotonic()
    breaking()
    wait_for(returned, "the return of the part")
    back = time.monotonic()
    wait_for(lambda: crowd.all_well_since(back), "the recovery", SECONDS_TO_RECOVER)
    crowd.stop()
    outcome = Outcome(crowd.since(broken))
    failed = [sight.ended for sight in outcome.sights if sight.kind != "right"]
    outcome.recovered_after = max(0.0, max(failed, default=back) - back)
    outcome.slowest = max(sight.ended - sight.begun for sight in outcome.sights)
    lost = crowd.lost_writes()
    assert lost == []
    assert crowd.writes > 0
    assert outcome.of_kind("wrong") == [], [sight.what for sight in outcome.of_kind("wrong")][:5]
    return outcome


def told(name: str, outcome: Outcome, record: Callable[[str, object], None]) -> None:
    """Put the figures of a fault into the report of the tests and onto standard output."""
    seen = count(outcome.sights)
    line = (
        f"{name}: recovered {outcome.recovered_after:.1f} s after the return; {seen['right']} right, "
        f"{seen['unavailable']} told to come back, {seen['dropped']} dropped; slowest {outcome.slowest:.1f} s"
    )
    record("survived", line)
    print(line)  # noqa: T201 - the figure is what the test is for
