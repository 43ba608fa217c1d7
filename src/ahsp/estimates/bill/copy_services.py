"""The act that copies rows of the bill within their project, inside a change of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ahsp.core.copying import reserve_ids
from ahsp.estimates.bill.outline import Outline, pk_of, section_id
from ahsp.estimates.models import Section, TakeoffLine, WorkItem
from ahsp.estimates.services import take_tags
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of, table_of

Row = dict[str, Any]


def duplicate_rows(*, entry: Entry, keys: Iterable[str]) -> list[str]:
    """Copy rows with all that stands in them and with their take-off sheets; neighbours behind the last of them.

    The keys of the copies of `keys`, in document order. Raises NotFound and Refused.
    """
    outline = Outline(entry.project, keys)
    roots = outline.roots(keys)
    sections = outline.inside(roots)
    outline.read(sections)
    items = [key for key in roots if key[0] == "i"]
    items += [key for one in sections for key in outline.siblings(one) if key[0] == "i"]
    copies = {**_reserve("s", Section, sections), **_reserve("i", WorkItem, items)}
    for parent in dict.fromkeys(outline.parent(key) for key in roots):
        group = [key for key in roots if outline.parent(key) == parent]
        after = group[-1]
        for key in group:
            outline.put(copies[key], parent, after)
            after = copies[key]
    positions = outline.write(entry)
    _copy_bill(entry, "s", sections, copies, positions)
    _copy_bill(entry, "i", items, copies, positions)
    _copy_sheets(entry, {pk_of(key): pk_of(copies[key]) for key in items})
    return [copies[key] for key in roots]


def _reserve(kind: str, model: type[Section] | type[WorkItem], keys: Sequence[str]) -> dict[str, str]:
    return {key: key_of(kind, pk) for key, pk in zip(keys, reserve_ids(model, len(keys)), strict=True)}


def _copy_bill(
    entry: Entry, kind: str, keys: Sequence[str], copies: Mapping[str, str], positions: Mapping[str, int]
) -> None:
    table = table_of(kind)
    stored = entry.read(kind, [pk_of(key) for key in keys], table.fields)
    ((_, column), *_) = table.owners
    tags = iter(take_tags(entry.project, len(keys)) if kind == "i" else ())
    rows: list[Row] = []
    for key in keys:
        row = {**stored[pk_of(key)], "id": pk_of(copies[key])}
        around = None if row[column] is None else key_of("s", row[column])
        row[column] = section_id(copies.get(around, around) if around else None)
        row["position"] = positions.get(copies[key], row["position"])
        if kind == "i":
            row["tag"] = next(tags)
        rows.append(row)
    entry.add_rows(kind, rows)


def _copy_sheets(entry: Entry, copies: Mapping[int, int]) -> None:
    """The take-off lines of items, by the ids of the items and their copies."""
    fields = table_of("t").fields
    lines = TakeoffLine.objects.filter(project=entry.project, item__in=list(copies)).order_by("item", "position", "id")
    rows = [dict(zip(fields, line, strict=True)) for line in lines.values_list(*fields)]
    entry.add_rows("t", [{**row, "item_id": copies[row["item_id"]]} for row in rows])
