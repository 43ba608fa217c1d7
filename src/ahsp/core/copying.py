"""Bulk loading with COPY, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def reserve_ids(model: type[Model], count: int) -> list[int]:
    """`count` ids of the table's own sequence, so that rows of several tables can refer to each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def _column(model: type[Model], name: str) -> str:
    field = model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{name} is no column of {model.__name__}")
    return str(field.column)


def copy_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY `rows` into the table of `model`; `fields` are model field names in the order of each row."""
    columns = ", ".join(f'"{_column(model, field)}"' for field in fields)
    statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    # COPY is the driver's own: its errors become Django's here.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def update_rows(
    model: type[Model], fields: Mapping[str, str], rows: Sequence[Sequence[str | None]], fixed: Mapping[str, Any]
) -> None:
    """Set columns of many rows at once. `fields` are attnames with the SQL type of each, `rows` the id and then a
    value for each of them as PostgreSQL reads it from a text; `fixed` are columns that all of them get."""
    typed = {"id": "bigint", **fields}
    names = ", ".join(f'"{name}"' for name in typed)
    sets = [f'"{name}" = v."{name}"::{kind}' for name, kind in fields.items()]
    sets += [f'"{name}" = %s' for name in fixed]
    # Names come from our own models.
    statement = (
        f'UPDATE "{model._meta.db_table}" AS t SET {", ".join(sets)} '
        f"FROM unnest({', '.join(['%s::text[]'] * len(typed))}) AS v({names}) WHERE t.id = v.id::bigint"
    )
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*fixed.values(), *columns])
