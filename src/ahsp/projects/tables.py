"""The tables whose rows the row log knows, by a letter. A row's key is the letter and its id: "i12"."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, JSONField, Model, QuerySet

from ahsp.core.errors import Refused
from ahsp.projects.models import Project


@dataclass(frozen=True)
class Table:
    """Rows of `model`, every one of which has `project`, `organization` and `version`.

    `fields` are the columns (attnames) that the log holds. `owners` says with whose rows theirs go: the letter of
    the owner's table and the column that names it; `references` names further columns that point at rows of a table.
    Where one of the columns `calculated_by` is filled, the columns `calculated` follow from other rows: they are
    nobody's cells, and no two people can contradict each other in them.
    """

    kind: str
    model: type[Model]
    fields: tuple[str, ...]
    owners: tuple[tuple[str, str], ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    calculated: tuple[str, ...] = ()
    calculated_by: tuple[str, ...] = ()

    def rows(self, project: Project) -> QuerySet[Any]:
        """Those of `project`."""
        own = "pk" if issubclass(self.model, Project) else "project"
        return self.model._default_manager.filter(**{own: project.pk})

    def calculated_rows(self, project: Project, pks: Iterable[int]) -> set[int]:
        """Those of `pks` whose calculated columns follow from other rows now."""
        if not self.calculated_by:
            return set()
        typed = {name: self.default(name) for name in self.calculated_by}
        return set(self.rows(project).filter(pk__in=list(pks)).exclude(**typed).values_list("id", flat=True))

    @cached_property
    def columns(self) -> dict[str, Field[Any, Any]]:
        """Field by attname."""
        return {field.attname: field for field in self.model._meta.concrete_fields}

    def default(self, name: str) -> Any:
        field = self.columns[name]
        return None if field.null and not field.has_default() else field.get_default()

    def read(self, name: str, stored: Any) -> Any:
        """What the log wrote, as the column holds it."""
        return None if stored is None else self.columns[name].to_python(stored)

    def copied(self, name: str, value: Any) -> Any:
        """`value` as COPY takes it."""
        return json.dumps(value) if isinstance(self.columns[name], JSONField) else value

    def as_text(self, name: str, value: Any) -> str | None:
        """`value` as PostgreSQL reads it from a text."""
        if value is None:
            return None
        field = self.columns[name]
        if isinstance(field, ArrayField):
            return "{" + ",".join(map(str, value)) + "}"
        if isinstance(field, JSONField):
            return json.dumps(value)
        return str(written(value))


_tables: dict[str, Table] = {}


def register(table: Table) -> None:
    """Make a table known; twice under one letter is a mistake of the program."""
    if table.kind in _tables:
        raise ValueError(f"the letter {table.kind!r} is taken")
    _tables[table.kind] = table


def table_of(kind: str) -> Table:
    return _tables[kind]


def tables() -> tuple[Table, ...]:
    return tuple(_tables.values())


def owned_by(kind: str) -> list[tuple[Table, str]]:
    """Tables whose rows go with a row of `kind`, and the column that names it."""
    return [(table, column) for table in tables() for owner, column in table.owners if owner == kind]


def written(value: Any) -> Any:
    """A value as the log and JSON hold it: decimals as text of all their digits."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def key_of(kind: str, pk: int) -> str:
    return f"{kind}{pk}"


def read_key(key: str, kinds: str, *, field: str = "key") -> tuple[str, int]:
    """The letter and the id. Raises Refused unless it is a key of one of `kinds`."""
    letter, digits = key[:1], key[1:]
    if letter and letter in kinds and digits.isascii() and digits.isdigit() and len(digits) < 19:
        return letter, int(digits)
    raise Refused("key.unknown", {"key": key[:40]}, field=field)


def is_there(project: Project, kind: str, pk: int) -> bool:
    """Whether the row is in the project now."""
    found: bool = table_of(kind).rows(project).filter(pk=pk).exists()
    return found


def present(
    project: Project, kind: str, pks: Iterable[int] | None = None, wanted: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """Rows as the workspace shows them: their key, version and columns; a row they point at by its key.

    `pks` None means all of the project, `wanted` None all columns. One query.
    """
    table = table_of(kind)
    pointing = {column: letter for letter, column in (*table.owners, *table.references)}
    fields = [column for column in table.fields if wanted is None or column.removesuffix("_id") in wanted]
    names = [column.removesuffix("_id") for column in fields]
    rows = table.rows(project)
    if pks is not None:
        rows = rows.filter(pk__in=list(pks))
    found = []
    for pk, version, *values in rows.order_by("id").values_list("id", "version", *fields):
        row = {"key": key_of(kind, pk), "version": version}
        for name, column, value in zip(names, fields, values, strict=True):
            pointed = column in pointing and value is not None
            row[name] = key_of(pointing[column], value) if pointed else value
        found.append(row)
    return found


SETTING_COLUMNS = tuple(
    f.attname
    for f in Project._meta.concrete_fields
    if f.attname
    in {
        "name",
        "location",
        "owner_name",
        "edition_id",
        "price_book_id",
        "overhead",
        "vat_date",
        "hours_per_day",
        "unit_price_rounding",
        "total_rounding",
        "numbering",
        "budget",
    }
)
register(Table("g", Project, SETTING_COLUMNS))
