"""Commands on parameters and take-off sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ahsp.estimates.quantities import serializers as shape
from ahsp.estimates.quantities import services, sheet_services
from ahsp.estimates.quantities.sheet_services import FOLLOWING, Line
from ahsp.projects.cells import Seen, require_unchanged
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of

Result = Mapping[str, Any] | None
MOST_TOLD = 20


@command("parameters.add", shape.AddParametersSerializer)
def add_parameters(entry: Entry, arguments: Arguments) -> Result:
    """Make parameters behind those there are."""
    wanted = [(row.get("id") or str(at), row["values"]) for at, row in enumerate(arguments["rows"])]
    made = services.add_parameters(entry=entry, wanted=wanted)
    entry.update(names=[values["name"] for _, values in wanted][:MOST_TOLD])
    return {"keys": [key_of("p", pk) for pk in made]}


@command("parameters.set", shape.SetParametersSerializer)
def set_parameters(entry: Entry, arguments: Arguments) -> Result:
    """Set values of parameters. With a new name, the formulas that use it follow."""
    wanted = {shape.key_id(row["key"]): row["values"] for row in arguments["rows"]}
    versions = {shape.key_id(row["key"]): row.get("version") for row in arguments["rows"]}
    require_unchanged(entry, "p", {pk: Seen(values, versions[pk]) for pk, values in wanted.items()})
    services.change_parameters(entry=entry, wanted=wanted)
    return None


@command("parameters.remove", shape.RemoveParametersSerializer)
def remove_parameters(entry: Entry, arguments: Arguments) -> Result:
    """Take parameters out. Refused while something rests on them, unless confirmed: then that lacks its quantity."""
    pks = [shape.key_id(key) for key in arguments["keys"]]
    services.remove_parameters(entry=entry, pks=pks, confirmed=arguments["confirmed"])
    return None


@command("takeoff.set_lines", shape.SetLinesSerializer)
def set_lines(entry: Entry, arguments: Arguments) -> Result:
    """Write cells, lines or the whole take-off sheet of an item; its quantity follows."""
    lines = [_line(row, at) for at, row in enumerate(arguments["rows"])]
    seen = {
        line.pk: Seen(line.cells, row.get("version"))
        for line, row in zip(lines, arguments["rows"], strict=True)
        if line.pk is not None
    }
    require_unchanged(entry, "t", seen)
    item, whole, lenient = shape.key_id(arguments["item"]), arguments["whole"], arguments["lenient"]
    ids = sheet_services.set_lines(entry=entry, item=item, lines=lines, whole=whole, lenient=lenient)
    entry.update(item=arguments["item"], lines=len(ids))
    return {"item": arguments["item"], "keys": [key_of("t", pk) for pk in ids]}


def _line(row: Mapping[str, Any], at: int) -> Line:
    after = row.get("after", FOLLOWING)
    return Line(
        name=row.get("key") or row.get("id") or str(at),
        pk=shape.key_id(row["key"]) if "key" in row else None,
        cells=row.get("values", {}),
        after=shape.key_id(after) if isinstance(after, str) else after,
    )


@command("takeoff.remove_lines", shape.RemoveLinesSerializer)
def remove_lines(entry: Entry, arguments: Arguments) -> Result:
    """Take lines out of take-off sheets; an item whose sheet has none left lacks its quantity."""
    sheet_services.remove_lines(entry=entry, pks=[shape.key_id(key) for key in arguments["keys"]])
    return None
