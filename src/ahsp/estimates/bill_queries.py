"""Reads of the bill as it was entered, without prices."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ahsp.core.errors import NotFound
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.tree import ITEM_FIELDS, SECTION_FIELDS, item_key, section_key
from ahsp.projects.models import Project

Row = dict[str, Any]


def parent_of(project: Project, pk: int) -> int | None:
    """The section a work item stands in. Raises NotFound."""
    found = list(WorkItem.objects.filter(project=project, pk=pk).values_list("section_id", flat=True))
    if not found:
        raise NotFound("item.not_found", {"project": project.name})
    return found[0]


def bill_rows(project: Project) -> Row:
    """`{"revision", "rows"}`: sections and work items in document order. Two queries."""
    below: dict[int | None, list[tuple[int, Row]]] = defaultdict(list)
    for pk, parent, position, number, name in Section.objects.filter(project=project).values_list(*SECTION_FIELDS):
        row = {"key": section_key(pk), "type": "section", "id": pk, "parent": parent, "number": number, "name": name}
        below[parent].append((position, row))
    for item in WorkItem.objects.filter(project=project).values_list(*ITEM_FIELDS):
        below[item[1]].append((item[2], _item(item)))
    rows: list[Row] = []
    _walk(None, below, rows)
    return {"revision": project.revision, "rows": rows}


def _item(row: tuple[Any, ...]) -> Row:
    pk, parent, _, number, code, analysis, own, description, unit, quantity, unit_price, overhead, *_ = row
    return {
        "key": item_key(pk),
        "type": "item",
        "id": pk,
        "parent": parent,
        "number": number,
        "name": description,
        "code": code,
        "known": analysis is not None or own is not None,
        "unit": unit,
        "quantity": quantity,
        "unit_price": unit_price,
        "overhead": overhead,
    }


def _walk(parent: int | None, below: dict[int | None, list[tuple[int, Row]]], rows: list[Row]) -> None:
    for _, row in sorted(below.get(parent, ()), key=lambda placed: placed[0]):
        rows.append(row)
        if row["type"] == "section":
            _walk(row["id"], below, rows)
