"""People at work while a part is broken: each reads and writes, and keeps a ledger of what was acknowledged."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from ahsp.loadtest.browser import Browser
from ahsp.loadtest.checks import Answer, Check, json_with, page
from ahsp.loadtest.seeds import Account, Seeds

ROOT = "/api/v2"
# As the core mix at 50 people: 15 requests a second.
PEOPLE, SECONDS_BETWEEN_ACTS = 12, 0.8
WRITES = 0.25
# Longer than the application may ever make somebody wait.
SECONDS_TO_ANSWER = 40


@dataclass(slots=True)
class Sight:
    """One answer as a person saw it. `kind` is right, unavailable (a clean 503), dropped, or wrong."""

    begun: float
    ended: float
    kind: str
    what: str


@dataclass(slots=True)
class Ledger:
    """The quantity of each line: what was acknowledged last, and what was tried since without an answer."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    uncertain: dict[str, set[str]] = field(default_factory=dict)
    writes: int = 0

    def tried(self, path: str, quantity: str) -> None:
        self.uncertain.setdefault(path, set()).add(quantity)

    def confirmed(self, path: str, quantity: str) -> None:
        self.acknowledged[path] = quantity
        self.uncertain[path] = set()
        self.writes += 1

    def allows(self, path: str, quantity: str) -> bool:
        return quantity == self.acknowledged[path] or quantity in self.uncertain[path]


class Worker:
    """One person with an account of their own, who signs in once and never again."""

    def __init__(self, address: str, account: Account, end: threading.Event) -> None:
        self.browser = Browser(address, timeout=SECONDS_TO_ANSWER)
        self.account = account
        self.sights: list[Sight] = []
        self.ledger = Ledger()
        self._end = end
        self._chance = Random(account.email)  # noqa: S311 - a scenario, no secret
        self._number = 0

    def sign_in(self) -> None:
        assert self.browser.sign_in(self.account).status == 302, self.account.email

    def run(self) -> None:
        while not self._end.wait(SECONDS_BETWEEN_ACTS * self._chance.uniform(0.5, 1.5)):
            if self._chance.random() < WRITES:
                self.write()
            else:
                self.read()

    def read(self) -> None:
        project = self._chance.choice(self.account.projects)
        first, last = project.items[0].pk, project.items[-1].pk
        questions: list[tuple[str, Check]] = [
            ("/projects/", page(self.account.email, *(one.name for one in self.account.projects))),
            (f"/p/{project.code}/", page(self.account.email, project.name, f'id="i{last}"')),
            (f"/p/{project.code}/recap/", page(self.account.email, project.name)),
            (f"{ROOT}/projects/{project.code}/rab/", json_with(f'"id":{first},', f'"id":{last},')),
            (f"{ROOT}/projects/{project.code}/chart-data/", json_with('"revision":')),
        ]
        path, check = self._chance.choice(questions)
        self._see(path, check, lambda: self.browser.get(path))

    def write(self) -> None:
        """Read the revision, write under it. Lines are this person's alone, so nobody else changes them."""
        project = self._chance.choice(self.account.projects)
        path = f"{ROOT}/projects/{project.code}/items/{self._chance.choice(project.items).pk}/"
        read = self._see(path, json_with('"item":'), lambda: self.browser.get(path))
        if read.status != 200:
            return
        self._number += 1
        quantity = f"{self._number}.25"
        self.ledger.tried(path, quantity)
        written = self._see(
            f"PATCH {path}",
            json_with(f'"quantity":"{quantity}"'),
            lambda: self.browser.patch(path, read.headers.get("etag", ""), {"quantity": quantity}),
        )
        if written.status == 200:
            self.ledger.confirmed(path, quantity)

    def _see(self, what: str, check: Check, ask: Callable[[], Answer]) -> Answer:
        begun = time.monotonic()
        answer = ask()
        kind = kind_of(answer, check)
        detail = what if kind == "right" else f"{what}: {check(answer).problem} {answer.body[:160]!r}"
        self.sights.append(Sight(begun, time.monotonic(), kind, detail))
        return answer


def kind_of(answer: Answer, check: Check) -> str:
    """What an answer is worth to the person who waited for it."""
    if answer.status == 0:
        return "dropped"
    if answer.status == 503 and answer.headers.get("retry-after", "").isdigit():
        return "unavailable"
    return "wrong" if check(answer).problem else "right"


class Crowd:
    """Everybody at work, until the block ends."""

    def __init__(self, address: str, seeds: Seeds) -> None:
        self._end = threading.Event()
        self.workers = [Worker(address, account, self._end) for account in seeds.accounts[:PEOPLE]]
        self._threads = [threading.Thread(target=worker.run, daemon=True) for worker in self.workers]

    def start(self) -> None:
        for worker in self.workers:
            worker.sign_in()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join(timeout=SECONDS_TO_ANSWER + 10)
            assert not thread.is_alive(), "somebody waits for an answer for ever"

    @property
    def sights(self) -> list[Sight]:
        return sorted((sight for worker in self.workers for sight in worker.sights), key=lambda sight: sight.ended)

    def since(self, moment: float) -> list[Sight]:
        return [sight for sight in self.sights if sight.ended >= moment]

    def all_well_since(self, moment: float) -> bool:
        """Whether everybody got right answers, and nothing else, to what they asked after `moment`."""
        for worker in self.workers:
            asked = [sight for sight in list(worker.sights) if sight.begun >= moment]
            if not asked or any(sight.kind != "right" for sight in asked[-2:]):
                return False
        return True

    def lost_writes(self) -> list[str]:
        """Acknowledged writes that are not there any more: everybody reads their ledger back."""
        lost = []
        for worker in self.workers:
            for path in worker.ledger.acknowledged:
                answer = worker.browser.get(path)
                assert answer.status == 200, f"{path}: {answer.status}"
                found = answer.body.decode().partition('"quantity":"')[2].partition('"')[0]
                if not worker.ledger.allows(path, found):
                    lost.append(f"{path}: {worker.ledger.acknowledged[path]} became {found}")
        return lost

    @property
    def writes(self) -> int:
        return sum(worker.ledger.writes for worker in self.workers)


@contextmanager
def working(address: str, seeds: Seeds) -> Iterator[Crowd]:
    """A crowd that has had right answers for a moment."""
    crowd = Crowd(address, seeds)
    crowd.start()
    try:
        yield crowd
    finally:
        crowd.stop()


def count(sights: list[Sight]) -> Counter[str]:
    return Counter(sight.kind for sight in sights)
