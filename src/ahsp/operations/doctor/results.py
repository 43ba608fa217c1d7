"""What one look at the chain finds, and the time a whole examination may take."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")
LONGEST_EXAMINATION = 20.0


@dataclass(frozen=True, slots=True)
class Result:
    """One check. `code` is that of the cause, or of a note where it is `ok`; empty when there is nothing to say.

    The sentence of the mend has the code of the cause with "_mend" behind it.
    """

    name: str
    ok: bool
    took_ms: int
    code: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


class Fault(Exception):
    """What is wrong. `check` names the part it belongs to where that is not the part that was looked at."""

    def __init__(self, code: str, *, check: str = "", **data: object) -> None:
        super().__init__(code)
        self.code, self.check = code, check
        self.data = {name: str(value) for name, value in data.items()}


@dataclass(frozen=True, slots=True)
class Note:
    """Nothing is wrong, and yet the operator should read this."""

    code: str
    data: Mapping[str, str]


class Deadline:
    """The moment an examination ends, whatever hangs."""

    def __init__(self, seconds: float = LONGEST_EXAMINATION) -> None:
        self._end = time.monotonic() + seconds

    def at_most(self, seconds: float) -> float:
        """`seconds`, or what is left of the examination."""
        return max(0.05, min(seconds, self._end - time.monotonic()))

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end


def within(seconds: float, act: Callable[[], T]) -> T:
    """What `act` answers; TimeoutError when it takes longer.

    It runs on a thread of its own, which is left behind: a server that takes the question and never answers
    holds a client of a database or of the system's resolver for as long as it likes.
    """
    answers: queue.SimpleQueue[tuple[bool, T | Exception]] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put((True, act()))
        except Exception as error:  # noqa: BLE001 it is raised again where the answer is awaited
            answers.put((False, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        done, answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if not done:
        raise answer  # type: ignore[misc]
    return answer  # type: ignore[return-value]
