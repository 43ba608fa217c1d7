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

from ahsp.loadtest.acts import Act, some_act
from ahsp.loadtest.browsing import browsing
from ahsp.loadtest.checks import page
from ahsp.loadtest.editing import EDITING
from ahsp.loadtest.heavy import HEAVY
from ahsp.loadtest.mixes import BARE, MIXES, Kind, rate
from ahsp.loadtest.mixes import EDITING as EDITING_KIND
from ahsp.loadtest.plan import Plan
from ahsp.loadtest.programs import programs
from ahsp.loadtest.records import Records, Request
from ahsp.loadtest.seeds import Account, Seeds, read_seeds
from ahsp.loadtest.visitor import Visitor
from ahsp.loadtest.windows import Board, Window

BARE_PATH = "/bare/"
SECONDS_TO_END = 60
# Mixes whose people start together.
GATED = {"capacity", "bare", "login-storm"}
SECONDS_AT_GATE = 120


class Drive:
    """One run: its seeds, its records and its clock.

    Where people wait for each other at a gate, second 0 is when it opens; else it is the start.
    """

    def __init__(self, plan: Plan, seeds: Seeds) -> None:
        self.plan = plan
        self.records = Records(plan.users, plan.seconds)
        self.numbers = count()
        self.accounts = seeds.accounts[:1] if plan.shared else seeds.accounts
        self.acts: dict[str, tuple[Act, ...]] = {
            "browsing": browsing(seeds.edition),
            "api": programs(seeds.edition),
            "heavy": HEAVY,
            "editing": EDITING,
        }
        self.desks = count()
        self.board = Board(self.clock)
        self.start: float | None = None if plan.mix in GATED else time.monotonic()
        self._gate = Event()
        self._waiting = 0

    def clock(self) -> float:
        """Seconds since second 0, below 0 before it."""
        return -1.0 if self.start is None else time.monotonic() - self.start

    def wait_at_gate(self) -> None:
        """Go on together with all others; whoever has not come in time does not keep the others."""
        self._waiting += 1
        if self._waiting < self.plan.users:
            self._gate.wait(SECONDS_AT_GATE)
        if self.start is None:
            self.start = time.monotonic()
        self._gate.set()


class Guest(FastHttpUser):
    """Somebody who signs in once and then works."""

    abstract = True
    drive: ClassVar[Drive]
    kind: ClassVar[Kind]
    visitor: Visitor

    def account(self) -> Account:
        drive = self.drive
        return drive.accounts[next(drive.numbers) % len(drive.accounts)]

    def on_start(self) -> None:
        drive = self.drive
        self.visitor = Visitor(self.client, self.account(), drive.records, drive.clock)
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
        some_act(self.drive.acts[self.kind.name], self.visitor)


class Editor(Guest):
    """One of two who have the same project open: each sees what the other writes."""

    abstract = True
    window: Window

    def account(self) -> Account:
        drive = self.drive
        return drive.accounts[next(drive.desks) // 2 % len(drive.accounts)]

    def on_start(self) -> None:
        super().on_start()
        self.window = Window(self.visitor, self.drive.plan.address, self.drive.board)
        self.visitor.on_write = self.window.wrote

    def on_stop(self) -> None:
        self.window.close()


class Hurried(Guest):
    """Works without a pause: each act is of the kind that is next in proportion."""

    abstract = True
    kinds: ClassVar[tuple[Kind, ...]]

    def on_start(self) -> None:
        super().on_start()
        self.drive.wait_at_gate()

    def wait_time(self) -> float:
        return 0.0

    def act(self) -> None:
        kind = choices(self.kinds, [rate(kind) for kind in self.kinds])[0]
        some_act(self.drive.acts[kind.name], self.visitor)


class Spartan(Hurried):
    """Asks for the bare page, again and again."""

    abstract = True

    def act(self) -> None:
        address = self.drive.plan.bare + BARE_PATH
        self.visitor.get("bare page", address, page(self.visitor.account.email))


class Arriving(Guest):
    """Somebody who waits for the doors to open with all others, goes in, looks, and leaves."""

    abstract = True

    def on_start(self) -> None:
        drive = self.drive
        account = drive.accounts[next(drive.numbers) % len(drive.accounts)]
        self.visitor = Visitor(self.client, account, drive.records, drive.clock)
        drive.wait_at_gate()

    def act(self) -> None:
        if self.visitor.sign_in():
            self.visitor.note_act("signed in after the doors opened", self.drive.clock())
        raise StopUser


def guests(drive: Drive) -> list[type[Guest]]:
    """The classes of people of the mix."""
    mix = drive.plan.mix
    if mix in ("capacity", BARE):
        base: type[Guest] = Hurried if mix == "capacity" else Spartan
        kinds = MIXES["capacity"]
        everybody: dict[str, Any] = {"drive": drive, "kind": kinds[0], "kinds": kinds, "abstract": False}
        return [type("Everybody", (base,), everybody)]
    return [
        type(
            kind.name.title(),
            (_base(mix, kind),),
            {"drive": drive, "kind": kind, "weight": kind.weight, "abstract": False},
        )
        for kind in MIXES[mix]
    ]


def _base(mix: str, kind: Kind) -> type[Guest]:
    if mix == "login-storm":
        return Arriving
    return Editor if kind is EDITING_KIND else Guest


def run(drive: Drive) -> None:
    """Start everybody, let them work, end."""
    plan = drive.plan
    environment = Environment(user_classes=list(guests(drive)), host=plan.address)
    runner = environment.create_local_runner()
    runner.start(plan.users, spawn_rate=plan.users if plan.mix in GATED else plan.spawn_rate)
    while not _is_over(drive, runner.user_count):
        gevent.sleep(0.05)
    if plan.mix == "login-storm":
        drive.records.seconds = drive.clock()
    gevent.with_timeout(SECONDS_TO_END, runner.quit, timeout_value=None)


def _is_over(drive: Drive, people: int) -> bool:
    seconds = drive.clock()
    everybody_left = drive.plan.mix == "login-storm" and seconds > 0 and people == 0
    return everybody_left or seconds >= drive.plan.seconds


def main(path: Path) -> None:
    plan = Plan.read(path)
    seeds = read_seeds(Path(plan.seeds))
    if seeds is None:
        raise SystemExit(f"{plan.seeds} holds no seeds")
    drive = Drive(plan, seeds)
    run(drive)
    for missed in drive.board.tell(drive.records):
        drive.records.requests.append(Request(plan.seconds, "live: another's edit", 0.0, f"never seen: {missed}"))
    drive.records.write(Path(plan.records))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
