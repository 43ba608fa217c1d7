"""What the change log says of acts on the bill, in words short enough for a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ahsp.estimates.models import Section, WorkItem
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of, written

Row = Mapping[str, Any]
_MOST_NAMED = 5
_LONGEST = 200


def label(row: Row) -> str:
    """Number and words of a section or item."""
    words = row.get("description") or row.get("name") or row.get("code") or ""
    return f"{row.get('number', '')} {words}".strip()[:_LONGEST]


def told(before: Any, after: Any) -> dict[str, Any]:
    return {"before": written(before), "after": written(after)}


def tell_cells(
    entry: Entry, changed: Mapping[str, Mapping[int, Row]], present: Mapping[str, Mapping[int, Row]]
) -> None:
    """Of one row each value before and after; of several how many, in which columns, and the first of them."""
    rows = [
        (key_of(kind, pk), present[kind][pk], values) for kind, by_pk in changed.items() for pk, values in by_pk.items()
    ]
    if not rows:
        return
    key, before, values = rows[0]
    if len(rows) == 1:
        entry.update(key=key, label=label({**before, **values}))
        entry.update({name: told(before[name], value) for name, value in values.items() if not name.endswith("issues")})
        return
    fields = {name.removesuffix("_id") for _, _, values in rows for name in values if not name.endswith("issues")}
    entry.update(rows=len(rows), fields=sorted(fields), labels=[label(row) for _, row, _ in rows[:_MOST_NAMED]])


def tell_rows(entry: Entry, keys: Sequence[str]) -> None:
    """How many rows the act took up by themselves, and the names of the first."""
    named = labels_of(entry, keys[:_MOST_NAMED])
    entry.update(rows=len(keys), keys=list(keys[:_MOST_NAMED]), labels=[named[key] for key in keys[:_MOST_NAMED]])


def labels_of(entry: Entry, keys: Collection[str]) -> dict[str, str]:
    """Of rows that are there."""
    found = {}
    for kind, model, fields in (("s", Section, ("number", "name")), ("i", WorkItem, ("number", "description", "code"))):
        pks = [int(key[1:]) for key in keys if key[0] == kind]
        rows = model._default_manager.filter(project=entry.project, pk__in=pks) if pks else ()
        for row in rows:
            found[key_of(kind, row.pk)] = label({name: getattr(row, name) for name in fields})
    return found
