"""A project with a few items, and commands on it as the API carries them out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ahsp.accounts.models import Person
from ahsp.estimates.models import Parameter, TakeoffLine, WorkItem
from ahsp.projects.commands import carry_out, command_of
from ahsp.projects.models import Change, Project
from ahsp.projects.services import project_change


def run(project: Project, person: Person, name: str, **arguments: Any) -> Mapping[str, Any]:
    """The command's result; its values are read by the serializer that the API reads them by."""
    wanted = command_of(name)
    shape = wanted.shape(data=arguments)
    shape.is_valid(raise_exception=True)
    with project_change(project=project, person=person, act=name) as entry:
        return carry_out(entry, wanted, shape.validated_data)


def make_items(project: Project, *sources: str | None) -> list[WorkItem]:
    """Items with the tags 1, 2, ...: a source that begins with "=" is a formula, any other a quantity."""
    return [
        WorkItem.objects.create(
            project=project,
            organization=project.organization,
            position=tag * 2**20,
            tag=tag,
            number=str(tag),
            description=f"Pekerjaan {tag}",
            unit="m3",
            unit_price=Decimal(1000),
            formula=source[1:] if source and source.startswith("=") else "",
            quantity=None if source is None or source.startswith("=") else Decimal(source),
        )
        for tag, source in enumerate(sources, 1)
    ]


def add_parameters(project: Project, person: Person, **formulas: str) -> None:
    rows = [as_row({"name": name, "formula": formula}) for name, formula in formulas.items()]
    run(project, person, "parameters.add", rows=rows)


def as_row(flat: Mapping[str, Any]) -> dict[str, Any]:
    """What names a row beside its values, as commands take it."""
    place = {name: value for name, value in flat.items() if name in {"key", "id", "version", "after"}}
    return {**place, "values": {name: value for name, value in flat.items() if name not in place}}


def set_sheet(
    project: Project, person: Person, item: WorkItem, *lines: dict[str, str], **more: Any
) -> Mapping[str, Any]:
    return run(
        project,
        person,
        "takeoff.set_lines",
        item=f"i{item.pk}",
        rows=[as_row(line) for line in lines],
        whole=True,
        **more,
    )


def quantities(project: Project) -> list[str | None]:
    """By tag, without zeros that say nothing."""
    found = WorkItem.objects.filter(project=project).order_by("tag").values_list("quantity", flat=True)
    return [None if one is None else f"{one.normalize():f}" for one in found]


def issue_codes(project: Project, tag: int) -> list[str]:
    return [one["code"] for one in WorkItem.objects.get(project=project, tag=tag).quantity_issues]


def parameter(project: Project, name: str) -> Parameter:
    return Parameter.objects.get(project=project, name=name)


def sheet_texts(item: WorkItem) -> list[str]:
    return list(TakeoffLine.objects.filter(item=item).order_by("position").values_list("description", flat=True))


def last_change(project: Project) -> Change:
    return project.changes.order_by("-revision")[0]
