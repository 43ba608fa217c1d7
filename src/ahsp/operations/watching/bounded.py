"""Acts that may hang, asked so that whoever asks always gets an answer in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")

SECONDS = 2.0
"""What anybody waits for all acts together."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an act came to: `value`, or the `error` it ended with; TimeoutError when it had not ended."""

    value: T | None
    error: Exception | None
    took_ms: float


class Look(Generic[T]):
    """An act in a thread of its own. Who asks while it is under way waits for the same answer.

    So a part that hangs holds one thread of a process, however often it is asked about.
    """

    def __init__(self, act: Callable[[], T]) -> None:
        self._act = act
        self._lock = threading.Lock()
        self._under_way: Future[Outcome[T]] | None = None

    def start(self) -> Future[Outcome[T]]:
        """The answer to come."""
        with self._lock:
            if self._under_way is None or self._under_way.done():
                self._under_way = Future()
                threading.Thread(target=self._run, args=(self._under_way,), daemon=True).start()
            return self._under_way

    def _run(self, answer: Future[Outcome[T]]) -> None:
        started = time.perf_counter()
        value: T | None = None
        failure: Exception | None = None
        try:
            value = self._act()
        except Exception as error:  # noqa: BLE001 whatever it is, it is the answer
            failure = error
        answer.set_result(Outcome(value, failure, (time.perf_counter() - started) * 1000))


def ask(looks: Iterable[Look[Any]], seconds: float = SECONDS) -> list[Outcome[Any]]:
    """The outcomes of `looks`, all under way at once, after at most `seconds`."""
    started = time.monotonic()
    answers = [look.start() for look in looks]
    outcomes = []
    for answer in answers:
        try:
            outcomes.append(answer.result(timeout=max(0.0, started + seconds - time.monotonic())))
        except NotInTime:
            outcomes.append(Outcome(None, TimeoutError(f"no answer within {seconds:g} s"), seconds * 1000))
    return outcomes
