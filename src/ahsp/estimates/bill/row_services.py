"""Acts that make rows of the bill, inside a change of the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ahsp.core.copying import reserve_ids
from ahsp.core.errors import Refused
from ahsp.estimates.bill.outline import KINDS, Outline, section_id
from ahsp.estimates.bill.rows import new_items, require_name
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.places import LAST, Last
from ahsp.estimates.quantities.formulas import Faults
from ahsp.estimates.services import take_tags
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of, read_key

Row = dict[str, Any]


class Following:
    """Behind the row made before it in the same section; the first of them behind all that stands there."""


FOLLOWING = Following()


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be made: `kind` "s" or "i", and `values` of its columns.

    `parent` (None: in no section) and `after` (None: as the first) are keys of rows, or the `name`s of rows made before
    it by the same act. What is wrong with it is told by its name.
    """

    kind: str
    values: Mapping[str, Any]
    parent: str | None = None
    after: str | Last | Following | None = FOLLOWING
    name: str = ""


def begun_at(rows: Sequence[NewRow], parent: str | None, after: str | Last | None) -> list[NewRow]:
    """The same rows, the first of them that goes into `parent` and names no place of its own behind `after`."""
    found = list(rows)
    for at, row in enumerate(found):
        if row.parent == parent and row.after is FOLLOWING:
            found[at] = replace(row, after=after)
            break
    return found


def add_rows(*, entry: Entry, wanted: Sequence[NewRow]) -> list[str]:
    """Make rows; their keys in order. Raises Refused and CellsRefused."""
    keys = _reserve(wanted)
    names = {row.name: key for row, key in zip(wanted, keys, strict=True) if row.name}
    outline = _place(entry, wanted, keys, names)
    faults = Faults()
    told = [row.name or str(at) for at, row in enumerate(wanted)]
    sections, items = _of("s", wanted, keys), _of("i", wanted, keys)
    for at, _ in sections:
        require_name(wanted[at].values, told[at], faults)
    rows = new_items(entry.project, [wanted[at].values for at, _ in items], [told[at] for at, _ in items], faults)
    faults.refuse()
    positions = outline.write(entry)
    made: dict[str, Row] = {key: {"position": positions[key]} for key in keys}
    for at, key in sections:
        made[key] |= {**wanted[at].values, "parent_id": section_id(outline.parent(key))}
    for (_, key), row, tag in zip(items, rows, take_tags(entry.project, len(items)), strict=True):
        made[key] |= {**row, "section_id": section_id(outline.parent(key)), "tag": tag}
    for kind in KINDS:
        entry.add_rows(kind, [{"id": int(key[1:]), **row} for key, row in made.items() if key[0] == kind])
    return keys


def _of(kind: str, wanted: Sequence[NewRow], keys: Sequence[str]) -> list[tuple[int, str]]:
    return [(at, key) for at, (row, key) in enumerate(zip(wanted, keys, strict=True)) if row.kind == kind]


def _reserve(wanted: Sequence[NewRow]) -> list[str]:
    free = {
        kind: iter(reserve_ids(model, sum(row.kind == kind for row in wanted)))
        for kind, model in (("s", Section), ("i", WorkItem))
    }
    return [key_of(row.kind, next(free[row.kind])) for row in wanted]


def _place(entry: Entry, wanted: Sequence[NewRow], keys: Sequence[str], names: Mapping[str, str]) -> Outline:
    stored = {row.parent for row in wanted if row.parent not in names}
    for parent in stored - {None}:
        read_key(str(parent), "s", field="parent")
    outline = Outline(entry.project, parents=stored)
    before: dict[str | None, str] = {}
    for row, key in zip(wanted, keys, strict=True):
        parent = names.get(row.parent, row.parent) if row.parent else None
        if parent is not None and parent not in outline.where:
            raise Refused("section.unknown", {"id": str(row.parent)[:20]}, field="parent")
        if row.kind == "s":
            outline.require_room(None, parent)
        after = row.after
        if isinstance(after, Following):
            after = before.get(parent, LAST)
        elif isinstance(after, str):
            after = names.get(after, after)
        outline.put(key, parent, after)
        before[parent] = key
    return outline
