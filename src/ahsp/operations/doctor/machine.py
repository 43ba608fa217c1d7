"""This machine and its neighbours: room on the disk, and clocks that agree."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import Any

from ahsp.operations.doctor.patient import Patient
from ahsp.operations.doctor.results import Fault

# PostgreSQL writes its log of changes in files of 16 MB and stops when it cannot.
LEAST_FREE_MEGABYTES = 64
# Less than that disturbs nothing: sessions, jobs and tokens live for minutes at least.
MOST_SECONDS_APART = 5.0


def check_disk(patient: Patient) -> None:
    """The disk of the installation has room."""
    path = patient.targets.home.root
    if not path.exists():
        return
    free = shutil.disk_usage(path).free // 2**20
    if free < LEAST_FREE_MEGABYTES:
        raise Fault("doctor.disk_full", path=path, free=free, needed=LEAST_FREE_MEGABYTES)


def check_clock(patient: Patient) -> None:
    """The clocks of this machine, of PostgreSQL and of Redis agree; the one that stands alone is blamed."""
    database = _ahead(lambda: _time_of_postgres(patient))
    cache = _ahead(lambda: _time_of_redis(patient))
    off = {"database": abs(database) > MOST_SECONDS_APART, "cache": abs(cache) > MOST_SECONDS_APART}
    if off["database"] and off["cache"] and abs(database - cache) <= MOST_SECONDS_APART:
        raise Fault("doctor.clock_here", seconds=_signed(-database))
    if off["database"]:
        raise Fault("doctor.clock_there", part="PostgreSQL", seconds=_signed(database))
    if off["cache"]:
        raise Fault("doctor.clock_there", part="Redis", seconds=_signed(cache))


def _ahead(clock: Callable[[], float]) -> float:
    """By how many seconds a clock is ahead of ours, as far as the time of the question lets us say."""
    before = time.time()
    there = clock()
    after = time.time()
    return there - after if there > after else min(there - before, 0.0)


def _time_of_postgres(patient: Patient) -> float:
    (row,) = patient.of_postgres("SELECT extract(epoch FROM clock_timestamp())::float AS now")
    return float(row["now"])


def _time_of_redis(patient: Patient) -> float:
    assert patient.redis is not None  # noqa: S101 the chain asks only after it has connected
    seconds, microseconds = _pair(patient.redis.time())
    return seconds + microseconds / 1e6


def _pair(answer: Any) -> tuple[int, int]:
    return int(answer[0]), int(answer[1])


def _signed(seconds: float) -> str:
    return f"{seconds:+.0f}"
