"""Commands on the lines of the project's own analyses."""

from __future__ import annotations

from typing import Any

from ahsp.core.errors import Refused
from ahsp.estimates.analyses import line_services as services
from ahsp.estimates.analyses import serializers as shape
from ahsp.estimates.analyses.commands import Result, ids, rows_of
from ahsp.estimates.analyses.lines import LAST, Last
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of


def _after(arguments: Arguments) -> int | Last | None:
    after = arguments.get("after", LAST)
    return int(after[1:]) if isinstance(after, str) else after


def _made(pks: list[int]) -> list[str]:
    return [key_of("l", pk) for pk in pks]


@command("lines.add", shape.AddLinesSerializer)
def add(entry: Entry, arguments: Arguments) -> Result:
    """Make lines. `result.keys` gives their keys by what the rows called themselves, or as a list."""
    rows = arguments["rows"]
    pks = services.add_lines(entry, analysis=int(arguments["analysis"][1:]), rows=rows, after=_after(arguments))
    keys: Any = _made(pks)
    if all(row.get("key") for row in rows):
        keys = {row["key"]: key for row, key in zip(rows, keys, strict=True)}
    return {"keys": keys}


@command("lines.set", shape.SetLinesSerializer)
def change(entry: Entry, arguments: Arguments) -> Result:
    """Set values of lines, all or none."""
    wanted, fields = rows_of(entry, "l", arguments["rows"])
    services.change_lines(entry, wanted=wanted, fields=fields)
    return None


@command("lines.remove", shape.RemoveLinesSerializer)
def remove(entry: Entry, arguments: Arguments) -> Result:
    """Take lines out. Refused while percentages are of them, unless confirmed: then those are of less."""
    services.remove_lines(entry, ids(arguments["keys"]), confirmed=arguments["confirmed"])
    return None


@command("lines.move", shape.MoveLinesSerializer)
def move(entry: Entry, arguments: Arguments) -> Result:
    """Put lines behind another one of their analysis."""
    after = arguments["after"]
    services.move_lines(entry, pks=ids(arguments["keys"]), after=None if after is None else int(after[1:]))
    return None


@command("lines.copy", shape.CopyLinesSerializer)
def copy(entry: Entry, arguments: Arguments) -> Result:
    """Copy lines into an own analysis, from any other."""
    columns = services.own_lines(entry, ids(arguments.get("keys", [])))
    if "reference" in arguments:
        columns += services.catalog_lines(entry, arguments["reference"], arguments.get("positions", []))
    if not columns:
        raise Refused("key.unknown", {"key": ""}, field="keys")
    pks = services.copy_lines(entry, to=int(arguments["to"][1:]), columns=columns, after=_after(arguments))
    return {"keys": _made(pks)}
