"""The processes beside the web server: the worker that does the slow jobs, and the beat that calls for upkeep."""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping, Sequence

from ahsp.operations.stack.home import Home
from ahsp.operations.stack.processes import Child, Command, Register
from ahsp.operations.stack.system_user import SystemUser

PROCESSES = 2
# A process of the worker is replaced after so many jobs and sweeps, or after one that made it grow beyond so many
# kilobytes.
JOBS_OF_A_PROCESS = 1000
LARGEST_PROCESS_KB = 500_000
# A job gives way to pages: it gets what they leave of the processors.
NICE = 10
WORKER = (
    "worker",
    "--queues=jobs,upkeep",
    f"--concurrency={PROCESSES}",
    f"--max-tasks-per-child={JOBS_OF_A_PROCESS}",
    f"--max-memory-per-child={LARGEST_PROCESS_KB}",
    "--loglevel=INFO",
    "--without-gossip",
    "--without-mingle",
)
BEAT = ("beat", "--loglevel=INFO")


def celery_command(arguments: Sequence[str]) -> list[str]:
    """How one of the programs of Celery is started, here and in the image of the production stack."""
    return [sys.executable, "-P", "-m", "celery", "-A", "ahsp.celery", *arguments]


def start_worker(home: Home, register: Register, environment: Mapping[str, str], user: SystemUser | None) -> Child:
    """Start the worker. SIGTERM lets running jobs end; one that is cut off later is taken up by another worker."""
    return Child(_command("worker", WORKER, home, environment, user, grace=20), register)


def start_beat(home: Home, register: Register, environment: Mapping[str, str], user: SystemUser | None) -> Child:
    """Start the beat, which keeps its schedule in memory."""
    return Child(_command("beat", BEAT, home, environment, user, grace=5), register)


def _command(
    name: str,
    arguments: Sequence[str],
    home: Home,
    environment: Mapping[str, str],
    user: SystemUser | None,
    grace: float,
) -> Command:
    return Command(
        name=name,
        argv=celery_command(arguments),
        log=home.log / f"{name}.log",
        folder=home.root,
        stop_signal=signal.SIGTERM,
        grace=grace,
        environment=environment,
        user=user,
        nice=NICE,
    )
