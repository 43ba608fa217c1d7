"""What the quantities of a project are calculated from, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ahsp.engine.known_names import ITEM_NAME
from ahsp.engine.quantities import QuantityGraph, Source, item_name
from ahsp.engine.takeoff import CELLS, TakeoffLine
from ahsp.estimates.models import Parameter, WorkItem
from ahsp.estimates.models import TakeoffLine as StoredLine
from ahsp.estimates.models.quantities import REFERRING
from ahsp.projects.models import Project

LINE_FIELDS = ("description", *CELLS)
_LABEL_CHARS = 40
# Beyond it a list of tags costs the database more than reading all.
_MOST_LISTED = 20_000


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What a work item is for the calculation of quantities. `formula` is without its "="."""

    pk: int
    tag: int
    number: str
    description: str
    formula: str
    quantity: Decimal | None
    measured: bool
    quantity_issues: list[Any]

    @property
    def name(self) -> str:
        return item_name(self.tag)

    @property
    def label(self) -> str:
        """As a person sees it: v12 (I.1 Beton)."""
        described = self.description if len(self.description) <= _LABEL_CHARS else f"{self.description[:_LABEL_CHARS]}…"
        return f"{self.name} ({' '.join(f'{self.number} {described}'.split())})"


_ITEM_FIELDS = ("id", "tag", "number", "description", "formula", "quantity", "measured", "quantity_issues")


def shown_formula(formula: str) -> str:
    """The formula of an item as people see it and as positions in it are counted."""
    return f"={formula}"


def load_parameters(project: Project) -> list[Parameter]:
    return list(Parameter.objects.filter(project=project).order_by("position", "id"))


def load_items(project: Project, tags: Iterable[int]) -> list[ItemRow]:
    """Those with one of `tags`."""
    wanted = set(tags)
    if not wanted:
        return []
    rows = WorkItem.objects.filter(project=project)
    if len(wanted) <= _MOST_LISTED:
        rows = rows.filter(tag__in=wanted)
    return [ItemRow(*row) for row in rows.values_list(*_ITEM_FIELDS) if row[1] in wanted]


def load_sheets(project: Project, items: Collection[int]) -> dict[int, list[TakeoffLine]]:
    """The take-off lines of items, by the id of the item, in order; of items without any there is nothing."""
    rows = StoredLine.objects.filter(project=project).order_by("item_id", "position", "id")
    if len(items) <= _MOST_LISTED:
        rows = rows.filter(item_id__in=items)
    found: dict[int, list[TakeoffLine]] = defaultdict(list)
    for item, *cells in rows.values_list("item_id", *LINE_FIELDS):
        found[item].append(TakeoffLine(*cells))
    wanted = set(items)
    return {item: lines for item, lines in found.items() if item in wanted}


class Reach:
    """Who refers to whom in a project. Three queries, whatever its size: parameters, items with a formula, and the
    take-off lines that name something."""

    def __init__(self, project: Project) -> None:
        self.parameters = load_parameters(project)
        with_formula = WorkItem.objects.filter(project=project).exclude(formula="")
        sources: dict[str, Source] = {
            item_name(tag): shown_formula(formula) for tag, formula in with_formula.values_list("tag", "formula")
        }
        lines: dict[str, list[TakeoffLine]] = defaultdict(list)
        naming = StoredLine.objects.filter(REFERRING, project=project).order_by("position")
        for tag, *cells in naming.values_list("item__tag", *LINE_FIELDS):
            lines[item_name(tag)].append(TakeoffLine(*cells))
        sources.update({name: tuple(found) for name, found in lines.items() if name not in sources})
        self.formulas = {one.name: one.formula for one in self.parameters}
        self.graph = QuantityGraph(self.formulas, sources)

    def users(self, name: str) -> list[str]:
        return self.graph.users(name)

    def dependents(self, names: Iterable[str]) -> list[str]:
        return self.graph.dependents(*names)


def tags_of(names: Iterable[str]) -> set[int]:
    """The tags of those names that are of items: {12} of {"v12", "tinggi"}."""
    return {int(name[1:]) for name in names if ITEM_NAME.fullmatch(name)}


def graph_of(
    project: Project,
    parameters: Mapping[str, str],
    items: Sequence[ItemRow],
    sheets: Mapping[int, Sequence[TakeoffLine]],
) -> QuantityGraph:
    """A graph in which `parameters` and `items` are calculated; what else they refer to has the quantity it has.

    One query.
    """
    sources: dict[str, Source] = {
        one.name: shown_formula(one.formula) if one.formula else tuple(sheets.get(one.pk, ())) for one in items
    }
    graph = QuantityGraph(parameters, sources, {one.name: one.label for one in items})
    asked = {name for names in graph.references.values() for name in names} - sources.keys()
    known = load_items(project, tags_of(asked))
    faulty = frozenset(one.name for one in known if one.quantity is None and (one.formula or one.measured))
    return graph.knowing({one.name: one.quantity for one in known}, {one.name: one.label for one in known}, faulty)
