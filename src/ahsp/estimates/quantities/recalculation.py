"""Quantities follow what they are calculated from, in the change that touched it (see docs/decisions/0015)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from ahsp.core.errors import Refused
from ahsp.engine.quantities import Quantities, QuantityGraph, item_name
from ahsp.estimates.models import TakeoffLine as StoredLine
from ahsp.estimates.models import WorkItem
from ahsp.estimates.quantities.sources import ItemRow, Reach, graph_of, load_items, load_sheets, tags_of
from ahsp.estimates.tree import issues_to_json
from ahsp.projects.commands import after_writing
from ahsp.projects.entries import Entry, RowDiff

_MEASURES = {"quantity", "formula", "tag"}


@dataclass(slots=True)
class _Touched:
    """`names` whose value may be another now, `parameters` and `items` whose source was written, by id."""

    names: set[str] = field(default_factory=set)
    parameters: set[int] = field(default_factory=set)
    items: set[int] = field(default_factory=set)


@after_writing("p", "t", "i")
def recalculate(entry: Entry) -> None:
    """Write the quantities that follow from what `entry` has written. Raises Refused for a circle, with its names."""
    touched = _touched(entry)
    if not (touched.names or touched.parameters or touched.items):
        return
    reach = Reach(entry.project)
    touched.names.update(one.name for one in reach.parameters if one.pk in touched.parameters)
    touched.names |= _names_of(entry, touched.items)
    affected = tags_of({*touched.names, *reach.dependents(touched.names)})
    rows = load_items(entry.project, affected)
    sheets = load_sheets(entry.project, [row.pk for row in rows])
    calculated = [row for row in rows if row.formula or row.pk in sheets]
    _leave_without_source(entry, (row for row in rows if not row.formula and row.pk not in sheets))
    graph = graph_of(entry.project, reach.formulas, calculated, sheets)
    _require_no_circle(graph, touched.names)
    written = {one.row for one in entry.diffs if one.kind == "i"} | touched.items
    others = _write(entry, calculated, sheets, graph.evaluate(), but=written)
    if others:
        entry["recalculated"] = others


def _write(
    entry: Entry, rows: Iterable[ItemRow], sheets: Collection[int], found: Quantities, *, but: Collection[int]
) -> int:
    """Write what came out for `rows`; how many quantities changed that are not of items `but`."""
    wanted: dict[int, dict[str, Any]] = {}
    others = 0
    for row in rows:
        quantity = found.values.get(row.name)
        issues = issues_to_json(found.issues.get(row.name, ()))
        measured = not row.formula and row.pk in sheets
        if (quantity, issues, measured) != (row.quantity, row.quantity_issues, row.measured):
            wanted[row.pk] = {"quantity": quantity, "measured": measured, "quantity_issues": issues}
            others += row.pk not in but
    entry.change_rows("i", wanted)
    return others


def _leave_without_source(entry: Entry, rows: Iterable[ItemRow]) -> None:
    """An item whose last take-off line went has no quantity, unless one was typed in the same change."""
    typed = {one.row for one in entry.diffs if one.kind == "i" and "quantity" in (one.after or {})}
    empty: dict[str, Any] = {"measured": False, "quantity_issues": []}
    wanted = {
        row.pk: empty if row.pk in typed else {**empty, "quantity": None}
        for row in rows
        if row.measured or row.quantity_issues
    }
    entry.change_rows("i", wanted)


def _require_no_circle(graph: QuantityGraph, names: Iterable[str]) -> None:
    """Only circles that this change has a part in: whoever mends something else is not held up by them."""
    circles = graph.circles(names)
    if circles:
        told = [graph.labels.get(name, name) for name in [*circles[0][:12], circles[0][0]]]
        raise Refused("formula.cycle", {"names": " → ".join(told)}, field="formula")


def _touched(entry: Entry) -> _Touched:
    touched = _Touched()
    lines: list[RowDiff] = []
    for one in entry.diffs:
        values = (one.before or {}, one.after or {})
        if one.kind == "p":
            touched.parameters.add(one.row)
            touched.names.update(side["name"] for side in values if "name" in side)
        elif one.kind == "t":
            lines.append(one)
        elif one.kind == "i" and (one.before is None or one.after is None or _MEASURES & one.after.keys()):
            tags = {side["tag"] for side in values if side.get("tag")}
            touched.names.update(item_name(tag) for tag in tags)
            if not tags:
                touched.items.add(one.row)
    _add_lines(entry, touched, lines)
    return touched


def _add_lines(entry: Entry, touched: _Touched, lines: Iterable[RowDiff]) -> None:
    changed = set()
    for one in lines:
        for values in (one.before, one.after):
            if values and "item_id" in values:
                touched.items.add(values["item_id"])
        if one.before is not None and one.after is not None:
            changed.add(one.row)
    if changed:
        rows = StoredLine.objects.filter(project=entry.project, pk__in=changed)
        touched.items.update(rows.values_list("item_id", flat=True))


def _names_of(entry: Entry, items: set[int]) -> set[str]:
    if not items:
        return set()
    rows = WorkItem.objects.filter(project=entry.project, pk__in=items)
    return {item_name(tag) for tag in rows.values_list("tag", flat=True)}
