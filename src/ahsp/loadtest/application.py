"""The application as installed, on a home that only the load test uses and that stays between runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ahsp.loadtest.seeds import ACCOUNTS, Seeds, read_seeds, seeds_file
from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.home import Home, open_home
from ahsp.operations.stack.lock import Running, exclusive, read_running
from ahsp.operations.stack.logs import last_words, size
from ahsp.operations.stack.ports import LOOPBACK, remembered_port
from ahsp.operations.stack.processes import end_with_parent, wait_until

SECONDS_TO_START = 300
SECONDS_TO_STOP = 60
# What names servers or settings of another installation than the load test's own.
_FOREIGN = ("AHSP_", "DATABASE_", "REDIS_", "CELERY_", "POSTGRES_", "PGBOUNCER_", "CACHE_", "DJANGO_")


@dataclass(frozen=True, slots=True)
class Application:
    """`./ahsp up` on `home`, with its process and the seeds in its database."""

    home: Home
    running: Running
    pid: int
    seeds: Seeds


def environment(root: Path) -> dict[str, str]:
    """Nobody else's data is touched: every setting of this shell that names servers is left out."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return {**inherited, "AHSP_HOME": str(root)}


@contextmanager
def running_application(root: Path, accounts: int = ACCOUNTS) -> Iterator[Application]:
    """The application with seeds for so many `accounts`. Raises StackError with the last words of its log."""
    home = open_home(root)
    with exclusive(home):
        # Nobody else works on it, and what a killed one announced is gone.
        pass
    log = home.log / "loadtest-up.log"
    since = size(log)
    port = remembered_port(home.ports, "loadtest")
    parent = os.getpid()
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ahsp.cli.main", "up", "--host", LOOPBACK, "--port", str(port)],
            stdout=file,
            stderr=subprocess.STDOUT,
            env=environment(root),
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(parent, signal.SIGINT),
        )
    try:
        wait_until(lambda: process.poll() is not None or _address(home) != "", SECONDS_TO_START)
        running = read_running(home)
        if process.poll() is not None or running is None or not running.address:
            raise StackError("stack.web_failed", log=str(log), reason=last_words(log, since))
        yield Application(home, running, process.pid, _seed(home, accounts))
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()


def _address(home: Home) -> str:
    running = read_running(home)
    return running.address if running is not None else ""


def _seed(home: Home, accounts: int) -> Seeds:
    log = home.log / "loadtest-seeding.log"
    since = size(log)
    with log.open("ab") as file:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "ahsp.loadtest.seeding", str(accounts)],
            stdout=file,
            stderr=subprocess.STDOUT,
            env=environment(home.root),
        )
    seeds = read_seeds(seeds_file(home))
    if done.returncode != 0 or seeds is None:
        raise StackError("stack.prepare_failed", log=str(log), reason=last_words(log, since))
    return seeds
