"""Undoing a change, whichever it was: its row log read backwards. Redoing is undoing the undoing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db.models import ProtectedError

from ahsp.core.errors import Conflict, NotFound
from ahsp.projects.cells import CellsChanged
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry, RowDiff
from ahsp.projects.log.readable import in_words
from ahsp.projects.models import Change, RowChange
from ahsp.projects.serializers import UndoSerializer
from ahsp.projects.tables import owned_by, table_of, written


@command("changes.undo", UndoSerializer)
def undo(entry: Entry, arguments: Arguments) -> Mapping[str, Any]:
    """Put back what a change wrote. What somebody has changed since is a conflict, unless forced."""
    revision, force = arguments["revision"], arguments["force"]
    change = Change.objects.filter(project=entry.project, revision=revision).first()
    log = RowChange.objects.filter(project=entry.project, revision=revision).order_by("-id")
    diffs = [RowDiff(*row) for row in log.values_list("kind", "row", "before", "after")]
    if change is None or not diffs:
        raise NotFound("change.not_undoable", {"revision": str(revision)})
    for (kind, what), group in groupby(diffs, key=_sort):
        rows = list(group)
        try:
            _UNDO[what](entry, kind, rows, force)
        except ProtectedError as error:
            raise Conflict("change.in_use", {"revision": str(revision)}) from error
    entry.update(undone=revision, undone_act=change.act)
    return {"undone": revision, "act": change.act}


def _sort(diff: RowDiff) -> tuple[str, str]:
    if diff.before is None:
        return diff.kind, "made"
    return diff.kind, "removed" if diff.after is None else "changed"


def _make_again(entry: Entry, kind: str, rows: Sequence[RowDiff], force: bool) -> None:  # noqa: ARG001 as its siblings
    make_again(entry, kind, rows)


def make_again(entry: Entry, kind: str, rows: Sequence[RowDiff]) -> None:
    """Rows that a change removed. Raises Conflict where what they belong to or point at is gone."""
    table = table_of(kind)
    there = set(_present(entry, kind, [one.row for one in rows]))
    again = [
        {"id": one.row, **{name: table.read(name, value) for name, value in (one.before or {}).items()}}
        for one in rows
        if one.row not in there
    ]
    for owner, column in (*table.owners, *table.references):
        wanted = {row[column] for row in again if row.get(column) is not None}
        if owner == kind:
            wanted -= {row["id"] for row in again}
        for pk in wanted - set(_present(entry, owner, wanted)):
            raise Conflict("change.owner_gone", {"key": f"{owner}{pk}"})
    entry.add_rows(kind, again)


def _take_out(entry: Entry, kind: str, rows: Sequence[RowDiff], force: bool) -> None:
    """Rows that the change made."""
    present = _present(entry, kind, [one.row for one in rows])
    made = {one.row: one.after or {} for one in rows if one.row in present}
    if not force:
        table = table_of(kind)
        plain = {name: written(table.default(name)) for name in table.fields}
        then = {pk: {**plain, **values} for pk, values in made.items()}
        _require_same(entry, kind, then)
        _require_empty(entry, kind, made)
    entry.remove_rows(kind, list(made))


def _change_back(entry: Entry, kind: str, rows: Sequence[RowDiff], force: bool) -> None:
    """Values that the change set."""
    table = table_of(kind)
    present = _present(entry, kind, [one.row for one in rows])
    rows = [one for one in rows if one.row in present]
    if not force:
        then: dict[int, dict[str, Any]] = {}
        for one in rows:
            # Of two writes of one cell in the same change the last stands.
            then[one.row] = {**(one.after or {}), **then.get(one.row, {})}
        _require_same(entry, kind, then)
    back: dict[int, dict[str, Any]] = {}
    for one in rows:
        values = {name: table.read(name, value) for name, value in (one.before or {}).items()}
        back.setdefault(one.row, {}).update(values)
    entry.change_rows(kind, back)


_UNDO = {"removed": _make_again, "made": _take_out, "changed": _change_back}


def _present(entry: Entry, kind: str, pks: Any) -> list[int]:
    return list(table_of(kind).rows(entry.project).filter(pk__in=list(pks)).values_list("id", flat=True))


def _require_same(entry: Entry, kind: str, then: Mapping[int, Mapping[str, Any]]) -> None:
    """Raises CellsChanged where a row no longer holds what the change wrote."""
    cells = list(_differences(entry, kind, then))
    if not cells:
        return
    conflicts = [
        {**said, "key": f"{kind}{pk}", "field": name.removesuffix("_id"), "yours": yours, "theirs": theirs}
        for (pk, name, yours, theirs), said in zip(cells, in_words(entry.project, kind, cells), strict=True)
    ]
    raise CellsChanged("change.overwritten", conflicts)


def _differences(entry: Entry, kind: str, then: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[int, str, Any, Any]]:
    """Row and column of each cell that holds something else now, what the change wrote, and what stands there."""
    table = table_of(kind)
    names = {name for values in then.values() for name in values}
    now = entry.read(kind, then, names)
    calculated = table.calculated_rows(entry.project, then)
    for pk, values in then.items():
        # Rows make room for each other without anybody's having moved them.
        free = {"position", *(table.calculated if pk in calculated else ())}
        for name, value in values.items():
            if name not in free and table.read(name, value) != now[pk][name]:
                yield pk, name, value, written(now[pk][name])


def _require_empty(entry: Entry, kind: str, pks: Mapping[int, Any]) -> None:
    """Raises Conflict where somebody put further rows into one that is to go."""
    logged = {one.key for one in entry.diffs}
    for owned, column in owned_by(kind):
        rows = owned.rows(entry.project).filter(**{f"{column}__in": list(pks)})
        for pk in rows.values_list("id", flat=True):
            going = owned.kind == kind and pk in pks
            if not going and f"{owned.kind}{pk}" not in logged:
                raise Conflict("change.filled_since", {"key": f"{owned.kind}{pk}"})
