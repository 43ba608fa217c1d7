"""What the checks of one examination share: the addresses, the time left, and connections once they are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg
import redis

from ahsp.operations.doctor.results import Deadline, Fault, within
from ahsp.operations.doctor.targets import Targets

NAME = "ahsp doctor"
SECONDS_FOR_QUERY = 6.0
Row = Mapping[str, Any]


@dataclass(slots=True)
class Patient:
    """`direct` leads to PostgreSQL past the pool, `console` to the pool itself; both are None until they are made."""

    targets: Targets
    deadline: Deadline
    closing: ExitStack = field(default_factory=ExitStack)
    direct: psycopg.Connection[Any] | None = None
    console: psycopg.Connection[Any] | None = None
    redis: redis.Redis | None = None

    def ask(self, connection: psycopg.Connection[Any], query: LiteralString, *values: object) -> Sequence[Row]:
        """Rows by the names of their columns. Raises psycopg.Error and TimeoutError."""

        def run() -> Sequence[Row]:
            # Without values the simple protocol is spoken, the only one the console of the pool knows.
            cursor = connection.execute(query, values or None)
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]

        return within(self.deadline.at_most(SECONDS_FOR_QUERY), run)

    def of_postgres(self, query: LiteralString, *values: object) -> Sequence[Row]:
        """Asked of PostgreSQL directly. A view that the role may not read answers nothing."""
        assert self.direct is not None  # noqa: S101 the chain asks only after it has connected
        try:
            return self.ask(self.direct, query, *values)
        except psycopg.errors.InsufficientPrivilege:
            return []
        except TimeoutError as error:
            raise Fault("doctor.postgres_hangs", check="postgres.query") from error

    def of_pool(self, query: LiteralString) -> Sequence[Row]:
        """Asked of the console of the pool; nothing where there is none."""
        if self.console is None:
            return []
        try:
            return self.ask(self.console, query)
        except (psycopg.Error, TimeoutError) as error:
            raise Fault("doctor.pool_console", check="pool.authentication", reason=first_line(error)) from error


def connect(url: str, patient: Patient) -> psycopg.Connection[Any]:
    """A connection that is closed at the end of the examination. Raises psycopg.Error and TimeoutError."""
    seconds = patient.deadline.at_most(SECONDS_FOR_QUERY)
    connection: psycopg.Connection[Any] = within(
        seconds,
        lambda: psycopg.connect(url, connect_timeout=6, autocommit=True, application_name=NAME, prepare_threshold=None),
    )
    patient.closing.callback(connection.close)
    return connection


def first_line(error: BaseException) -> str:
    """What a server said, in one line and without the marks of its protocol."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    fatal = [line.rpartition("FATAL:")[2].strip() for line in lines if "FATAL:" in line]
    return (fatal or lines or [type(error).__name__])[-1]
