"""Acts on the parameters of a project, inside a change of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ahsp.core.errors import NotFound, Refused
from ahsp.engine.formula_syntax import with_name_replaced
from ahsp.engine.numbers import Notation
from ahsp.engine.quantities import name_problem
from ahsp.engine.takeoff import CELLS
from ahsp.estimates.models import Parameter, TakeoffLine, WorkItem
from ahsp.estimates.models.quantities import REFERRING
from ahsp.estimates.places import ROOM
from ahsp.estimates.quantities.formulas import Faults, formula_problem, without_sign
from ahsp.estimates.quantities.sources import load_parameters
from ahsp.estimates.quantities.uses import require_unused
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of

MOST_PARAMETERS = 1_000
Values = Mapping[str, Any]


def add_parameters(*, entry: Entry, wanted: Sequence[tuple[str, Values]]) -> list[int]:
    """Make parameters from what the program calls each and its name, formula, unit and note, behind those there are.

    Their ids. Raises Refused and CellsRefused.
    """
    present = load_parameters(entry.project)
    if len(present) + len(wanted) > MOST_PARAMETERS:
        raise Refused("parameter.too_many", {"limit": str(MOST_PARAMETERS)}, field="rows")
    faults, taken = Faults(), {one.name.casefold() for one in present}
    last = present[-1].position if present else 0
    rows = []
    for at, (key, values) in enumerate(wanted, 1):
        _check_name(values["name"], taken, key, faults)
        taken.add(values["name"].casefold())
        faults.add_issue(key, "formula", formula_problem(values["formula"]))
        rows.append({**values, "formula": without_sign(values["formula"]), "position": last + ROOM * at})
    faults.refuse()
    return entry.add_rows("p", rows)


def change_parameters(*, entry: Entry, wanted: Mapping[int, Values]) -> None:
    """Set name, formula, unit and note by id. Whoever refers to one that gets another name follows.

    Raises NotFound and CellsRefused.
    """
    present = {one.pk: one for one in load_parameters(entry.project)}
    faults = Faults()
    changed: dict[int, dict[str, Any]] = {}
    renamed: dict[str, str] = {}
    for pk, values in wanted.items():
        if pk not in present:
            raise NotFound("row.not_found", {"key": key_of("p", pk), "project": entry.project.name})
        changed[pk] = dict(values)
        name, key = values.get("name", present[pk].name), key_of("p", pk)
        if name != present[pk].name:
            _check_name(name, {one.name.casefold() for one in present.values() if one.pk != pk}, key, faults)
            renamed[present[pk].name] = name
            present[pk].name = name
        if "formula" in values:
            faults.add_issue(key, "formula", formula_problem(values["formula"]))
            changed[pk]["formula"] = without_sign(values["formula"])
    faults.refuse()
    entry.change_rows("p", changed)
    for old, new in renamed.items():
        _rename(entry, old, new)


def _check_name(name: str, taken: Collection[str], key: str, faults: Faults) -> None:
    faults.add_issue(key, "name", name_problem(name))
    if name.casefold() in taken:
        faults.add(key, "name", "parameter.exists", {"name": name})


def _rename(entry: Entry, old: str, new: str) -> None:
    """Write `new` for `old` in every formula of the project."""

    def follow(text: str) -> str:
        return with_name_replaced(text, old, new, Notation.INDONESIAN) if old in text else text

    project = entry.project
    parameters = Parameter.objects.filter(project=project, formula__contains=old).values_list("id", "formula")
    entry.change_rows("p", {pk: {"formula": follow(text)} for pk, text in parameters})
    items = WorkItem.objects.filter(project=project, formula__contains=old).values_list("id", "formula")
    entry.change_rows("i", {pk: {"formula": follow(text)} for pk, text in items})
    lines = TakeoffLine.objects.filter(REFERRING, project=project).values_list("id", *CELLS)
    changed: dict[int, dict[str, str]] = {}
    for pk, *texts in lines:
        cells = {cell: follow(text) for cell, text in zip(CELLS, texts, strict=True) if old in text}
        if cells:
            changed[pk] = cells
    entry.change_rows("t", changed)


def remove_parameters(*, entry: Entry, pks: Collection[int], confirmed: bool) -> None:
    """Take parameters out. Raises InUse unless `confirmed`: what rests on them then lacks its quantity and says why."""
    names = list(Parameter.objects.filter(project=entry.project, pk__in=list(pks)).values_list("name", flat=True))
    if not confirmed:
        leaving = {key_of("p", pk) for pk in pks}
        require_unused(entry.project, names, code="parameter.in_use", leaving=leaving)
    entry.remove_rows("p", pks)
