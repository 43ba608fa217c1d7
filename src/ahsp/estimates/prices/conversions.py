"""Acts on the recorded factors of a project, inside a change of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ahsp.core.errors import Conflict, NotFound
from ahsp.engine.conversions import first_contradiction, is_matter_of_hours
from ahsp.engine.estimate import price_estimate
from ahsp.engine.needs import resource_prices
from ahsp.engine.prices import Conversion, find_price
from ahsp.engine.resources import Resource
from ahsp.engine.units import fold_unit
from ahsp.estimates.prices.queries import load_price_tables
from ahsp.estimates.prices.rows import own_conversions, own_prices
from ahsp.estimates.prices.typed import Unusable, read_factor, spelled
from ahsp.estimates.queries import load_estimate
from ahsp.projects.cells import CellProblem, CellsRefused
from ahsp.projects.entries import Entry
from ahsp.projects.models import Project
from ahsp.projects.tables import key_of

MOST_TOLD = 50
Row = dict[str, Any]


class PricesNeedIt(Conflict):
    """Prices are converted by what is to go; `affected` names their resources."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("conversion.in_use", {"count": str(len(names))})
        self.more = {"affected": list(names[:MOST_TOLD])}


def set_conversions(*, entry: Entry, wanted: Sequence[Mapping[str, Any]]) -> list[int]:
    """Record factors, given as name, from_unit, to_unit, factor as typed, and note: 1 from_unit is factor to_unit.

    One between the same units, whichever way round, is changed. Gives their ids in order. Raises CellsRefused.
    """
    names = {one["name"] for one in wanted}
    rows = own_conversions(entry.project, names)
    known = _known_units(entry.project, names, rows)
    problems: list[CellProblem] = []
    ids = []
    for at, one in enumerate(wanted):
        read = _read(entry, one, known[one["name"]], f"conversions.{at}", problems)
        if read is not None:
            ids.append(_put(entry, rows, read))
    _require_agreement(rows, wanted, problems)
    if problems:
        raise CellsRefused(problems)
    return ids


def _read(
    entry: Entry, one: Mapping[str, Any], known: Collection[str], key: str, problems: list[CellProblem]
) -> Row | None:
    name = one["name"]
    from_unit, to_unit = spelled(one["from_unit"], known), spelled(one["to_unit"], known)
    data = {"name": name, "from_unit": from_unit, "to_unit": to_unit}
    code = ""
    if not (from_unit and to_unit):
        code = "conversion.unit_missing"
    elif fold_unit(from_unit) == fold_unit(to_unit):
        code = "conversion.same_unit"
    elif is_matter_of_hours(from_unit, to_unit):
        code, data = "conversion.labor", {"hours": f"{entry.project.hours_per_day:f}"}
    if code:
        problems.append(CellProblem(key, "from_unit", code, data))
        return None
    try:
        factor = read_factor(one["factor"], from_unit, to_unit)
    except Unusable as error:
        problems.append(CellProblem(key, "factor", error.code, error.data))
        return None
    return {**data, "factor": factor, "note": one.get("note", "")}


def _put(entry: Entry, rows: list[Row], values: Row) -> int:
    """Write one over what stands between the same units, or as a new row; `rows` follow."""
    units = {values["from_unit"], values["to_unit"]}
    same = [one for one in rows if one["name"] == values["name"] and {one["from_unit"], one["to_unit"]} == units]
    if same:
        entry.change_rows("c", {same[0]["id"]: values})
        same[0].update(values)
        return int(same[0]["id"])
    (pk,) = entry.add_rows("c", [values])
    rows.append({"id": pk, **values})
    return pk


def _require_agreement(rows: Sequence[Row], wanted: Sequence[Mapping[str, Any]], problems: list[CellProblem]) -> None:
    """Those of one resource say the same, whichever way one goes from unit to unit."""
    found = first_contradiction(_conversion(row) for row in rows)
    if found is None:
        return
    one = found.conversion
    at = next((at for at, row in enumerate(wanted) if row["name"] == one.name), 0)
    units = {"name": one.name, "from_unit": one.from_unit, "to_unit": one.to_unit}
    data = {**units, "factor": f"{one.factor:f}", "other": f"{round(found.other, 6).normalize():f}"}
    problems.append(CellProblem(f"conversions.{at}", "factor", "conversion.contradicts", data))


def _conversion(row: Mapping[str, Any]) -> Conversion:
    return Conversion(row["name"], row["from_unit"], row["to_unit"], row["factor"])


def _known_units(project: Project, names: Collection[str], rows: Sequence[Row]) -> dict[str, list[str]]:
    """How the units of each resource are spelled where its name stands already."""
    table = load_price_tables([project], names)[project.pk]
    known: dict[str, list[str]] = {name: [] for name in names}
    for resource in (*table.prices, *table.bought, *own_prices(project, names)):
        known.setdefault(resource.name, []).append(resource.unit)
    for one in (*map(_conversion, rows), *table.conversions):
        known.setdefault(one.name, []).extend((one.from_unit, one.to_unit))
    return known


def remove_conversions(*, entry: Entry, pks: Collection[int], confirmed: bool) -> None:
    """Take factors out. Raises PricesNeedIt where that leaves a price missing, unless `confirmed`, and NotFound."""
    rows = {row["id"]: row for row in own_conversions(entry.project)}
    for pk in set(pks) - rows.keys():
        raise NotFound("row.not_found", {"key": key_of("c", pk), "project": entry.project.name})
    before = set() if confirmed else _priced(entry.project)
    entry.remove_rows("c", pks)
    lost = before - _priced(entry.project) if before else set()
    if lost:
        raise PricesNeedIt(sorted(f"{one.name} ({one.unit})" for one in lost))
    entry.update(conversions=[_told(rows[pk]) for pk in pks][:MOST_TOLD])


def _priced(project: Project) -> set[Resource]:
    """The resources in use that have a price, and those with an own one that counts."""
    estimate = load_estimate(project)
    found = {one for one, price in resource_prices(price_estimate(estimate)).items() if price is not None}
    own = own_prices(project)
    table = load_price_tables([project], {one.name for one in own})[project.pk]
    return found | {one for one in own if find_price(table, one) is not None}


def _told(row: Mapping[str, Any]) -> str:
    return f"1 {row['from_unit']} {row['name']} = {row['factor'].normalize():f} {row['to_unit']}"
