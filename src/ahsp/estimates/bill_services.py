"""Acts on single sections and work items of a bill, each a change of its own; the commands share what they write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ahsp.accounts.models import Person
from ahsp.core.errors import Conflict, NotFound, Refused
from ahsp.estimates.bill.move_services import move_rows
from ahsp.estimates.bill.outline import Outline, section
from ahsp.estimates.bill.row_services import NewRow, add_rows
from ahsp.estimates.bill.rows import ITEM_COLUMNS, changed_items
from ahsp.estimates.bill.telling import label, told
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.places import Place
from ahsp.estimates.quantities.formulas import Faults
from ahsp.projects.cells import CellsRefused
from ahsp.projects.entries import Entry
from ahsp.projects.models import Project
from ahsp.projects.services import project_change

Values = Mapping[str, Any]
ITEM_VALUES = ("number", "code", "description", "unit", "quantity", "unit_price", "overhead")
SECTION_VALUES = ("number", "name")


def add_item(*, project: Project, person: Person, expected: int, values: Values, place: Place) -> WorkItem:
    """Make a work item from `values` of ITEM_VALUES; description and unit come from the analysis where not given.

    Raises Refused and Conflict.
    """
    with project_change(project=project, person=person, act="item.add", expected=expected) as entry:
        item = _item(project, _add(entry, "i", values, place))
        entry.update(_named(item), **{name: told(None, getattr(item, name)) for name in values})
    return item


def change_item(
    *, project: Project, person: Person, expected: int, pk: int, values: Values, place: Place | None
) -> WorkItem:
    """Change `values` of ITEM_VALUES, and the place if one is given; no difference, no revision.

    Raises NotFound, Refused and Conflict.
    """
    item = _item(project, pk)
    if place is None and not _differing(item, values):
        return item
    with project_change(project=project, person=person, act="item.change", expected=expected) as entry:
        before = entry.read("i", [pk], ITEM_COLUMNS)
        wanted = {pk: {**values, "formula": ""} if "quantity" in values else values}
        with _of_one_row():
            faults = Faults()
            changed = changed_items(project, before, wanted, faults)
            faults.refuse()
        entry.change_rows("i", changed)
        if place is not None:
            entry["place"] = told(item.section_id, place.parent)
            _move(entry, f"i{pk}", place)
        item = _item(project, pk)
        names = [name for name in values if name in changed.get(pk, {})]
        entry.update(_named(item), **{name: told(before[pk][name], getattr(item, name)) for name in names})
    return item


def remove_item(*, project: Project, person: Person, expected: int, pk: int) -> None:
    """Take a work item out; the change entry keeps what it held. Raises NotFound and Conflict."""
    _item(project, pk)
    with project_change(project=project, person=person, act="item.remove", expected=expected) as entry:
        item = _item(project, pk)
        entry.update(_named(item), **{name: told(getattr(item, name), None) for name in ITEM_VALUES})
        entry.remove_rows("i", [pk])


def add_section(*, project: Project, person: Person, expected: int, values: Values, place: Place) -> Section:
    """Make a section from `values` of SECTION_VALUES. Raises Refused and Conflict."""
    with project_change(project=project, person=person, act="section.add", expected=expected) as entry:
        made = open_section(project, _add(entry, "s", values, place))
        entry.update(id=made.pk, **{name: told(None, getattr(made, name)) for name in values})
    return made


def change_section(
    *, project: Project, person: Person, expected: int, pk: int, values: Values, place: Place | None
) -> Section:
    """Change `values` of SECTION_VALUES, and the place if one is given. Raises NotFound, Refused and Conflict."""
    before = open_section(project, pk)
    if place is None and not _differing(before, values):
        return before
    with project_change(project=project, person=person, act="section.change", expected=expected) as entry:
        before = open_section(project, pk)
        entry.update(id=pk, **{name: told(getattr(before, name), values[name]) for name in _differing(before, values)})
        entry.change_rows("s", {pk: values})
        if place is not None:
            entry["place"] = told(before.parent_id, place.parent)
            _move(entry, f"s{pk}", place)
    return open_section(project, pk)


def remove_section(*, project: Project, person: Person, expected: int, pk: int, with_content: bool) -> None:
    """Take a section out, with all that stands in it only if `with_content`. Raises NotFound and Conflict."""
    open_section(project, pk)
    with project_change(project=project, person=person, act="section.remove", expected=expected) as entry:
        gone = open_section(project, pk)
        inside = Outline(project, [f"s{pk}"]).inside([f"s{pk}"])
        items = list(WorkItem.objects.filter(project=project, section_id__in=[int(key[1:]) for key in inside]))
        counts = {"sections": str(len(inside) - 1), "items": str(len(items))}
        if not with_content and (len(inside) > 1 or items):
            raise Conflict("section.not_empty", {"section": str(gone), **counts})
        entry.update(id=pk, name=told(gone.name, None), number=told(gone.number, None), **counts)
        entry["removed_items"] = [
            _named(item) | {name: told(getattr(item, name), None)["before"] for name in ITEM_VALUES} for item in items
        ]
        entry.remove_rows("s", [pk])


def open_section(project: Project, pk: int) -> Section:
    """Raises NotFound."""
    found = Section.objects.filter(project=project, pk=pk).first()
    if found is None:
        raise NotFound("section.not_found", {"project": project.name})
    return found


def _item(project: Project, pk: int) -> WorkItem:
    item = WorkItem.objects.filter(project=project, pk=pk).first()
    if item is None:
        raise NotFound("item.not_found", {"project": project.name})
    return item


def _add(entry: Entry, kind: str, values: Values, place: Place) -> int:
    with _of_one_row():
        (key,) = add_rows(entry=entry, wanted=[NewRow(kind, values, section(place.parent), place.after)])
    return int(key[1:])


@contextmanager
def _of_one_row() -> Iterator[None]:
    """What is wrong with a cell of the only row is told as what is wrong with a value."""
    try:
        yield
    except CellsRefused as error:
        first = error.more["errors"][0]
        raise Refused(first["code"], first["data"], field=first["field"]) from error


def _move(entry: Entry, key: str, place: Place) -> None:
    move_rows(entry=entry, keys=[key], parent=section(place.parent), after=place.after)


def _differing(row: Section | WorkItem, values: Values) -> list[str]:
    return [name for name, value in values.items() if getattr(row, name) != value]


def _named(item: WorkItem) -> dict[str, Any]:
    return {"id": item.pk, "label": label({"number": item.number, "description": item.description})}
