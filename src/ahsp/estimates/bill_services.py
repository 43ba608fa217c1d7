"""Acts on single sections and work items of a bill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ahsp.accounts.models import Person
from ahsp.catalog.codes import resolve_codes
from ahsp.catalog.queries import named_analysis
from ahsp.core.errors import Conflict, NotFound, Refused
from ahsp.engine import estimate as engine
from ahsp.engine.issues import Issue
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.places import Place, make_room, require_depth
from ahsp.estimates.services import Codes, next_tag
from ahsp.estimates.tree import issues_from_json, issues_to_json
from ahsp.projects.models import Project
from ahsp.projects.services import project_change
from ahsp.projects.tables import table_of

ITEM_VALUES = ("number", "code", "description", "unit", "quantity", "unit_price", "overhead")
SECTION_VALUES = ("number", "name")

# Findings of the import that a value typed since answers.
_ANSWERED = {
    "number": ("item_number.",),
    "code": ("analysis.", "code."),
    "description": ("description.",),
    "quantity": ("quantity.", "amount."),
    "unit_price": ("unit_price.", "amount.", "analysis."),
}


def add_item(*, project: Project, person: Person, expected: int, values: Mapping[str, Any], place: Place) -> WorkItem:
    """Make a work item from `values` of ITEM_VALUES; description and unit come from the analysis where not given.

    Raises Refused and Conflict.
    """
    with project_change(project=project, person=person, act="item.add", expected=expected) as entry:
        item = WorkItem(project=project, organization_id=project.organization_id, section_id=place.parent)
        (item.position,) = make_room(entry, place)
        item.tag = next_tag(project)
        _fill(item, values)
        resolve_item(item, project)
        complete_from_catalog(item)
        (item.pk,) = entry.add_rows("i", [columns("i", item)])
        entry.update(_named(item), **{name: _told(None, getattr(item, name)) for name in values})
    return item


def change_item(
    *, project: Project, person: Person, expected: int, pk: int, values: Mapping[str, Any], place: Place | None
) -> WorkItem:
    """Change `values` of ITEM_VALUES, and the place if one is given; no difference, no revision.

    Raises NotFound, Refused and Conflict.
    """
    item = _item(project, pk)
    if place is None and not _differing(item, values):
        return item
    with project_change(project=project, person=person, act="item.change", expected=expected) as entry:
        item = _item(project, pk)
        before = {name: getattr(item, name) for name in _differing(item, values)}
        set_values(item, {name: values[name] for name in before}, project)
        entry.update(_named(item), **{name: _told(old, getattr(item, name)) for name, old in before.items()})
        if place is not None:
            entry["place"] = _told(item.section_id, place.parent)
            item.section_id, (item.position,) = place.parent, make_room(entry, place)
        entry.change_rows("i", {pk: columns("i", item)})
    return item


def set_values(item: WorkItem, values: Mapping[str, Any], project: Project) -> None:
    """Set `values` of ITEM_VALUES that differ, and what follows from them in the row. Raises Refused."""
    before = {name: getattr(item, name) for name in values}
    _fill(item, values)
    _answer_findings(item, before)
    if "quantity" in values:
        item.formula = ""
        item.quantity_issues = []
    if "code" in values:
        item.own_id = None
    if {"code", "unit_price"} & before.keys():
        resolve_item(item, project)
    if not (item.description or item.code):
        raise Refused("item.empty", field="description")


def remove_item(*, project: Project, person: Person, expected: int, pk: int) -> None:
    """Take a work item out; the change entry keeps what it held. Raises NotFound and Conflict."""
    _item(project, pk)
    with project_change(project=project, person=person, act="item.remove", expected=expected) as entry:
        item = _item(project, pk)
        entry.update(_named(item), **{name: _told(getattr(item, name), None) for name in ITEM_VALUES})
        entry.remove_rows("i", [pk])


def add_section(*, project: Project, person: Person, expected: int, values: Mapping[str, Any], place: Place) -> Section:
    """Make a section from `values` of SECTION_VALUES. Raises Refused and Conflict."""
    with project_change(project=project, person=person, act="section.add", expected=expected) as entry:
        section = Section(project=project, organization_id=project.organization_id, parent_id=place.parent)
        require_depth(project, None, place.parent)
        (section.position,) = make_room(entry, place)
        _fill(section, values)
        (section.pk,) = entry.add_rows("s", [columns("s", section)])
        entry.update(id=section.pk, **{name: _told(None, getattr(section, name)) for name in values})
    return section


def change_section(
    *, project: Project, person: Person, expected: int, pk: int, values: Mapping[str, Any], place: Place | None
) -> Section:
    """Change `values` of SECTION_VALUES, and the place if one is given. Raises NotFound, Refused and Conflict."""
    section = open_section(project, pk)
    if place is None and not _differing(section, values):
        return section
    with project_change(project=project, person=person, act="section.change", expected=expected) as entry:
        section = open_section(project, pk)
        before = {name: getattr(section, name) for name in _differing(section, values)}
        _fill(section, values)
        entry.update(id=pk, **{name: _told(old, getattr(section, name)) for name, old in before.items()})
        if place is not None:
            require_depth(project, pk, place.parent)
            entry["place"] = _told(section.parent_id, place.parent)
            section.parent_id, (section.position,) = place.parent, make_room(entry, place)
        entry.change_rows("s", {pk: columns("s", section)})
    return section


def remove_section(*, project: Project, person: Person, expected: int, pk: int, with_content: bool) -> None:
    """Take a section out, with all that stands in it only if `with_content`. Raises NotFound and Conflict."""
    open_section(project, pk)
    with project_change(project=project, person=person, act="section.remove", expected=expected) as entry:
        section = open_section(project, pk)
        inside = _inside(project, pk)
        items = list(WorkItem.objects.filter(project=project, section_id__in=inside))
        counts = {"sections": str(len(inside) - 1), "items": str(len(items))}
        if not with_content and (len(inside) > 1 or items):
            raise Conflict("section.not_empty", {"section": str(section), **counts})
        entry.update(id=pk, name=_told(section.name, None), number=_told(section.number, None), **counts)
        entry["removed_items"] = [
            _named(item) | {name: _written(getattr(item, name)) for name in ITEM_VALUES} for item in items
        ]
        entry.remove_rows("s", [pk])


def columns(kind: str, row: Section | WorkItem) -> dict[str, Any]:
    """What the row log holds of `row`, by attname."""
    return {name: getattr(row, name) for name in table_of(kind).fields}


def open_section(project: Project, pk: int) -> Section:
    """Raises NotFound."""
    section = Section.objects.filter(project=project, pk=pk).first()
    if section is None:
        raise NotFound("section.not_found", {"project": project.name})
    return section


def _item(project: Project, pk: int) -> WorkItem:
    item = WorkItem.objects.filter(project=project, pk=pk).first()
    if item is None:
        raise NotFound("item.not_found", {"project": project.name})
    return item


def _inside(project: Project, pk: int) -> list[int]:
    """The section and every one below it."""
    below: dict[int | None, list[int]] = {}
    for child, parent in Section.objects.filter(project=project).values_list("id", "parent_id"):
        below.setdefault(parent, []).append(child)
    found = [pk]
    for one in found:
        found += below.get(one, ())
    return found


def _fill(row: Section | WorkItem, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _differing(row: Section | WorkItem, values: Mapping[str, Any]) -> list[str]:
    return [name for name, value in values.items() if getattr(row, name) != value]


def resolve_item(item: WorkItem, project: Project) -> None:
    """What the code means in the project's edition, as for an imported line."""
    line = engine.WorkItem("", "", "", "", None, item.code or None, item.unit_price)
    codes = Codes(project, (line,))
    (found,) = resolve_codes((line,), codes.ids, codes.editions_with)
    if isinstance(found, engine.WorkItem):
        item.code = found.analysis or ""
        item.analysis_id = codes.ids.get(item.code)
        item.reading_issues = [*item.reading_issues, *issues_to_json(found.issues)]


def complete_from_catalog(item: WorkItem) -> None:
    analysis = named_analysis(item.analysis_id) if item.analysis_id is not None else None
    if analysis is not None:
        item.description = item.description or analysis.name
        item.unit = item.unit or analysis.unit
    if not (item.description or item.code):
        raise Refused("item.empty", field="description")


def _answer_findings(item: WorkItem, changed: Mapping[str, Any]) -> None:
    """Forget what the import found about the values that were `changed`; a finding of an unreadable number belongs to
    the value that was missing for it."""
    answered = tuple(start for name in changed for start in _ANSWERED.get(name, ()))
    if any(name in {"quantity", "unit_price"} and before is None for name, before in changed.items()):
        answered += ("number.",)
    kept: Iterable[Issue] = issues_from_json(item.reading_issues)
    item.reading_issues = issues_to_json(issue for issue in kept if not issue.code.startswith(answered))


def _named(item: WorkItem) -> dict[str, Any]:
    return {"id": item.pk, "label": f"{item.number} {item.description}".strip()[:200]}


def _written(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _told(before: Any, after: Any) -> dict[str, Any]:
    return {"before": _written(before), "after": _written(after)}
