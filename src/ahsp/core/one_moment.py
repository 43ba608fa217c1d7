"""Reading with several questions what belongs together, while others write.

Between two questions somebody else's change may be committed: rows of one revision, prices of the next. What is
calculated of such a mixture is wrong for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import local
from typing import Any, Protocol

from django.db import connection, transaction

_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_here = local()


class Revised(Protocol):
    """What has a revision: a project. `basis` is what figures of it depend on beside that."""

    pk: int
    revision: int

    @property
    def basis(self) -> str: ...

    @staticmethod
    def catch_up(several: Sequence[Any]) -> None:
        """Read those again that were written since."""


@contextmanager
def one_moment(*revised: Revised) -> Iterator[None]:
    """Everything read inside is of one moment of the database, and so is what is given: it may have a higher revision
    inside than before. In the middle of a transaction nothing happens: whoever writes a project holds it alone."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_SNAPSHOT)
        if revised:
            revised[0].catch_up(revised)
        _here.reading = True
        try:
            yield
        finally:
            _here.reading = False


def only_reads() -> bool:
    """Whether this thread stands in `one_moment` and not in a transaction that may have written: what it reads is what
    everybody has at the same revision."""
    return bool(getattr(_here, "reading", False))
