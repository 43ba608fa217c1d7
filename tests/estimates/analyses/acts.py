"""A project whose edition has lines of every sort, and commands on it as the API carries them out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ahsp.accounts.models import Person
from ahsp.catalog.models import Analysis, AnalysisLine, Edition, Resource
from ahsp.catalog.queries import forget_catalog
from ahsp.estimates.models import ProjectAnalysis, ProjectLine, WorkItem
from ahsp.estimates.queries import priced_estimate
from ahsp.estimates.services import import_boq
from ahsp.exchange.project_files import dump
from ahsp.projects.commands import carry_out, command_of
from ahsp.projects.models import Project
from ahsp.projects.services import project_change
from tests.builders import bill

BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 10
2 | 1.1 | Galian pondasi | m3 | 4
3 | 2.1 | Lantai kerja | m2 | 100
# Lain-lain
4 | 2.2 | Rabat | m2 | 5
5 |     | Mobilisasi | ls | 1 | 5000000
6 | X.9 | Belum dikenal | m2 | 2
"""


def add_rich_analyses(edition: Edition) -> None:
    """2.1 nests 1.3 and has a percentage, a lump sum and a note; 2.2 nests 2.1."""
    worker = Resource.objects.get(edition=edition, name="Pekerja")
    semen = Resource.objects.get(edition=edition, name="Semen")
    lines: dict[str, list[dict[str, Any]]] = {
        "2.1": [
            {"line_kind": "resource", "group_kind": "labor", "resource": worker, "coefficient": Decimal("0.25")},
            {"line_kind": "resource", "group_kind": "material", "resource": semen, "coefficient": Decimal("8.4")},
            {"line_kind": "percentage", "group_kind": "equipment", "name": "Alat", "percent": Decimal(5), "of": [1, 2]},
            {"line_kind": "nested", "nested_code": "1.3", "coefficient": Decimal(2)},
            {
                "line_kind": "lump_sum", "group_kind": "equipment", "name": "Alat bantu", "coefficient": Decimal(1),
                "price": Decimal(500),
            },
            {"line_kind": "information", "name": "Tebal 5 cm"},
        ],
        "2.2": [
            {"line_kind": "nested", "nested_code": "2.1", "coefficient": Decimal("1.5")},
            {"line_kind": "resource", "group_kind": "labor", "resource": worker, "coefficient": Decimal("0.1")},
        ],
    }  # fmt: skip
    for place, (code, found) in enumerate(lines.items(), 10):
        analysis = Analysis.objects.create(
            edition=edition, code=code, division="2", section="2", name=f"Pekerjaan {code}", unit="m2", position=place
        )
        for position, values in enumerate(found, 1):
            AnalysisLine.objects.create(analysis=analysis, position=position, **values)
    forget_catalog()


def fill(project: Project, person: Person) -> None:
    add_rich_analyses(project.edition)
    import_boq(project=project, person=person, children=bill(BILL), replace=True, source="b", expected=project.revision)


def run(project: Project, person: Person, name: str, /, **arguments: Any) -> Mapping[str, Any]:
    """The command's result; its values are read by the serializer that the API reads them by."""
    wanted = command_of(name)
    shape = wanted.shape(data=arguments)
    shape.is_valid(raise_exception=True)
    with project_change(project=project, person=person, act=name) as entry:
        return carry_out(entry, wanted, shape.validated_data)


def undo(project: Project, person: Person) -> None:
    run(project, person, "changes.undo", revision=project.revision)


def state(project: Project) -> dict[str, Any]:
    """Everything the project is."""
    return {**dump(project), "revision": 0}


def item(project: Project, number: str) -> WorkItem:
    return WorkItem.objects.get(project=project, number=number)


def own(project: Project, code: str) -> ProjectAnalysis:
    return ProjectAnalysis.objects.get(project=project, code=code)


def lines(project: Project, code: str) -> list[ProjectLine]:
    return list(ProjectLine.objects.filter(analysis=own(project, code)).order_by("position", "id"))


def told(project: Project, code: str) -> list[str]:
    """Each line in a few words: "Pekerja 0.75"; of a percentage the names it is of."""
    rows = lines(project, code)
    names = {row.position: row.name or row.nested_code for row in rows}
    figures = ((row, row.coefficient if row.percent is None else row.percent) for row in rows)
    return [
        " ".join(
            [row.name or row.nested_code, *([] if figure is None else [f"{figure.normalize():f}"]),
             *(["of " + ", ".join(names[one] for one in row.of)] if row.of else [])]
        )
        for row, figure in figures
    ]  # fmt: skip


def unit_prices(project: Project) -> dict[str, str | None]:
    """Unit price by number of the item, as it counts."""
    priced = priced_estimate(project)
    return {one.item.number: None if one.rounded is None else f"{one.rounded.normalize():f}" for one in priced.items()}
