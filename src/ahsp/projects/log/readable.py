"""A row of the log in words: which columns changed, what stood in them before and after, as a person reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import DateField, DecimalField, Field, ForeignKey, IntegerField, Model

from ahsp.projects.log.titles import titles
from ahsp.projects.log.words import words_of
from ahsp.projects.models import Project
from ahsp.projects.tables import Table, key_of, table_of

Body = dict[str, Any]


class Logged(NamedTuple):
    """A row of the log; `before` None for one that was made, `after` None for one that was removed."""

    kind: str
    row: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def what(self) -> str:
        if self.before is None:
            return "made"
        return "removed" if self.after is None else "changed"


def merged(logged: Iterable[Logged]) -> list[Logged]:
    """One for each row: what stood there first and what stands there last, of those that one change wrote in order."""
    found: dict[str, Logged] = {}
    for one in logged:
        key = key_of(one.kind, one.row)
        first = found.get(key)
        if first is None:
            found[key] = one
            continue
        before = None if first.before is None else {**(one.before or {}), **first.before}
        after = None if one.after is None else {**(first.after or {}), **one.after}
        found[key] = Logged(one.kind, one.row, before, after)
    return [one for one in found.values() if not (one.before is None and one.after is None)]


def readable(project: Project, logged: Iterable[Logged]) -> list[Body]:
    """Each with key, title, what happened, and its fields; see RowOfChangeSerializer. A query for each kind of row and
    each table outside the project that is named."""
    rows = list(logged)
    named = _Named(project, rows)
    return [
        {
            "key": key_of(one.kind, one.row),
            "row": str(words_of(one.kind).row),
            "title": named.title(one.kind, one.row),
            "what": one.what,
            "moved": one.what == "changed" and bool(set(one.after or {}) & _places(table_of(one.kind))),
            "fields": _fields(one, named),
        }
        for one in rows
    ]


def in_words(project: Project, kind: str, cells: Sequence[tuple[int, str, Any, Any]]) -> list[Body]:
    """Cells that two sides give a value, each as row, column, `yours` and `theirs`, values as the log holds them.

    Gives of each the row's `label`, the column's `name` (None for bookkeeping) and `type`, and both values as `shown`.
    """
    rows = [Logged(kind, pk, {column: theirs}, {column: yours}) for pk, column, yours, theirs in cells]
    named, table, fields = _Named(project, rows), table_of(kind), words_of(kind).fields
    found = []
    for pk, column, yours, theirs in cells:
        field = table.columns[column]
        shown = {"yours": named.shown(table, field, yours), "theirs": named.shown(table, field, theirs)}
        name = str(fields[column]) if column in fields else None
        found.append({"label": named.title(kind, pk), "name": name, "type": value_type(field), "shown": shown})
    return found


def _places(table: Table) -> set[str]:
    """Columns that say where a row stands."""
    return {"position", *(column for _, column in table.owners)} & set(table.fields)


def _fields(one: Logged, named: _Named) -> list[Body]:
    table, before, after = table_of(one.kind), one.before or {}, one.after or {}
    found = []
    for name, word in words_of(one.kind).fields.items():
        if before.get(name) == after.get(name):
            continue
        field = table.columns[name]
        found.append(
            {
                "field": name.removesuffix("_id"),
                "name": str(word),
                "type": value_type(field),
                "before": named.shown(table, field, before.get(name)),
                "after": named.shown(table, field, after.get(name)),
            }
        )
    return found


def value_type(field: Field[Any, Any]) -> str:
    """How a value of the column is shown: "number", "date" or "text"."""
    if isinstance(field, ForeignKey) or field.flatchoices:
        return "text"
    if isinstance(field, DecimalField | IntegerField):
        return "number"
    return "date" if isinstance(field, DateField) else "text"


class _Named:
    """The names of everything that rows of the log point at."""

    def __init__(self, project: Project, rows: Iterable[Logged]) -> None:
        inside: set[tuple[str, int]] = set()
        outside: dict[type[Model], set[int]] = defaultdict(set)
        for one in rows:
            inside.add((one.kind, one.row))
            table = table_of(one.kind)
            pointing = _pointing(table)
            for name, value in (*(one.before or {}).items(), *(one.after or {}).items()):
                if value is None or name not in words_of(one.kind).fields:
                    continue
                if name in pointing:
                    inside.add((pointing[name], value))
                elif isinstance(table.columns[name], ForeignKey):
                    outside[_model(table.columns[name])].add(value)
        self._titles = titles(project, inside)
        self._names = {model: _names(model, pks) for model, pks in outside.items()}

    def title(self, kind: str, pk: int) -> str:
        return self._titles.get(key_of(kind, pk), "")

    def shown(self, table: Table, field: Field[Any, Any], value: Any) -> str | None:
        """`value` of the log as a person reads it: a row by its title, a choice by its word; numbers in all their
        digits."""
        if value is None or value == "":
            return None
        pointing = _pointing(table)
        if field.attname in pointing:
            return self.title(pointing[field.attname], value)
        if isinstance(field, ForeignKey):
            return self._names[_model(field)].get(value)
        choices = words_of(table.kind).choices.get(field.attname) or dict(field.flatchoices)
        if choices:
            return str(choices.get(value, value))
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return str(value)


def _pointing(table: Table) -> dict[str, str]:
    return {column: kind for kind, column in (*table.owners, *table.references)}


def _model(field: Field[Any, Any]) -> type[Model]:
    related = field.related_model
    if not isinstance(related, type):
        raise TypeError(f"{field.name} points at no table")
    return related


def _names(model: type[Model], pks: Iterable[int]) -> dict[int, str]:
    return {one.pk: str(one) for one in model._default_manager.filter(pk__in=list(pks))}
