"""Commands on sections and work items of the bill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ahsp.estimates.bill import serializers as shape
from ahsp.estimates.bill.cell_services import Typed, set_cells
from ahsp.estimates.bill.copy_services import duplicate_rows
from ahsp.estimates.bill.move_services import indent_rows, move_rows, outdent_rows
from ahsp.estimates.bill.reading import read_values
from ahsp.estimates.bill.remove_services import remove_rows
from ahsp.estimates.bill.row_services import FOLLOWING, NewRow, add_rows, begun_at
from ahsp.estimates.bill.telling import tell_rows
from ahsp.estimates.places import LAST
from ahsp.estimates.quantities.formulas import Faults
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry

Result = Mapping[str, Any] | None
_KINDS = {"section": "s", "item": "i"}


@command("items.set", shape.SetCellsSerializer)
def set_items(entry: Entry, arguments: Arguments) -> Result:
    """Write cells of sections and work items: one, a column filled down, or what was found and replaced."""
    wanted: dict[str, Typed] = {}
    for row in arguments["cells"]:
        before = wanted.get(row["key"], Typed({}, row.get("version")))
        wanted[row["key"]] = Typed({**before.texts, **row["values"]}, before.version)
    return {"changed": set_cells(entry=entry, wanted=wanted, confirmed=arguments["confirmed"])}


@command("rows.add", shape.AddRowsSerializer)
def add(entry: Entry, arguments: Arguments) -> Result:
    """Make sections and work items, also whole trees of them."""
    faults, rows = Faults(), []
    for at, row in enumerate(arguments["rows"]):
        kind, name = _KINDS[row["type"]], row.get("id", "")
        values = read_values(kind, row["values"], name or str(at), faults)
        rows.append(NewRow(kind, values, row.get("parent", arguments["parent"]), row.get("after", FOLLOWING), name))
    faults.refuse()
    return _add(entry, arguments, rows)


@command("items.add_analyses", shape.AddAnalysesSerializer)
def add_analyses(entry: Entry, arguments: Arguments) -> Result:
    """Make a work item of each analysis."""
    rows = [NewRow("i", {"code": code}, arguments["parent"]) for code in arguments["codes"]]
    return _add(entry, arguments, rows)


def _add(entry: Entry, arguments: Arguments, rows: list[NewRow]) -> Result:
    keys = add_rows(entry=entry, wanted=begun_at(rows, arguments["parent"], arguments.get("after", LAST)))
    tell_rows(entry, keys)
    return {"keys": keys}


@command("rows.move", shape.MoveRowsSerializer)
def move(entry: Entry, arguments: Arguments) -> Result:
    """Put rows with what stands in them elsewhere."""
    after = arguments.get("after", LAST)
    return _moved(entry, move_rows(entry=entry, keys=arguments["keys"], parent=arguments["parent"], after=after))


@command("rows.indent", shape.KeysSerializer)
def indent(entry: Entry, arguments: Arguments) -> Result:
    """Put rows into the section before them."""
    return _moved(entry, indent_rows(entry=entry, keys=arguments["keys"]))


@command("rows.outdent", shape.KeysSerializer)
def outdent(entry: Entry, arguments: Arguments) -> Result:
    """Put rows out of the section around them."""
    return _moved(entry, outdent_rows(entry=entry, keys=arguments["keys"]))


def _moved(entry: Entry, keys: list[str]) -> Result:
    if keys:
        tell_rows(entry, keys)
    return {"keys": keys}


@command("rows.duplicate", shape.KeysSerializer)
def duplicate(entry: Entry, arguments: Arguments) -> Result:
    """Copy rows with what stands in them and with their take-off sheets."""
    keys = duplicate_rows(entry=entry, keys=arguments["keys"])
    tell_rows(entry, keys)
    return {"keys": keys}


@command("rows.remove", shape.RemoveRowsSerializer)
def remove(entry: Entry, arguments: Arguments) -> Result:
    """Take rows out with what stands in them. Refused while that is more than was named, unless confirmed."""
    remove_rows(entry=entry, keys=arguments["keys"], confirmed=arguments["confirmed"])
    return None
