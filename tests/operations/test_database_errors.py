"""Errors of the database that are answered with 503."""

from __future__ import annotations

import pytest
from django.db import DataError, InternalError, OperationalError
from psycopg import errors

from ahsp.core.database_errors import is_away


def of_django(cause: Exception, kind: type[Exception]) -> Exception:
    error = kind(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("cause", "kind", "away"),
    [
        (errors.AdminShutdown(), OperationalError, True),
        (errors.QueryCanceled(), OperationalError, True),
        (errors.DiskFull(), OperationalError, True),
        (errors.IdleInTransactionSessionTimeout(), InternalError, True),
        (errors.ReadOnlySqlTransaction(), InternalError, True),
        (errors.InFailedSqlTransaction(), InternalError, False),
        (errors.NumericValueOutOfRange(), DataError, False),
    ],
    ids=lambda value: getattr(type(value), "__name__", ""),
)
def test_what_may_succeed_later_is_told_from_mistakes(cause: Exception, kind: type[Exception], *, away: bool) -> None:
    assert is_away(of_django(cause, kind)) is away
