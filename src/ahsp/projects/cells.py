"""Cells that two people write: who was second is told both values, and nothing of his is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ahsp.core.errors import Conflict
from ahsp.projects.entries import Entry
from ahsp.projects.models import Change, RowChange
from ahsp.projects.tables import key_of, written

MOST_TOLD = 200


class CellsChanged(Conflict):
    """`conflicts` has, of each cell, key, field, yours, theirs, person and at."""

    def __init__(self, code: str, conflicts: list[dict[str, Any]]) -> None:
        super().__init__(code, {"count": str(len(conflicts))})
        self.more = {"conflicts": conflicts[:MOST_TOLD]}


class Seen(NamedTuple):
    """What a person wants to write to a row: the values by attname, and the row's version as the person saw it."""

    values: Mapping[str, Any]
    version: int | None


def require_unchanged(entry: Entry, kind: str, wanted: Mapping[int, Seen]) -> None:
    """Raises CellsChanged when others wrote one of the wanted cells after the version that was seen.

    The same person's own writes are no conflict, nor is a cell that already holds what is wanted, nor a row whose
    version is None: that is how a person overwrites knowingly.
    """
    seen = {pk: one for pk, one in wanted.items() if one.version is not None}
    if not seen:
        return
    oldest = min(one.version or 0 for one in seen.values())
    later = RowChange.objects.filter(project=entry.project, kind=kind, row__in=list(seen), revision__gt=oldest)
    found: dict[tuple[int, str], tuple[int, Any]] = {}
    for row, revision, after in later.order_by("revision", "id").values_list("row", "revision", "after"):
        for name in (after or {}).keys() & seen[row].values.keys():
            if revision > (seen[row].version or 0):
                found[row, name] = (revision, (after or {})[name])
    conflicts = list(_told(entry, kind, seen, found))
    if conflicts:
        raise CellsChanged("cells.changed", conflicts)


def _told(
    entry: Entry, kind: str, seen: Mapping[int, Seen], found: Mapping[tuple[int, str], tuple[int, Any]]
) -> Iterable[dict[str, Any]]:
    revisions = {revision for revision, _ in found.values()}
    changes = Change.objects.filter(project=entry.project, revision__in=revisions).select_related("person")
    by_revision = {change.revision: change for change in changes}
    for (row, name), (revision, theirs) in found.items():
        change, yours = by_revision[revision], written(seen[row].values[name])
        if change.person_id == entry.person.pk or theirs == yours:
            continue
        yield {
            "key": key_of(kind, row),
            "field": name.removesuffix("_id"),
            "yours": yours,
            "theirs": theirs,
            "person": str(change.person) if change.person else None,
            "at": change.at.isoformat(),
            "version": revision,
        }
