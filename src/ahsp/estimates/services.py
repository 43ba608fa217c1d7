"""Acts on the bill of quantities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Max

from ahsp.accounts.models import Person
from ahsp.catalog.queries import editions_with, ids_by_code
from ahsp.core.copying import reserve_ids
from ahsp.engine import estimate as engine
from ahsp.engine.issues import Issue, Severity
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.tree import issues_to_json
from ahsp.projects.models import Project
from ahsp.projects.services import project_change

Child = engine.Section | engine.WorkItem
BATCH = 2000


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
        writer = _Writer(project, _next_position(project), _Codes(project, children))
        writer.add(children, None)
        Section.objects.bulk_create(writer.sections, batch_size=BATCH)
        WorkItem.objects.bulk_create(writer.items, batch_size=BATCH)
        data.update(source=source, replaced=replace, sections=len(writer.sections), items=len(writer.items))


def _next_position(project: Project) -> int:
    positions = [
        model.objects.filter(project=project).aggregate(last=Max("position"))["last"] for model in (Section, WorkItem)
    ]
    return 1 + max((position for position in positions if position is not None), default=0)


class _Codes:
    """What the codes of a bill mean in the project's edition."""

    def __init__(self, project: Project, children: Sequence[Child]) -> None:
        codes = {item.analysis for item in _items(children) if item.analysis}
        self.ids: Mapping[str, int] = ids_by_code(project.edition, codes)
        self.elsewhere = editions_with(codes - set(self.ids), other_than=project.edition)

    def issues(self, code: str) -> tuple[Issue, ...]:
        """A code of another edition is said to be one."""
        if code not in self.elsewhere:
            return ()
        data = {"code": code, "edition": self.elsewhere[code]}
        return (Issue("analysis.other_edition", Severity.WARNING, data),)


def _items(children: Sequence[Child]) -> Iterator[engine.WorkItem]:
    for child in children:
        if isinstance(child, engine.Section):
            yield from _items(child.children)
        else:
            yield child


class _Writer:
    """Turns the engine's tree into rows, positions counted through sections and items alike."""

    def __init__(self, project: Project, position: int, codes: _Codes) -> None:
        self.project = project
        self.position = position
        self.codes = codes
        self.sections: list[Section] = []
        self.items: list[WorkItem] = []

    def add(self, children: Sequence[Child], parent: Section | None) -> None:
        ids = iter(reserve_ids(Section, sum(isinstance(child, engine.Section) for child in children)))
        for child in children:
            if isinstance(child, engine.Section):
                section = self._section(next(ids), child, parent)
                self.sections.append(section)
                self.add(child.children, section)
            else:
                self.items.append(self._item(child, parent))

    def _place(self) -> int:
        self.position += 1
        return self.position - 1

    def _section(self, pk: int, section: engine.Section, parent: Section | None) -> Section:
        return Section(
            pk=pk,
            project=self.project,
            organization_id=self.project.organization_id,
            parent=parent,
            position=self._place(),
            number=section.number,
            name=section.name,
        )

    def _item(self, item: engine.WorkItem, parent: Section | None) -> WorkItem:
        code = item.analysis or ""
        return WorkItem(
            project=self.project,
            organization_id=self.project.organization_id,
            section=parent,
            position=self._place(),
            number=item.number,
            code=code,
            analysis_id=self.codes.ids.get(code),
            description=item.description,
            unit=item.unit,
            quantity=item.quantity,
            unit_price=item.unit_price,
            reading_issues=issues_to_json((*item.issues, *self.codes.issues(code))),
        )
