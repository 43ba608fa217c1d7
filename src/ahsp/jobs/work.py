"""What a handler works with: the job's arguments, a place for its result, and the way to say how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ahsp.jobs import running
from ahsp.jobs.models import Job, State

SECONDS_BETWEEN_NOTES = 0.3
SECONDS_BETWEEN_BEATS = 3.0
log = structlog.get_logger(__name__)


class Cancelled(Exception):
    """The person does not want it any more."""


class Superseded(Exception):
    """This attempt was given up for dead and another one has the job."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    name: str
    content_type: str
    content: bytes


class Work:
    """One attempt at one job. `result` and `conclusion`, a sentence as code and data, are kept when it is done."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.arguments: Mapping[str, Any] = job.arguments
        self.result: dict[str, Any] = {}
        self.conclusion: tuple[str, Mapping[str, str]] = ("", {})
        self.is_completed = False
        self._file: KeptFile | None = None
        self._completing = False
        self._noted = 0.0
        self._stop: Exception | None = None

    def keep_file(self, name: str, content_type: str, content: bytes) -> None:
        """The file the person gets; written when the job is done, in place of an earlier one."""
        self._file = KeptFile(name, content_type, content)

    def progress(self, percent: int, code: str = "", data: Mapping[str, str] | None = None) -> None:
        """Say how far it is. Raises Cancelled or Superseded when there is no use in going on.

        Called as often as one likes: few calls reach the database, and none inside `completion()`.
        """
        if self._stop is not None:
            raise self._stop
        now = time.monotonic()
        if self._completing or now - self._noted < SECONDS_BETWEEN_NOTES:
            return
        self._noted = now
        note: dict[str, Any] = {"percent": max(0, min(percent, 99))}
        if code:
            note |= {"message_code": code, "message_data": dict(data or {})}
        running.held(self.job).update(heartbeat_at=timezone.now(), **note)
        self.look()
        if self._stop is not None:
            raise self._stop

    def look(self) -> None:
        """Learn whether somebody cancelled the job or another attempt has it. A row that is gone changes nothing."""
        row = Job.objects.filter(pk=self.job.pk).values_list("state", "attempt", "cancel_requested").first()
        if row is not None and row[:2] != (State.RUNNING, self.job.attempt):
            self._stop = Superseded()
        elif row is not None and row[2]:
            self._stop = Cancelled()

    @contextmanager
    def completion(self) -> Iterator[None]:
        """The block and the end of the job in one transaction: both happen, once, or neither.

        Raises Cancelled or Superseded, and rolls the block back, when the job ended otherwise meanwhile.
        """
        self._completing = True
        try:
            with transaction.atomic():
                yield
                if not running.finish(self.job, self.result, self._file, self.conclusion):
                    self.look()
                    raise self._stop or Superseded()
            self.is_completed = True
        finally:
            self._completing = False


@contextmanager
def beating(work: Work) -> Iterator[None]:
    """Say every few seconds that the attempt is alive, from a thread with a connection of its own for each beat."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(SECONDS_BETWEEN_BEATS):
            try:
                running.held(work.job).update(heartbeat_at=timezone.now())
                work.look()
            except DatabaseError as error:
                log.warning("job.heartbeat_missed", job=str(work.job.pk), error=str(error))
            finally:
                connection.close()

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
