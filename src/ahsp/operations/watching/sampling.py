"""Twice a minute one process of each node writes how the node is.

It is a thread of the web process and no job: the counters can be read only on the machine where they are counted, and
samples must not stop with the worker or the broker they would tell about.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connections
from django.utils import timezone

from ahsp.core import metrics_files
from ahsp.operations.services import keep_sample
from ahsp.operations.watching.counters import Reading, read
from ahsp.operations.watching.figures import figures_of
from ahsp.operations.watching.parts import ask_parts, node

log = structlog.get_logger(__name__)
SECONDS_BETWEEN_SAMPLES = 30.0


def start() -> threading.Thread:
    """Take samples as long as the process lives, in a thread of their own."""
    thread = threading.Thread(target=_run, name="samples", daemon=True)
    thread.start()
    return thread


def _run() -> None:
    chosen: int | None = None
    before: Reading | None = None
    while True:
        if chosen is None:
            chosen = _be_the_one(metrics_files.folder() or settings.HOME)
        if chosen is not None:
            before = take(before)
        time.sleep(SECONDS_BETWEEN_SAMPLES)


def _be_the_one(folder: Path) -> int | None:
    """The lock that makes this process the one of its node; None while another holds it. It ends with the process."""
    try:
        file = os.open(folder / "samples.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        log.warning("samples.no_lock", reason=error.strerror or str(error))
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def take(before: Reading | None) -> Reading:
    """Write a sample of the time since `before`; the first reading is only a beginning. Lives through every trouble."""
    now = before
    try:
        metrics_files.sum_up_ended()
        now = read(time.monotonic())
        if before is not None:
            keep_sample(at=timezone.now(), node=node(), figures=figures_of(now.since(before), ask_parts()))
    except Exception as error:  # noqa: BLE001 the thread must outlive whatever is wrong now
        log.warning("samples.not_written", reason=f"{type(error).__name__}: {error}")
    finally:
        # Held for an instant twice a minute; kept, it would be a connection that works for nobody.
        connections.close_all()
    return now or Reading(time.monotonic())
