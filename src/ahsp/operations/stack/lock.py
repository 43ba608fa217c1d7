"""Only one supervisor works on one home at a time, and others can read what it runs."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO

from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.files import replace_file
from ahsp.operations.stack.home import Home
from ahsp.operations.stack.processes import wait_until


@dataclass(frozen=True, slots=True)
class Running:
    """What the holder of the lock serves. `address` is empty when it runs no web server.

    `database_url` leads through the pool, `direct_database_url` past it. `pool_url` is the console of the pool;
    empty when there is none, and then both addresses lead to PostgreSQL.
    """

    database_url: str
    redis_url: str
    address: str = ""
    direct_database_url: str = ""
    pool_url: str = ""
    broker_url: str = ""


@contextmanager
def exclusive(home: Home) -> Iterator[None]:
    """Hold the home until the end of the block. Raises StackError, with the address of who holds it, at once.

    The kernel lets go of the lock when the process dies, however it dies.
    """
    with _open(home) as file:
        # Somebody who only looks holds it for an instant.
        if not wait_until(lambda: _take(file, fcntl.LOCK_EX), 0.5):
            running = read_running(home)
            if running is not None and running.address:
                raise StackError("stack.already_up", address=running.address, path=str(home.root))
            raise StackError("stack.busy", path=str(home.root))
        home.running.unlink(missing_ok=True)
        try:
            yield
        finally:
            home.running.unlink(missing_ok=True)


def is_held(home: Home) -> bool:
    """Whether some process works on the home now."""
    with _open(home) as file:
        return not _take(file, fcntl.LOCK_SH)


def announce(home: Home, running: Running) -> None:
    """Tell others what is served; only the holder of the lock does."""
    replace_file(home.running, json.dumps(asdict(running), indent=1))


def read_running(home: Home) -> Running | None:
    """What the holder of the lock announced; None while it is still starting."""
    try:
        return Running(**json.loads(home.running.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _take(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(home: Home) -> IO[str]:
    try:
        return home.lock.open("a")
    except OSError as error:
        reason = error.strerror or str(error)
        raise StackError("stack.home_unusable", path=str(home.lock), reason=reason) from error
