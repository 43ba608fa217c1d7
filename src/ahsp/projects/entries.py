"""A change while it is being made: what it writes to rows is written and logged by one hand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from ahsp.accounts.models import Person
from ahsp.core.copying import copy_rows, reserve_ids, update_rows
from ahsp.core.errors import NotFound
from ahsp.projects.models import Project, RowChange
from ahsp.projects.tables import Table, key_of, owned_by, table_of, written

Values = Mapping[str, Any]
_LOG = ("project", "organization", "revision", "kind", "row", "before", "after")
# Texts keep their own length limits: a cast to varchar(n) would cut silently where an assignment refuses.
_BY_ASSIGNMENT = "varchar"


class RowDiff(NamedTuple):
    """One row before and after, as RowChange holds it."""

    kind: str
    row: int
    before: Values | None
    after: Values | None

    @property
    def key(self) -> str:
        return key_of(self.kind, self.row)


class Entry(dict[str, Any]):
    """The entry of a change: a dict that becomes the data of its Change, and the only hand that writes rows.

    To be used inside `project_change`, under whose lock nobody else writes to the project. While `trying`, somebody
    wants to know what would become of it, and nothing is kept.
    """

    def __init__(self, project: Project, person: Person, revision: int, *, trying: bool = False) -> None:
        super().__init__()
        self.trying = trying
        self.project = project
        self.person = person
        self.revision = revision
        self.diffs: list[RowDiff] = []
        self.dropped = False
        self.followed = 0
        """How many of the diffs have had what follows from them."""

    def drop(self) -> None:
        """Nothing was changed: leave neither revision nor entry."""
        self.dropped = True

    def add_rows(self, kind: str, rows: Sequence[Values]) -> list[int]:
        """Make rows from values by attname; what is left out is the column's default. An "id" is kept."""
        if not rows:
            return []
        table = table_of(kind)
        free = iter(reserve_ids(table.model, sum("id" not in row for row in rows)))
        ids = [row["id"] if "id" in row else next(free) for row in rows]
        filled = {name: table.default(name) for name in table.fields}
        lines = []
        for pk, row in zip(ids, rows, strict=True):
            values = {**filled, **row}
            values.pop("id", None)
            told = {name: written(value) for name, value in values.items() if value != filled[name]}
            self.diffs.append(RowDiff(kind, pk, None, told))
            copied = (table.copied(name, values[name]) for name in table.fields)
            lines.append((pk, self.project.pk, self.project.organization_id, self.revision, *copied))
        copy_rows(table.model, ("id", "project", "organization", "version", *table.fields), lines)
        return ids

    def change_rows(self, kind: str, changed: Mapping[int, Values]) -> list[int]:
        """Set values by id; ids of the rows in which something differs. Raises NotFound for a row that is not here."""
        if not changed:
            return []
        table = table_of(kind)
        if issubclass(table.model, Project):
            return self._change_project(table, changed)
        names = [name for name in table.fields if any(name in values for values in changed.values())]
        present = self.read(kind, changed, names)
        groups: dict[tuple[str, ...], list[list[str | None]]] = defaultdict(list)
        touched = []
        for pk, values in changed.items():
            old = present[pk]
            differing = tuple(name for name in names if name in values and values[name] != old[name])
            if not differing:
                continue
            touched.append(pk)
            before = {name: written(old[name]) for name in differing}
            self.diffs.append(RowDiff(kind, pk, before, {name: written(values[name]) for name in differing}))
            groups[differing].append([str(pk), *(table.as_text(name, values[name]) for name in differing)])
        for differing, rows in groups.items():
            update_rows(table.model, _types(table, differing), rows, {"version": self.revision})
        return touched

    def _change_project(self, table: Table, changed: Mapping[int, Values]) -> list[int]:
        """The settings are a row of the log too, but the project is in hand and keeps no version."""
        project, values = self.project, changed[self.project.pk]
        stored = self.read(table.kind, [project.pk], values)[project.pk]
        before = {name: written(old) for name, old in stored.items() if old != values[name]}
        for name in before:
            setattr(project, name, values[name])
        if not before:
            return []
        project.save(update_fields=list(before))
        self.diffs.append(RowDiff(table.kind, project.pk, before, {name: written(values[name]) for name in before}))
        return [project.pk]

    def remove_rows(self, kind: str, pks: Collection[int]) -> None:
        """Take rows out, and with them those that belong to them. Raises NotFound for a row that is not here."""
        if not pks:
            return
        table = table_of(kind)
        for owned, column in owned_by(kind):
            rows = owned.rows(self.project).filter(**{f"{column}__in": list(pks)})
            going = pks if owned.kind == kind else ()
            self.remove_rows(owned.kind, set(rows.values_list("id", flat=True)).difference(going))
        for pk, old in self.read(kind, pks, table.fields).items():
            kept = {name: written(value) for name, value in old.items() if value != table.default(name)}
            self.diffs.append(RowDiff(kind, pk, kept, None))
        table.rows(self.project).filter(pk__in=list(pks)).delete()

    def read(self, kind: str, pks: Iterable[int], names: Iterable[str]) -> dict[int, dict[str, Any]]:
        """Columns of rows of the project by id. Raises NotFound unless all are here."""
        table, names, wanted = table_of(kind), tuple(names), set(pks)
        rows = table.rows(self.project).filter(pk__in=wanted).values_list("id", *names)
        found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}
        for pk in wanted - found.keys():
            raise NotFound("row.not_found", {"key": key_of(kind, pk), "project": self.project.name})
        return found

    def write_log(self) -> None:
        """The row log of this change, at its end."""
        owner = (self.project.pk, self.project.organization_id, self.revision)
        rows = ((*owner, one.kind, one.row, _json(one.before), _json(one.after)) for one in self.diffs)
        if self.diffs:
            copy_rows(RowChange, _LOG, rows)


def _json(values: Values | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False)


def _types(table: Table, names: Iterable[str]) -> dict[str, str]:
    """The SQL type of each column."""
    found = {name: table.columns[name].db_type(connection) or "text" for name in names}
    return {name: "text" if kind.startswith(_BY_ASSIGNMENT) else kind for name, kind in found.items()}
