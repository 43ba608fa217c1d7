"""Commands on parameters and take-off sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ahsp.estimates.quantities import serializers as shape
from ahsp.estimates.quantities import services, sheet_services
from ahsp.projects.cells import Seen, require_unchanged
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of

Result = Mapping[str, Any] | None


@command("parameters.add", shape.AddParametersSerializer)
def add_parameters(entry: Entry, arguments: Arguments) -> Result:
    """Make parameters behind those there are."""
    made = services.add_parameters(entry=entry, wanted=arguments["parameters"])
    entry.update(names=[one["name"] for one in arguments["parameters"]][:20])
    return {"keys": [key_of("p", pk) for pk in made]}


@command("parameters.set", shape.SetParametersSerializer)
def set_parameters(entry: Entry, arguments: Arguments) -> Result:
    """Set values of parameters. With a new name, the formulas that use it follow."""
    wanted = {shape.key_id(row["key"]): _without_place(row) for row in arguments["parameters"]}
    versions = {shape.key_id(row["key"]): row.get("version") for row in arguments["parameters"]}
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
    lines = []
    seen: dict[int, Seen] = {}
    for line in arguments["lines"]:
        values = _without_place(line)
        if "key" in line:
            pk = shape.key_id(line["key"])
            seen[pk] = Seen({name: value for name, value in values.items() if name != "after"}, line.get("version"))
            values["id"] = pk
        if values.get("after"):
            values["after"] = shape.key_id(values["after"])
        lines.append(values)
    require_unchanged(entry, "t", seen)
    item = shape.key_id(arguments["item"])
    ids = sheet_services.set_lines(
        entry=entry, item=item, lines=lines, whole=arguments["whole"], lenient=arguments["lenient"]
    )
    entry.update(item=arguments["item"], lines=len(ids))
    return {"item": arguments["item"], "keys": [key_of("t", pk) for pk in ids]}


@command("takeoff.remove_lines", shape.RemoveLinesSerializer)
def remove_lines(entry: Entry, arguments: Arguments) -> Result:
    """Take lines out of take-off sheets; an item whose sheet has none left lacks its quantity."""
    sheet_services.remove_lines(entry=entry, pks=[shape.key_id(key) for key in arguments["keys"]])
    return None


def _without_place(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"key", "version"}}
