"""The act that copies rows of the bill within their project, inside a change of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ahsp.core.copying import reserve_ids
from ahsp.engine.formula_syntax import with_name_replaced
from ahsp.engine.numbers import Notation
from ahsp.engine.quantities import item_name
from ahsp.engine.takeoff import CELLS
from ahsp.estimates.bill.outline import Outline, pk_of, section, section_id
from ahsp.estimates.models import Section, TakeoffLine, WorkItem
from ahsp.estimates.services import take_tags
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of, table_of

Row = dict[str, Any]
ITEM_NAMES: Final = re.compile(r"\bv[0-9]+\b")


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
    places = outline.write(entry)
    sections_made = _copies(entry, "s", sections, copies, places)
    items_made = _copies(entry, "i", items, copies, places)
    lines_made = _sheets(entry, {pk_of(key): pk_of(copies[key]) for key in items})
    _refer_to_copies(entry, items, items_made, lines_made)
    for kind, rows in (("s", sections_made), ("i", items_made), ("t", lines_made)):
        entry.add_rows(kind, rows)
    return [copies[key] for key in roots]


def _reserve(kind: str, model: type[Section] | type[WorkItem], keys: Sequence[str]) -> dict[str, str]:
    return {key: key_of(kind, pk) for key, pk in zip(keys, reserve_ids(model, len(keys)), strict=True)}


def _copies(
    entry: Entry, kind: str, keys: Sequence[str], copies: Mapping[str, str], places: Mapping[str, int]
) -> list[Row]:
    """Rows in the order of `keys`; what stands inside keeps its position, the others have theirs in `places`."""
    table = table_of(kind)
    stored = entry.read(kind, [pk_of(key) for key in keys], table.fields)
    ((_, column), *_) = table.owners
    rows: list[Row] = []
    for key in keys:
        row = {**stored[pk_of(key)], "id": pk_of(copies[key])}
        around = section(row[column])
        row[column] = section_id(copies.get(around, around) if around else None)
        row["position"] = places.get(copies[key], row["position"])
        rows.append(row)
    return rows


def _sheets(entry: Entry, copies: Mapping[int, int]) -> list[Row]:
    """Take-off lines by the ids of the items and their copies."""
    fields = table_of("t").fields
    lines = TakeoffLine.objects.filter(project=entry.project, item__in=list(copies)).order_by("item", "position", "id")
    rows = [dict(zip(fields, line, strict=True)) for line in lines.values_list(*fields)]
    return [{**row, "item_id": copies[row["item_id"]]} for row in rows]


def _refer_to_copies(entry: Entry, keys: Sequence[str], items: Sequence[Row], lines: Iterable[Row]) -> None:
    """Give the copies tags of their own; formulas that named one of the copied items name its copy."""
    renamed = {}
    for row, tag in zip(items, take_tags(entry.project, len(keys)), strict=True):
        renamed[item_name(row["tag"])] = item_name(tag)
        row["tag"] = tag
    for row in items:
        row["formula"] = _with_names(row["formula"], renamed)
    for row in lines:
        row.update({cell: _with_names(row[cell], renamed) for cell in CELLS})


def _with_names(text: str, renamed: Mapping[str, str]) -> str:
    for old in set(ITEM_NAMES.findall(text)) & renamed.keys():
        text = with_name_replaced(text, old, renamed[old], Notation.INDONESIAN)
    return text
