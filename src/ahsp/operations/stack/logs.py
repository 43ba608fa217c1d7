"""Logs that cannot fill the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

LARGEST = 5 * 1024 * 1024


def bound_logs(folder: Path, largest: int = LARGEST) -> None:
    """Keep each log below about twice `largest` bytes: what is there becomes NAME.1, the log starts again.

    The servers append to an open file, so it is emptied in place rather than replaced.
    """
    for log in folder.glob("*.log"):
        if log.stat().st_size > largest:
            shutil.copyfile(log, log.with_name(f"{log.name}.1"))
            with log.open("r+b") as file:
                file.truncate()
