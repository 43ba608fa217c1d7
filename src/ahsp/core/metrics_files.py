"""Where the processes of one machine keep their counters, so that any of them can tell the sum of all.

With `PROMETHEUS_MULTIPROC_DIR` each process writes files of its own there; without it a process counts for itself.
Imported before the first counter is made.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
# What counters and histograms of every page and status take, with room to spare.
ENDED = "ended"
"""Stands in the name of a file where the number of a process would: the sum of those that have ended."""
SUMMED = ("counter", "histogram")
GAUGE = "gauge_livesum"
"""Figures of now: those of a process that has ended count no more."""
RESERVED = {"counter": 512 * 1024, "histogram": 4 * 1024 * 1024, GAUGE: 64 * 1024}


def folder() -> Path | None:
    """The shared folder; None while each process counts for itself."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def prepare() -> None:
    """Make the folder and this process's files in it, or count without them when the disk does not allow it."""
    shared = folder()
    if shared is None:
        return
    try:
        shared.mkdir(mode=0o700, parents=True, exist_ok=True)
        _reserve(shared)
    except OSError as error:
        log.warning("metrics.own_process_only", reason=error.strerror or str(error))
        # Read once, when prometheus_client is imported.
        del os.environ[VARIABLE]
        return
    os.register_at_fork(after_in_child=_reserve_quietly)


def _reserve(shared: Path) -> None:
    """Take the room at once: writing to mapped memory that the disk cannot hold kills the process (SIGBUS)."""
    for kind, size in RESERVED.items():
        handle = os.open(shared / f"{kind}_{os.getpid()}.db", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(handle, 0, size)
        finally:
            os.close(handle)


def _reserve_quietly() -> None:
    shared = folder()
    if shared is not None:
        with contextlib.suppress(OSError):
            _reserve(shared)


def pids() -> set[int]:
    """The processes that have files in the shared folder; empty without such a folder."""
    shared = folder()
    names = [file.stem for file in shared.glob("counter_*.db")] if shared else []
    return {int(number) for name in names if (number := name.rpartition("_")[2]).isdigit()}


@contextlib.contextmanager
def held(shared: Path, kind: int = fcntl.LOCK_SH) -> Iterator[None]:
    """Nobody sums up ended processes while others read, lest something is seen twice."""
    with (shared / "lock").open("a") as file:
        fcntl.flock(file, kind)
        yield


def forget_figures_of_ended() -> None:
    """Delete the figures of now of processes that are no more; their counts are summed up later."""
    shared = folder()
    for file in shared.glob(f"{GAUGE}_*.db") if shared else ():
        number = file.stem.rpartition("_")[2]
        if number.isdigit() and not _alive(int(number)):
            file.unlink(missing_ok=True)


def sum_up_ended() -> None:
    """Add the files of ended processes to one, so that restarts neither lose a count nor fill the disk."""
    shared = folder()
    ended = [pid for pid in pids() if not _alive(pid)]
    if shared is None or not ended:
        return
    with held(shared, fcntl.LOCK_EX):
        for pid in ended:
            (shared / f"{GAUGE}_{pid}.db").unlink(missing_ok=True)
            for kind in SUMMED:
                _add(shared / f"{kind}_{pid}.db", shared / f"{kind}_{ENDED}.db")


def _add(file: Path, total: Path) -> None:
    # Known only once the folder is: prometheus_client looks for it when it is imported.
    from prometheus_client.mmap_dict import MmapedDict

    with contextlib.suppress(FileNotFoundError):
        summed = MmapedDict(str(total))
        try:
            for key, value, timestamp, _position in MmapedDict.read_all_values_from_file(str(file)):
                summed.write_value(key, summed.read_value(key)[0] + value, timestamp)
        finally:
            summed.close()
        file.unlink()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
