"""Putting back what one change wrote to one row, whatever else it wrote: a cell, or a row that was removed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ahsp.core.errors import Conflict, NotFound
from ahsp.projects.cells import Seen, require_unchanged
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry, RowDiff
from ahsp.projects.log.serializers import RestoreSerializer
from ahsp.projects.log.titles import titles
from ahsp.projects.log.words import worded_kinds, words_of
from ahsp.projects.models import RowChange
from ahsp.projects.tables import is_there, owned_by, read_key, table_of
from ahsp.projects.undo import make_again


@command("changes.restore", RestoreSerializer)
def restore(entry: Entry, arguments: Arguments) -> Mapping[str, Any]:
    """Put back one row, or cells of it, as it was before a change. What others wrote since you saw it is a conflict."""
    revision, key = arguments["revision"], arguments["key"]
    kind, pk = read_key(key, "".join(worded_kinds()))
    log = RowChange.objects.filter(project=entry.project, revision=revision)
    diffs = [RowDiff(*one) for one in _values(log.filter(kind=kind, row=pk))]
    if not diffs:
        raise NotFound("change.not_of_row", {"revision": str(revision), "key": key})
    if diffs[0].before is None:
        raise Conflict("change.made_row", {"revision": str(revision), "key": key})
    if diffs[-1].after is None:
        _make_again(entry, diffs[-1], [RowDiff(*one) for one in _values(log.filter(after__isnull=True))])
    else:
        _write_back(entry, diffs, arguments)
    entry["restored"] = revision
    entry["row"] = {"key": key, "title": titles(entry.project, [(kind, pk)]).get(key, "")}
    return {"restored": revision, "key": key}


def _values(log: Any) -> Iterator[tuple[Any, ...]]:
    yield from log.order_by("id").values_list("kind", "row", "before", "after")


def _make_again(entry: Entry, wanted: RowDiff, removed: Sequence[RowDiff]) -> None:
    """The row and whatever went with it, owners first."""
    if is_there(entry.project, wanted.kind, wanted.row):
        raise Conflict("change.row_there", {"key": wanted.key})
    by_kind: dict[str, list[RowDiff]] = {wanted.kind: [wanted]}
    _with_owned(by_kind, wanted.kind, {wanted.row}, removed)
    for kind, rows in by_kind.items():
        make_again(entry, kind, rows)


def _with_owned(
    by_kind: dict[str, list[RowDiff]], kind: str, owners: Collection[int], removed: Sequence[RowDiff]
) -> None:
    for owned, column in owned_by(kind):
        rows = [one for one in removed if one.kind == owned.kind and (one.before or {}).get(column) in owners]
        if rows:
            by_kind.setdefault(owned.kind, []).extend(rows)
            _with_owned(by_kind, owned.kind, {one.row for one in rows}, removed)


def _write_back(entry: Entry, diffs: Sequence[RowDiff], arguments: Arguments) -> None:
    """Of two writes of one cell in the same change the first one's before is what stood there."""
    kind, pk = diffs[0].kind, diffs[0].row
    table = table_of(kind)
    before: dict[str, Any] = {}
    for one in reversed(diffs):
        before |= one.before or {}
    places = {"position", *(column for _, column in table.owners)}
    names = _chosen(kind, before.keys() - places, arguments.get("fields"))
    values = {name: table.read(name, before[name]) for name in names}
    for owner, column in table.references:
        if values.get(column) is not None and not is_there(entry.project, owner, values[column]):
            raise Conflict("change.owner_gone", {"key": f"{owner}{values[column]}"})
    require_unchanged(entry, kind, {pk: Seen(values, arguments.get("version"))})
    entry.change_rows(kind, {pk: values})


def _chosen(kind: str, written: Collection[str], asked: Sequence[str] | None) -> set[str]:
    """Columns to put back: those asked for with what means something only with them, and the bookkeeping."""
    words = words_of(kind)
    if asked is None:
        return set(written)
    table = table_of(kind)
    wanted = {name for name in table.fields if name.removesuffix("_id") in asked}
    for group in words.together:
        if group & wanted:
            wanted |= group
    return {name for name in written if name in wanted or name not in words.fields}
