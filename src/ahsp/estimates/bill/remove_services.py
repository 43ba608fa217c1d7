"""The act that takes rows out of the bill, inside a change of the project."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from ahsp.core.errors import Conflict
from ahsp.engine.quantities import item_name
from ahsp.estimates.bill.outline import Outline, pk_of
from ahsp.estimates.bill.telling import tell_rows
from ahsp.estimates.models import WorkItem
from ahsp.estimates.quantities.uses import MOST_TOLD, Use, uses_of
from ahsp.projects.entries import Entry


class RowsInUse(Conflict):
    """`more` has how many `sections` and `items` that stand inside go along, and who `uses` their quantities."""

    def __init__(self, inside: Collection[str], uses: list[Use]) -> None:
        sections = sum(key[0] == "s" for key in inside)
        counts = {"sections": sections, "items": len(inside) - sections, "uses": len(uses)}
        super().__init__("rows.in_use", {name: str(count) for name, count in counts.items()})
        told = uses[:MOST_TOLD]
        self.more: dict[str, Any] = {**counts, "uses": told, "affected": [use["label"] for use in told]}


def remove_rows(*, entry: Entry, keys: Collection[str], confirmed: bool) -> None:
    """Take rows out with all that stands in them. Whoever is calculated from their quantities then says what it lacks.

    Raises NotFound, and unless `confirmed` RowsInUse where more would go than `keys`, or others rest on it.
    """
    outline = Outline(entry.project, keys)
    roots = outline.roots(keys)
    sections = outline.inside(roots)
    outline.read(sections)
    going = {*roots, *(key for one in sections for key in outline.siblings(one))}
    inside = going.difference(keys)
    if not confirmed:
        uses = _uses(entry, going)
        if inside or uses:
            raise RowsInUse(inside, uses)
    tell_rows(entry, roots)
    entry.update(inside=len(inside))
    for kind in "is":
        entry.remove_rows(kind, [pk_of(key) for key in roots if key[0] == kind])


def _uses(entry: Entry, going: Iterable[str]) -> list[Use]:
    """Rows that stay and name the quantity of an item that goes."""
    leaving = set(going)
    items = [pk_of(key) for key in leaving if key[0] == "i"]
    tags = WorkItem.objects.filter(project=entry.project, pk__in=items).values_list("tag", flat=True)
    found = uses_of(entry.project, [item_name(tag) for tag in tags])
    return list({use["key"]: use for uses in found.values() for use in uses if use["key"] not in leaving}.values())
