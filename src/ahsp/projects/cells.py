"""Cells that two people write: who was second is told both values, and nothing of his is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import get_language

from ahsp.core.errors import AhspError, Conflict
from ahsp.core.issue_texts import issue_text
from ahsp.projects.entries import Entry
from ahsp.projects.log.readable import in_words
from ahsp.projects.models import Change, RowChange
from ahsp.projects.tables import key_of, table_of, written

MOST_TOLD = 200


class CellsChanged(Conflict):
    """`conflicts` has, of each cell, key, field, yours, theirs, person and at, and what it is in words."""

    def __init__(self, code: str, conflicts: list[dict[str, Any]]) -> None:
        super().__init__(code, {"count": str(len(conflicts))})
        self.more = {"conflicts": conflicts[:MOST_TOLD]}


class CellProblem(NamedTuple):
    """What is wrong with what was typed into a cell; `key` and `field` are as the program named them."""

    key: str
    field: str
    code: str
    data: Mapping[str, str]


class CellsRefused(AhspError):
    """Cells that cannot be used; nothing was written. `errors` has key, field, code, detail and data of each."""

    status = 422

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        super().__init__("cells.refused", {"count": str(len(problems))})
        language = get_language() or "id"
        told = [
            {**one._asdict(), "data": dict(one.data), "detail": issue_text(one.code, one.data, language)}
            for one in problems[:MOST_TOLD]
        ]
        self.more = {"errors": told}


class Seen(NamedTuple):
    """What a person wants to write to a row: the values by attname, and the row's version as the person saw it."""

    values: Mapping[str, Any]
    version: int | None


def require_unchanged(
    entry: Entry, kind: str, wanted: Mapping[int, Seen], keys: Mapping[int, str] | None = None
) -> None:
    """Raises CellsChanged when others wrote one of the wanted cells after the version that was seen.

    `keys` are what the program calls rows, where that is not their own key. The same person's own writes are no
    conflict, nor is a cell that already holds what is wanted, nor a row whose version is None: that is how a person
    overwrites knowingly.
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
    table = table_of(kind)
    calculated = table.calculated_rows(entry.project, {row for row, _ in found})
    found = {
        (row, name): told
        for (row, name), told in found.items()
        if row not in calculated or name not in table.calculated
    }
    conflicts = [{**one, "key": (keys or {}).get(row, one["key"])} for row, one in _told(entry, kind, seen, found)]
    if conflicts:
        raise CellsChanged("cells.changed", conflicts)


def _told(
    entry: Entry, kind: str, seen: Mapping[int, Seen], found: Mapping[tuple[int, str], tuple[int, Any]]
) -> Iterable[tuple[int, dict[str, Any]]]:
    revisions = {revision for revision, _ in found.values()}
    changes = Change.objects.filter(project=entry.project, revision__in=revisions).select_related("person")
    by_revision = {change.revision: change for change in changes}
    cells = [
        (row, name, written(seen[row].values[name]), theirs)
        for (row, name), (revision, theirs) in found.items()
        if by_revision[revision].person_id != entry.person.pk and theirs != written(seen[row].values[name])
    ]
    for (row, name, yours, theirs), said in zip(cells, in_words(entry.project, kind, cells), strict=True):
        revision = found[row, name][0]
        change = by_revision[revision]
        told = {
            **said,
            "key": key_of(kind, row),
            "field": name.removesuffix("_id"),
            "yours": yours,
            "theirs": theirs,
            "person": str(change.person) if change.person else None,
            "at": change.at.isoformat(),
            "version": revision,
        }
        yield row, told
