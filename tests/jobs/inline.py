"""A worker in the process of the tests: the real task, without a broker between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from ahsp.jobs.models import Job, State
from ahsp.jobs.tasks import run


def run_waiting() -> list[Job]:
    """Do every waiting job, oldest first; what became of them."""
    waiting = list(Job.objects.filter(state=State.WAITING).order_by("created_at").values_list("pk", flat=True))
    for pk in waiting:
        run(str(pk))
    return list(Job.objects.filter(pk__in=waiting).order_by("created_at"))


@contextmanager
def worker() -> Iterator[None]:
    """Within the block waiting jobs are done by a thread, as beside a running server."""
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.05):
            run_waiting()
        connection.close()

    thread = threading.Thread(target=work, name="worker of the tests")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
