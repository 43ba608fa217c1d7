"""Acts on the bill of quantities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Max

from ahsp.accounts.models import Person
from ahsp.catalog.codes import resolve_codes, written_codes
from ahsp.core.copying import reserve_ids
from ahsp.engine import estimate as engine
from ahsp.estimates.bill.codes import Codes
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.places import ROOM
from ahsp.estimates.tree import HUNDRED, issues_to_json, walk
from ahsp.projects.entries import Entry
from ahsp.projects.models import Numbering, Project
from ahsp.projects.services import project_change

Child = engine.Section | engine.WorkItem


def import_boq(
    *, project: Project, person: Person, children: Sequence[Child], replace: bool, source: str, expected: int
) -> None:
    """Write a bill that was read from the file `source`: instead of the present one, or after it.

    The whole bill of a project keeps the numbers it has in the file; one that comes after others, or has none, is
    numbered as the project is.
    Raises Conflict if the project changed since revision `expected`.
    """
    with project_change(project=project, person=person, act="boq.import", expected=expected) as entry:
        if replace:
            take_out_all(entry)
        if _is_numbered(children) and not has_rows(project):
            entry.change_rows("g", {project.pk: {"numbering": Numbering.WRITTEN}})
        codes = Codes(project, written_codes(children))
        tags = take_tags(project, sum(1 for _ in _items(children)))
        writer = _Writer(next_position(project), iter(tags), codes)
        writer.add(resolve_codes(children, codes.known, codes.editions_with), None)
        entry.add_rows("s", writer.sections)
        entry.add_rows("i", writer.items)
        entry.update(source=source, replaced=replace, sections=len(writer.sections), items=len(writer.items))


def _is_numbered(children: Sequence[Child]) -> bool:
    return any(child.number for _, child in walk(children))


def has_rows(project: Project) -> bool:
    """Whether anything stands in the bill."""
    return any(model.objects.filter(project=project).exists() for model in (Section, WorkItem))


def take_out_all(entry: Entry) -> None:
    """Every section and work item of the project."""
    for model, kind in ((WorkItem, "i"), (Section, "s")):
        entry.remove_rows(kind, list(model.objects.filter(project=entry.project).values_list("id", flat=True)))


def next_position(project: Project) -> int:
    """A position behind everything in the project."""
    positions = [
        model.objects.filter(project=project).aggregate(last=Max("position"))["last"] for model in (Section, WorkItem)
    ]
    return ROOM + max((position for position in positions if position is not None), default=0)


def take_tags(project: Project, count: int) -> list[int]:
    """`count` tags that no work item of the project has or had: a formula that names an item which is gone must not
    come to mean another. To be called inside a change of the project."""
    if not count:
        return []
    own = Project.objects.filter(pk=project.pk)
    given = own.values_list("last_tag", flat=True).get()
    present = WorkItem.objects.filter(project=project).aggregate(last=Max("tag"))["last"] or 0
    first = 1 + max(given, present)
    own.update(last_tag=first + count - 1)
    return list(range(first, first + count))


class _Writer:
    """Turns the engine's tree into rows, positions counted through sections and items alike."""

    def __init__(self, position: int, tags: Iterator[int], codes: Codes) -> None:
        self.position = position
        self.tags = tags
        self.codes = codes
        self.sections: list[dict[str, Any]] = []
        self.items: list[dict[str, Any]] = []

    def add(self, children: Sequence[Child], parent: int | None) -> None:
        ids = iter(reserve_ids(Section, sum(isinstance(child, engine.Section) for child in children)))
        for child in children:
            place = self.position
            self.position += ROOM
            if isinstance(child, engine.Section):
                pk = next(ids)
                row = {"id": pk, "parent_id": parent, "position": place, "number": child.number, "name": child.name}
                self.sections.append(row)
                self.add(child.children, pk)
            else:
                self.items.append({"section_id": parent, "position": place, **self._item(child)})

    def _item(self, item: engine.WorkItem) -> dict[str, Any]:
        meaning = self.codes.meaning(item.analysis or "")
        return {
            "tag": next(self.tags),
            "number": item.number,
            "code": meaning.code,
            "analysis_id": meaning.analysis_id,
            "own_id": meaning.own_id,
            "description": item.description,
            "unit": item.unit,
            "quantity": item.quantity,
            "unit_price": item.unit_price,
            "overhead": None if item.overhead is None else item.overhead * HUNDRED,
            "reading_issues": issues_to_json(item.issues),
        }


def _items(children: Sequence[Child]) -> Iterator[engine.WorkItem]:
    for child in children:
        if isinstance(child, engine.Section):
            yield from _items(child.children)
        else:
            yield child
