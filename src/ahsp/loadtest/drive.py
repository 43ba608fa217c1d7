"""Drives the application with Locust: `python -m ahsp.loadtest.drive PLAN`."""

from __future__ import annotations

import sys
import time
from itertools import count
from pathlib import Path
from random import choices, uniform
from typing import Any, ClassVar

import gevent
from gevent.event import Event
from locust import FastHttpUser, task
from locust.env import Environment
from locust.exception import StopUser

from ahsp.loadtest import acts
from ahsp.loadtest.acts import Act
from ahsp.loadtest.mixes import MIXES, Kind, rate
from ahsp.loadtest.plan import Plan
from ahsp.loadtest.records import Records
from ahsp.loadtest.seeds import Seeds, read_seeds
from ahsp.loadtest.visitor import Visitor

SECONDS_TO_END = 60


class Drive:
    """One run: its seeds, its records and its clock, whose second 0 comes after the warm-up."""

    def __init__(self, plan: Plan, seeds: Seeds) -> None:
        self.plan = plan
        self.records = Records(plan.users, plan.seconds)
        self.numbers = count()
        self.accounts = seeds.accounts[:1] if plan.shared else seeds.accounts
        self.acts: dict[str, tuple[Act, ...]] = {
            "browsing": acts.browsing(seeds.edition),
            "api": acts.api(seeds.edition),
            "heavy": acts.HEAVY,
        }
        self.start = time.monotonic() + plan.warm_up
        self.gate = Event()
        self.waiting = 0

    def clock(self) -> float:
        return time.monotonic() - self.start


class Guest(FastHttpUser):
    """Somebody who signs in once and then works."""

    abstract = True
    drive: ClassVar[Drive]
    kind: ClassVar[Kind]
    visitor: Visitor

    def on_start(self) -> None:
        drive = self.drive
        account = drive.accounts[next(drive.numbers) % len(drive.accounts)]
        self.visitor = Visitor(self.client, account, drive.records, drive.clock)
        while not self.visitor.sign_in():
            # Who is not let in tries again; the record has the refusal.
            gevent.sleep(uniform(*self.kind.think))

    def wait_time(self) -> float:
        return uniform(*self.kind.think)

    # The one task; Locust would run those of subclasses beside it, not in its place.
    @task
    def work(self) -> None:
        self.act()

    def act(self) -> None:
        acts.some_act(self.drive.acts[self.kind.name], self.visitor)


class Hurried(Guest):
    """Everybody at once, without a pause: each act is of the kind that is next in proportion."""

    abstract = True
    kinds: ClassVar[tuple[Kind, ...]]

    def wait_time(self) -> float:
        return 0.0

    def act(self) -> None:
        kind = choices(self.kinds, [rate(kind) for kind in self.kinds])[0]
        acts.some_act(self.drive.acts[kind.name], self.visitor)


class Arriving(Guest):
    """Somebody who waits for the door to open with all others, goes in, looks, and leaves."""

    abstract = True

    def on_start(self) -> None:
        drive = self.drive
        account = drive.accounts[next(drive.numbers) % len(drive.accounts)]
        self.visitor = Visitor(self.client, account, drive.records, drive.clock)
        drive.waiting += 1
        if drive.waiting == drive.plan.users:
            drive.start = time.monotonic()
            drive.gate.set()
        drive.gate.wait()

    def act(self) -> None:
        if self.visitor.sign_in():
            self.visitor.note_act("signed in after the doors opened", self.drive.clock())
        raise StopUser


def guests(drive: Drive) -> list[type[Guest]]:
    """The classes of people of the mix."""
    kinds = MIXES[drive.plan.mix]
    if drive.plan.mix == "capacity":
        everybody: dict[str, Any] = {"drive": drive, "kind": kinds[0], "kinds": kinds, "abstract": False}
        return [type("Everybody", (Hurried,), everybody)]
    base = Arriving if drive.plan.mix == "login-storm" else Guest
    return [
        type(kind.name.title(), (base,), {"drive": drive, "kind": kind, "weight": kind.weight, "abstract": False})
        for kind in kinds
    ]


def run(drive: Drive) -> None:
    """Start everybody, let them work, end."""
    plan = drive.plan
    environment = Environment(user_classes=list(guests(drive)), host=plan.address)
    runner = environment.create_local_runner()
    storm = plan.mix == "login-storm"
    runner.start(plan.users, spawn_rate=plan.users if storm else plan.spawn_rate)
    deadline = time.monotonic() + plan.warm_up + plan.seconds
    while time.monotonic() < deadline and not (storm and drive.gate.is_set() and runner.user_count == 0):
        gevent.sleep(0.1)
    if storm:
        drive.records.seconds = max(drive.clock(), 0.1)
    gevent.with_timeout(SECONDS_TO_END, runner.quit, timeout_value=None)


def main(path: Path) -> None:
    plan = Plan.read(path)
    seeds = read_seeds(Path(plan.seeds))
    if seeds is None:
        raise SystemExit(f"{plan.seeds} holds no seeds")
    drive = Drive(plan, seeds)
    run(drive)
    drive.records.write(Path(plan.records))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
