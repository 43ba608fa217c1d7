"""Commands on the project's own analyses as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ahsp.core.api.bodies import plain
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.estimates.analyses import line_services, replacing, services
from ahsp.estimates.analyses import serializers as shape
from ahsp.estimates.analyses.known import KnownAnalyses
from ahsp.estimates.queries import priced_estimate
from ahsp.projects.cells import Seen, require_unchanged
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of

Result = Mapping[str, Any] | None
MOST_TOLD = 500


def ids(keys: list[str]) -> list[int]:
    return [int(key[1:]) for key in keys]


def _ids_or_none(keys: list[str] | None) -> list[int] | None:
    return None if keys is None else ids(keys)


@command("analyses.modify", shape.ModifySerializer)
def modify(entry: Entry, arguments: Arguments) -> Result:
    """Copy an analysis, line by line, and let items use the copy."""
    pk, items = services.modify(
        entry,
        reference=arguments["reference"],
        items=_ids_or_none(arguments.get("items")),
        code=arguments.get("code", ""),
    )
    return {"key": key_of("a", pk), "code": entry["code"], "items": items}


@command("analyses.add", shape.AddSerializer)
def add(entry: Entry, arguments: Arguments) -> Result:
    """Make an analysis that comes from none."""
    values = dict(arguments)
    lines = values.pop("lines", [])
    pk = services.add(entry, values=values)
    code = entry["code"]
    if lines:
        line_services.add_lines(entry, analysis=pk, rows=lines)
    return {"key": key_of("a", pk), "code": code}


@command("analyses.set", shape.SetSerializer)
def change(entry: Entry, arguments: Arguments) -> Result:
    """Set code, name, unit and note of own analyses. With a new code, what names the old one follows."""
    wanted, fields = rows_of(entry, "a", arguments["rows"])
    services.change(entry, wanted, fields)
    return None


@command("analyses.remove", shape.RemoveSerializer)
def remove(entry: Entry, arguments: Arguments) -> Result:
    """Take own analyses out. Refused while others use them, unless confirmed: then those have no price."""
    services.remove(entry, ids(arguments["keys"]), confirmed=arguments["confirmed"])
    return None


@command("analyses.use", shape.UseSerializer)
def use(entry: Entry, arguments: Arguments) -> Result:
    """Let items use an analysis of the project or its edition."""
    return {"items": services.use(entry, analysis=arguments["analysis"], items=ids(arguments["items"]))}


@command("analyses.reset", shape.ResetSerializer)
def reset(entry: Entry, arguments: Arguments) -> Result:
    """Make lines, or the whole of a copy, what its reference is; or give the copy up."""
    pk = int(arguments["key"][1:])
    if arguments["give_up"]:
        return {"items": services.give_up(entry, pk)}
    if "lines" in arguments or "positions" in arguments:
        pks, positions = ids(arguments.get("lines", [])), arguments.get("positions", [])
        line_services.reset_lines(entry, pk, pks=pks, positions=positions)
    else:
        services.reset(entry, pk)
    return None


@command("resources.replace", shape.ReplaceSerializer)
def replace(entry: Entry, arguments: Arguments) -> Result:
    """Put one resource in the place of another. What uses an analysis of the edition gets a modified copy of it."""
    before = priced_estimate(entry.project).rounded_total if arguments["effect"] else None
    options = {} if arguments.get("factor") is None else {"factor": arguments["factor"]}
    done = replacing.replace_resource(
        entry,
        old=_resource(arguments["old"]),
        new=_resource(arguments["new"]),
        scope=_scope(entry, arguments),
        **options,
    )
    told = _told(done)
    if before is not None:
        after = priced_estimate(entry.project).rounded_total
        told["totals"] = {"before": plain(before), "after": plain(after), "effect": plain(after - before)}
    return told


def _scope(entry: Entry, arguments: Arguments) -> replacing.Scope:
    items, analyses = arguments.get("items"), arguments.get("analyses")
    if "items_of" in arguments:
        source = KnownAnalyses(entry.project).open(arguments["items_of"], field="items_of")
        return replacing.Scope(frozenset(services.items_of(entry, source)))
    return replacing.Scope(
        None if items is None else frozenset(ids(items)), None if analyses is None else tuple(analyses)
    )


def _resource(values: Mapping[str, str]) -> Resource:
    return Resource(ResourceKind(values["kind"]), values["name"], values["unit"])


def _told(done: replacing.Replaced) -> dict[str, Any]:
    return {
        "copies": [{"key": key_of("a", pk), "reference": code} for code, pk in done.copies.items()][:MOST_TOLD],
        "changed": [key_of("a", pk) for pk in done.changed][:MOST_TOLD],
        "items": [key_of("i", pk) for pk in done.items[:MOST_TOLD]],
        "item_count": len(done.items),
    }


def rows_of(entry: Entry, kind: str, rows: list[Mapping[str, Any]]) -> tuple[dict[int, dict[str, Any]], dict[int, str]]:
    """Values by id, and what each row is called in errors. Raises CellsChanged where others wrote since."""
    wanted, seen, fields = {}, {}, {}
    for at, row in enumerate(rows):
        pk = int(row["key"][1:])
        wanted[pk] = {name: value for name, value in row.items() if name not in {"key", "version"}}
        # What `of` a percentage is of comes as keys and is kept as positions: it is compared by nobody.
        seen[pk] = Seen({name: value for name, value in wanted[pk].items() if name != "of"}, row.get("version"))
        fields[pk] = f"rows.{at}"
    require_unchanged(entry, kind, seen)
    return wanted, fields
