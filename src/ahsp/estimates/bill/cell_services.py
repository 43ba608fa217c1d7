"""Acts on cells of the bill, inside a change of the project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from ahsp.estimates.bill.reading import read_values
from ahsp.estimates.bill.rows import ITEM_COLUMNS, SECTION_COLUMNS, changed_items, changed_sections
from ahsp.estimates.bill.telling import tell_cells
from ahsp.estimates.quantities.formulas import Faults
from ahsp.estimates.quantities.sheet_services import give_up_sheets
from ahsp.projects.cells import Seen, require_unchanged
from ahsp.projects.entries import Entry
from ahsp.projects.tables import read_key

Row = dict[str, Any]


class Typed(NamedTuple):
    """What a person typed into a row, by field, and the version of the row they saw."""

    texts: Mapping[str, Any]
    version: int | None


def set_cells(*, entry: Entry, wanted: Mapping[str, Typed], confirmed: bool) -> int:
    """Write cells of sections and items by the key of their row; how many rows that changes.

    Raises NotFound, CellsChanged, CellsRefused, and Conflict where a quantity would take the place of a take-off sheet,
    unless `confirmed`.
    """
    faults = Faults()
    values: dict[str, dict[int, Row]] = defaultdict(dict)
    versions: dict[str, dict[int, int | None]] = defaultdict(dict)
    for key, typed in wanted.items():
        kind, pk = read_key(key, "si", field="key")
        values[kind][pk] = read_values(kind, typed.texts, key, faults)
        versions[kind][pk] = typed.version
    faults.refuse()
    present = {
        kind: entry.read(kind, values[kind], columns)
        for kind, columns in (("s", SECTION_COLUMNS), ("i", ITEM_COLUMNS))
        if kind in values
    }
    for kind, rows in values.items():
        seen = {pk: Seen(_cells(present[kind][pk], row), versions[kind][pk]) for pk, row in rows.items()}
        require_unchanged(entry, kind, seen)
    changed = {
        "s": changed_sections(present.get("s", {}), values["s"], faults),
        "i": changed_items(entry.project, present.get("i", {}), values["i"], faults),
    }
    faults.refuse()
    measured = [pk for pk, row in changed["i"].items() if {"quantity", "formula"} & row.keys()]
    give_up_sheets(entry=entry, items=measured, confirmed=confirmed)
    for kind, rows in changed.items():
        entry.change_rows(kind, rows)
    tell_cells(entry, changed, present)
    return sum(map(len, changed.values()))


def _cells(present: Row, values: Row) -> Row:
    """What others may have written meanwhile. A quantity is one cell, whether it is typed or calculated: what follows
    from others' quantities is nobody's writing."""
    seen = {name: value for name, value in values.items() if name not in {"quantity", "formula"}}
    if "formula" in values:
        typed = values["formula"] or values.get("quantity")
        seen["formula" if present["formula"] else "quantity"] = typed if present["formula"] else _quantity(values)
    return seen


def _quantity(values: Row) -> Any:
    return f"={values['formula']}" if values["formula"] else values["quantity"]
