"""Bringing a version back: the rows of the project become those of the version, each by its id, as one change.

Rows that stayed are changed in place, so keys, comments and history stay with them, and undo puts everything back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ahsp.core.errors import Conflict
from ahsp.exchange.project_files import CARRIED, PLAIN_SETTINGS, row_values
from ahsp.prices.models import PriceBook
from ahsp.projects.entries import Entry
from ahsp.projects.services import set_settings
from ahsp.projects.tables import table_of

Rows = dict[int, dict[str, Any]]
# By which column of a table rows are unlike each other in the whole project: it is set aside while two of them trade.
_UNLIKE = {"a": "code", "p": "name", "r": "name", "c": "name"}
_ASIDE = "~{pk}"


def bring_back(entry: Entry, inputs: Mapping[str, Any]) -> None:
    """Make rows and settings those of `inputs` (see content.inputs_of)."""
    set_settings(entry, _settings(inputs["settings"]))
    wanted = {
        kind: _filled(kind, rows) for kind, rows in row_values(entry.project, inputs["rows"], inputs["ids"]).items()
    }
    present = {kind: _present(entry, kind) for kind in CARRIED}
    gone = {kind: present[kind].keys() - wanted[kind].keys() for kind in CARRIED}
    entry.remove_rows("i", gone["i"])
    for kind in ("t", "l", "p", "r", "c"):
        _remove(entry, kind, gone[kind])
    _let_go(entry, wanted["i"], present["i"], gone["a"])
    _remove(entry, "a", gone["a"])
    for kind in _UNLIKE:
        _set_aside(entry, kind, wanted[kind], present[kind])
    for kind in ("a", "l", "s", "i", "t", "p", "r", "c"):
        new = wanted[kind].keys() - present[kind].keys()
        entry.add_rows(kind, [{"id": pk, **wanted[kind][pk]} for pk in sorted(new)])
        entry.change_rows(kind, {pk: values for pk, values in wanted[kind].items() if pk not in new})
    # By now only what goes with them stands in the sections that go; inner ones go with the outer.
    entry.remove_rows("s", {pk for pk in gone["s"] if present["s"][pk]["parent_id"] not in gone["s"]})


def _settings(stored: Mapping[str, Any]) -> dict[str, Any]:
    table = table_of("g")
    values = {name: table.read(name, stored[name]) for name in PLAIN_SETTINGS if name in stored}
    book = PriceBook.objects.filter(slug=stored["price_book"]).first()
    if book is None:
        raise Conflict("version.price_book", {"book": str(stored["price_book"])})
    return {**values, "price_book": book}


def _filled(kind: str, rows: Rows) -> Rows:
    """A file leaves out what is a default."""
    table = table_of(kind)
    plain = {name: table.default(name) for name in table.fields}
    return {pk: {**plain, **values} for pk, values in rows.items()}


def _present(entry: Entry, kind: str) -> Rows:
    table = table_of(kind)
    rows = table.rows(entry.project).values_list("id", *table.fields)
    return {pk: dict(zip(table.fields, values, strict=True)) for pk, *values in rows}


def _remove(entry: Entry, kind: str, pks: Collection[int]) -> None:
    """Those that did not go with their owners already."""
    left = table_of(kind).rows(entry.project).filter(pk__in=pks).values_list("id", flat=True)
    entry.remove_rows(kind, list(left))


def _let_go(entry: Entry, wanted: Rows, present: Rows, gone: Collection[int]) -> None:
    """Items that stay stop pointing at analyses that go."""
    pointing = {pk: row["own_id"] for pk, row in present.items() if pk in wanted and row["own_id"] in gone}
    entry.change_rows("i", {pk: {"own_id": None} for pk in pointing})


def _set_aside(entry: Entry, kind: str, wanted: Rows, present: Rows) -> None:
    """Of rows that get another name, those whose present one somebody else gets."""
    column = _UNLIKE[kind]
    stay = {pk: row[column] for pk, row in present.items() if pk in wanted}
    asked = {row[column] for pk, row in wanted.items() if stay.get(pk) != row[column]}
    trading = [pk for pk, name in stay.items() if name in asked and wanted[pk][column] != name]
    entry.change_rows(kind, {pk: {column: _ASIDE.format(pk=pk)} for pk in trading})
