"""Reads of parameters and take-off sheets, with what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from ahsp.core.errors import NotFound
from ahsp.engine.issues import Issue
from ahsp.engine.quantities import Quantities
from ahsp.engine.takeoff import CELLS, MeasuredSheet, TakeoffLine
from ahsp.estimates.models import Parameter, WorkItem
from ahsp.estimates.models import TakeoffLine as StoredLine
from ahsp.estimates.quantities.sources import (
    ItemRow,
    Reach,
    graph_of,
    load_items,
    load_parameters,
    load_sheets,
)
from ahsp.estimates.quantities.uses import Use, uses_of
from ahsp.projects.models import Project


@dataclass(frozen=True, slots=True)
class KnownParameter:
    row: Parameter
    value: Decimal | None
    issues: tuple[Issue, ...]
    uses: list[Use]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The take-off of an item: stored lines beside what they come to, in order."""

    item: ItemRow
    lines: list[StoredLine]
    measured: MeasuredSheet


def parameters_of(project: Project) -> list[KnownParameter]:
    """Every parameter with its value and who uses it."""
    reach = Reach(project)
    found = _values(project, reach.parameters)
    uses = uses_of(project, reach.formulas, reach)
    return [
        KnownParameter(one, found.values.get(one.name), found.issues.get(one.name, ()), uses[one.name])
        for one in reach.parameters
    ]


def _values(project: Project, parameters: Iterable[Parameter]) -> Quantities:
    """The values of parameters; quantities of the items that they name are as stored."""
    return graph_of(project, {one.name: one.formula for one in parameters}, (), {}).evaluate()


@dataclass(frozen=True, slots=True)
class Whole:
    """Parameters and items of a project, and what everything comes to by name; sheets of items that have one."""

    parameters: list[Parameter]
    items: list[ItemRow]
    found: Quantities


def whole_takeoff(project: Project) -> Whole:
    """Every parameter, formula and sheet with what it comes to."""
    parameters = load_parameters(project)
    rows = load_items(project, WorkItem.objects.filter(project=project).values_list("tag", flat=True))
    sheets = load_sheets(project, [row.pk for row in rows])
    items = [row for row in rows if row.formula or row.pk in sheets]
    graph = graph_of(project, {one.name: one.formula for one in parameters}, items, sheets)
    return Whole(parameters, rows, graph.evaluate())


def sheet_of(project: Project, pk: int) -> Sheet:
    """The take-off sheet of an item with the value of every line. Raises NotFound."""
    row = WorkItem.objects.filter(project=project, pk=pk).values_list("tag", flat=True).first()
    items = [] if row is None else load_items(project, {row})
    if not items:
        raise NotFound("item.not_found", {"project": project.name})
    lines = list(StoredLine.objects.filter(project=project, item=pk).order_by("position", "id"))
    return Sheet(items[0], lines, _measured(project, items[0], [engine_line(line) for line in lines]))


def engine_line(line: StoredLine) -> TakeoffLine:
    return TakeoffLine(line.description, *(getattr(line, cell) for cell in CELLS))


def _measured(project: Project, item: ItemRow, lines: list[TakeoffLine]) -> MeasuredSheet:
    formulas = {one.name: one.formula for one in load_parameters(project)}
    found = graph_of(project, formulas, [replace(item, formula="")], {item.pk: lines}).evaluate()
    return found.sheets[item.name]
