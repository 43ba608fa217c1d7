"""Where the processes of one machine keep their counters, so that any of them can tell the sum of all.

With `PROMETHEUS_MULTIPROC_DIR` each process writes files of its own there; without it a process counts for itself.
Imported before the first counter is made.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
# What counters and histograms of every page and status take, with room to spare.
RESERVED = {"counter": 512 * 1024, "histogram": 4 * 1024 * 1024}


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
