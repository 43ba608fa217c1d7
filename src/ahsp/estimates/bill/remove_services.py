"""The act that takes rows out of the bill, inside a change of the project."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ahsp.core.errors import Conflict
from ahsp.estimates.bill.outline import Outline, pk_of
from ahsp.estimates.bill.telling import tell_rows
from ahsp.projects.entries import Entry


class RowsInUse(Conflict):
    """`more` has how many `sections` and `items` go along, by number, and the `uses` of their quantities."""

    def __init__(self, sections: int, items: int) -> None:
        super().__init__("rows.in_use", {"sections": str(sections), "items": str(items)})
        self.more: dict[str, Any] = {"sections": sections, "items": items, "uses": []}


def remove_rows(*, entry: Entry, keys: Collection[str], confirmed: bool) -> None:
    """Take rows out with all that stands in them.

    Raises NotFound, and RowsInUse where that is more than `keys` unless `confirmed`.
    """
    outline = Outline(entry.project, keys)
    roots = outline.roots(keys)
    sections = outline.inside(roots)
    outline.read(sections)
    inside = {key for one in sections for key in outline.siblings(one)} - set(keys)
    if inside and not confirmed:
        count = sum(key[0] == "s" for key in inside)
        raise RowsInUse(count, len(inside) - count)
    tell_rows(entry, roots)
    entry.update(inside=len(inside))
    for kind in "is":
        entry.remove_rows(kind, [pk_of(key) for key in roots if key[0] == kind])
