"""Acts on the prices of a project, inside a change of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from ahsp.core.errors import Refused
from ahsp.engine.prices import PriceTable, bridge, find_price
from ahsp.engine.resources import Resource
from ahsp.engine.units import fold_unit
from ahsp.estimates.bodies import figure
from ahsp.estimates.prices.queries import load_price_tables
from ahsp.estimates.prices.rows import OwnPrice, known_resources, own_prices
from ahsp.estimates.prices.typed import Unusable, read_day, read_price, spelled
from ahsp.projects.cells import CellProblem, CellsChanged, CellsRefused, Seen, require_unchanged
from ahsp.projects.entries import Entry
from ahsp.projects.log.words import words_of
from ahsp.projects.models import Change, RowChange

MOST_NAMED = 20
TEXT_LIMITS = {"source": 300, "region": 200, "document": 300, "note": 2_000}
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TypedPrice:
    """What a person typed for `resource`. `key` is the program's name of the row; `version` the revision at which it
    was seen, None to overwrite whatever is there."""

    key: str
    resource: Resource
    version: int | None
    typed: Mapping[str, str]


@dataclass(slots=True)
class _Reading:
    """Typed cells on their way to values, and what is wrong with them."""

    present: Mapping[Resource, OwnPrice]
    table: PriceTable
    values: dict[Resource, dict[str, Any]] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)

    def refuse(self, key: str, name: str, code: str, data: Mapping[str, str]) -> None:
        self.problems.append(CellProblem(key, name, code, data))


def set_prices(*, entry: Entry, cells: Sequence[TypedPrice]) -> dict[str, Any]:
    """Write own prices and where they are from; a price that is cleared goes back to the book's.

    Gives how many were `written` and `cleared`, and what some of them come to as `prices`. Raises CellsRefused, and
    CellsChanged where others wrote meanwhile.
    """
    present = own_prices(entry.project, {one.resource.name for one in cells})
    table = load_price_tables([entry.project], {one.resource.name for one in cells})[entry.project.pk]
    reading = _Reading(present, table)
    _require_known(entry, cells, reading)
    for one in cells:
        _read(reading, one)
    if reading.problems:
        raise CellsRefused(reading.problems)
    try:
        _require_nobody_wrote(entry, cells, reading)
    except CellsChanged as error:
        names = {one.key: _shown(one.resource) for one in cells}
        error.more = {"conflicts": [{**one, "label": names.get(one["key"], "")} for one in error.more["conflicts"]]}
        raise
    return {**_write(entry, reading), "prices": _prices_now(entry, cells)}


def _prices_now(entry: Entry, cells: Sequence[TypedPrice]) -> dict[str, str | None]:
    """By the program's names of the first rows: what each comes to per unit of its resource."""
    told = cells[:MOST_NAMED]
    table = load_price_tables([entry.project], {one.resource.name for one in told})[entry.project.pk]
    found = {one.key: find_price(table, one.resource) for one in told}
    return {key: figure(one.price) if one else None for key, one in found.items()}


def _require_known(entry: Entry, cells: Sequence[TypedPrice], reading: _Reading) -> None:
    """A price belongs to something that is used somewhere, and to one row of what was sent."""
    strange = {one.resource for one in cells} - reading.present.keys()
    strange -= known_resources(entry.project, strange)
    seen: set[Resource] = set()
    for one in cells:
        code = "resource.unknown" if one.resource in strange else "resource.twice" if one.resource in seen else ""
        seen.add(one.resource)
        if code:
            reading.refuse(one.key, "price", code, {"resource": _shown(one.resource)})


def _read(reading: _Reading, one: TypedPrice) -> None:
    """Put the values of one row into `reading`, None for one that loses its own price."""
    values: dict[str, Any] = {}
    for name, text in one.typed.items():
        try:
            values[name] = _READERS[name](text)
        except Unusable as error:
            reading.refuse(one.key, name, error.code, error.data)
    before = reading.present.get(one.resource)
    if before is None and values.get("price") is None:
        filled = next((name for name, value in values.items() if value not in (None, "")), None)
        if filled and "price" not in one.typed:
            reading.refuse(one.key, filled, "price.none_of_own", {"resource": _shown(one.resource)})
        return
    if "purchase_unit" in values:
        values["purchase_unit"] = _purchase_unit(reading, one, values["purchase_unit"])
    reading.values[one.resource] = values


def _purchase_unit(reading: _Reading, one: TypedPrice, unit: str) -> str:
    """The unit as it is spelled where its factor is recorded; empty for the resource's own."""
    if not unit or fold_unit(unit) == fold_unit(one.resource.unit):
        return ""
    name = one.resource.name
    recorded = [part for c in reading.table.conversions if c.name == name for part in (c.from_unit, c.to_unit)]
    unit = spelled(unit, recorded)
    if bridge(reading.table, one.resource, unit) is None:
        data = {"name": name, "from_unit": unit, "to_unit": one.resource.unit}
        reading.refuse(one.key, "purchase_unit", "price.needs_conversion", data)
    return unit


def _text(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > TEXT_LIMITS[name]:
            raise Unusable("price.too_long", {"limit": str(TEXT_LIMITS[name])})
        return text.strip()

    return read


_READERS: Mapping[str, Callable[[str], Any]] = {
    "price": read_price,
    "purchase_unit": str.strip,
    "dated": read_day,
    **{name: _text(name) for name in TEXT_LIMITS},
}


def _require_nobody_wrote(entry: Entry, cells: Sequence[TypedPrice], reading: _Reading) -> None:
    """Raises CellsChanged where somebody else wrote since the row was seen, also where they took it back."""
    wanted, keys = {}, {}
    for one in cells:
        row = reading.present.get(one.resource)
        if row is not None and one.resource in reading.values:
            wanted[row["id"]] = Seen(reading.values[one.resource], one.version)
            keys[row["id"]] = one.key
    require_unchanged(entry, "r", wanted, keys)
    absent = [one for one in cells if one.resource not in reading.present and one.version is not None]
    if absent:
        _require_not_taken_back(entry, absent)


def _require_not_taken_back(entry: Entry, absent: Sequence[TypedPrice]) -> None:
    oldest = min(one.version or 0 for one in absent)
    gone = RowChange.objects.filter(project=entry.project, kind="r", after__isnull=True, revision__gt=oldest)
    by_resource = {
        (before.get("kind"), before.get("name"), before.get("unit")): revision
        for revision, before in gone.order_by("revision").values_list("revision", "before")
        if before
    }
    conflicts = []
    for one in absent:
        revision = by_resource.get((one.resource.kind.value, one.resource.name, one.resource.unit), 0)
        if revision <= (one.version or 0):
            continue
        change = Change.objects.select_related("person").get(project=entry.project, revision=revision)
        if change.person_id != entry.person.pk:
            told = {"key": one.key, "field": "price", "yours": one.typed.get("price"), "theirs": None}
            told["name"] = str(words_of("r").fields["price"])
            about = {"person": str(change.person or ""), "at": change.at.isoformat(), "version": revision}
            conflicts.append({**told, **about})
    if conflicts:
        raise CellsChanged("cells.changed", conflicts)


def _write(entry: Entry, reading: _Reading) -> dict[str, int]:
    today = timezone.localdate()
    made, changed, removed = [], {}, []
    for resource, values in reading.values.items():
        before = reading.present.get(resource)
        if before is not None and values.get("price", before["price"]) is None:
            removed.append(before["id"])
        elif before is not None:
            if "dated" not in values and values.get("price", before["price"]) != before["price"]:
                values["dated"] = today
            changed[before["id"]] = values
        else:
            made.append({**resource._asdict(), "kind": resource.kind.value, "dated": today, **values})
    entry.remove_rows("r", removed)
    written = entry.change_rows("r", changed) + entry.add_rows("r", made)
    if written or removed:
        entry.update(resources=[_shown(one) for one in reading.values][:MOST_NAMED], count=len(written) + len(removed))
    return {"written": len(written), "cleared": len(removed)}


def reset_prices(*, entry: Entry, cells: Iterable[TypedPrice]) -> dict[str, Any]:
    """Take the own prices of resources out: the book's hold again. Raises CellsChanged."""
    wanted = list(cells)
    present = own_prices(entry.project, {one.resource.name for one in wanted})
    if not any(one.resource in present for one in wanted):
        raise Refused("price.none_of_own", {"resource": _shown(wanted[0].resource)}, field="resources")
    cleared = [
        TypedPrice(one.key, one.resource, one.version, {"price": ""}) for one in wanted if one.resource in present
    ]
    return set_prices(entry=entry, cells=cleared)


def _shown(resource: Resource) -> str:
    return f"{resource.name} ({resource.unit})"
