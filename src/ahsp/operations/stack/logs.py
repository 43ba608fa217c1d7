"""Logs that cannot fill the disk, and what they say last."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

LARGEST = 5 * 1024 * 1024
_TELLING = ("FATAL", "PANIC", "Error", "ERROR", "error:")
# PostgreSQL says so to everybody who asks while it is busy with itself.
_SAYS_NOTHING = ("the database system is starting up", "the database system is shutting down")


def bound_logs(folder: Path, largest: int = LARGEST) -> None:
    """Keep each log below about twice `largest` bytes: what is there becomes NAME.1, the log starts again.

    The servers append to an open file, so it is emptied in place rather than replaced.
    """
    for log in folder.glob("*.log"):
        if log.stat().st_size > largest:
            _keep(log, log.with_name(f"{log.name}.1"))
            with log.open("r+b") as file:
                file.truncate()


def _keep(log: Path, copy: Path) -> None:
    """On a full disk the log is given up rather than everything that writes."""
    try:
        shutil.copyfile(log, copy)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        copy.unlink(missing_ok=True)


def size(log: Path) -> int:
    """Bytes in the log now; 0 when there is none."""
    return log.stat().st_size if log.exists() else 0


def last_words(log: Path, since: int) -> str:
    """The last line after byte `since` that tells of an error, else the last line."""
    try:
        with log.open("rb") as file:
            file.seek(since)
            text = file.read().decode(errors="replace")
    except OSError:
        return "…"
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines = [line for line in lines if not any(phrase in line for phrase in _SAYS_NOTHING)]
    told = [line for line in lines[-40:] if any(word in line for word in _TELLING)]
    return (told or lines or ["…"])[-1]
