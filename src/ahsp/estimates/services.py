"""Acts on the bill of quantities."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from ahsp.accounts.models import Person
from ahsp.catalog.codes import resolve_codes, tidy_code, written_codes
from ahsp.catalog.queries import editions_with, ids_by_code
from ahsp.core.copying import copy_rows, reserve_ids
from ahsp.engine import estimate as engine
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.tree import HUNDRED, issues_to_json
from ahsp.projects.models import Project
from ahsp.projects.services import project_change

Child = engine.Section | engine.WorkItem


def import_boq(
    *, project: Project, person: Person, children: Sequence[Child], replace: bool, source: str, expected: int
) -> None:
    """Write a bill that was read from the file `source`: instead of the present one, or after it.

    Raises Conflict if the project changed since revision `expected`.
    """
    with project_change(project=project, person=person, act="boq.import", expected=expected) as data:
        if replace:
            WorkItem.objects.filter(project=project).delete()
            Section.objects.filter(project=project).delete()
        codes = Codes(project, children)
        writer = _Writer(project, next_position(project), codes.ids)
        writer.add(resolve_codes(children, codes.ids, codes.editions_with), None)
        copy_rows(Section, SECTION_COLUMNS, writer.sections)
        copy_rows(WorkItem, ITEM_COLUMNS, writer.items)
        data.update(source=source, replaced=replace, sections=len(writer.sections), items=len(writer.items))


def next_position(project: Project) -> int:
    """The position behind everything in the project."""
    positions = [
        model.objects.filter(project=project).aggregate(last=Max("position"))["last"] for model in (Section, WorkItem)
    ]
    return 1 + max((position for position in positions if position is not None), default=0)


class Codes:
    """What the codes of a bill mean in the project's edition. Two queries."""

    def __init__(self, project: Project, children: Sequence[Child]) -> None:
        written = set(written_codes(children))
        codes = written | {tidy_code(code) for code in written}
        self.ids = ids_by_code(project.edition, codes)
        self._elsewhere = editions_with(codes - set(self.ids), other_than=project.edition)

    def editions_with(self, code: str) -> list[str]:
        return [self._elsewhere[code]] if code in self._elsewhere else []


SECTION_COLUMNS = ("id", "project", "organization", "parent", "position", "number", "name")
ITEM_COLUMNS = (
    "project",
    "organization",
    "section",
    "position",
    "number",
    "code",
    "analysis",
    "description",
    "unit",
    "quantity",
    "unit_price",
    "overhead",
    "reading_issues",
)


class _Writer:
    """Turns the engine's tree into rows to COPY, positions counted through sections and items alike."""

    def __init__(self, project: Project, position: int, ids: Mapping[str, int]) -> None:
        self.owner = (project.pk, project.organization_id)
        self.position = position
        self.ids = ids
        self.sections: list[tuple[Any, ...]] = []
        self.items: list[tuple[Any, ...]] = []

    def add(self, children: Sequence[Child], parent: int | None) -> None:
        ids = iter(reserve_ids(Section, sum(isinstance(child, engine.Section) for child in children)))
        for child in children:
            place = self.position
            self.position += 1
            if isinstance(child, engine.Section):
                pk = next(ids)
                self.sections.append((pk, *self.owner, parent, place, child.number, child.name))
                self.add(child.children, pk)
            else:
                self.items.append((*self.owner, parent, place, *self._item(child)))

    def _item(self, item: engine.WorkItem) -> tuple[Any, ...]:
        code = item.analysis or ""
        overhead = None if item.overhead is None else item.overhead * HUNDRED
        return (
            item.number,
            code,
            self.ids.get(code),
            item.description,
            item.unit,
            item.quantity,
            item.unit_price,
            overhead,
            json.dumps(issues_to_json(item.issues)),
        )
