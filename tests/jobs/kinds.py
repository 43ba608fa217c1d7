"""Kinds of job that tests direct: what they do next is told by the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ahsp.jobs import registry
from ahsp.jobs.models import Job
from ahsp.jobs.work import Work

KIND = "directed"


@contextmanager
def directed(handler: Callable[[Work], None], opens: Callable[[Job], str] = lambda _job: "") -> Iterator[None]:
    """Within the block jobs of KIND are done by `handler`."""
    before = registry._kinds.pop(KIND, None)
    registry.register(KIND, opens=opens)(handler)
    try:
        yield
    finally:
        del registry._kinds[KIND]
        if before is not None:
            registry._kinds[KIND] = before


def keeps(text: str) -> Callable[[Work], None]:
    """A handler whose file holds `text`."""

    def handler(work: Work) -> None:
        work.keep_file("out.txt", "text/plain", text.encode())

    return handler


def nothing(_work: Work) -> None:
    """A handler that makes no file."""
