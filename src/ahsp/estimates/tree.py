"""Stored sections and work items as the engine's tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ahsp.engine.estimate import Section, WorkItem
from ahsp.engine.issues import Issue, Severity

SECTION_FIELDS = ("id", "parent_id", "position", "number", "name")
ITEM_FIELDS = (
    "id",
    "section_id",
    "position",
    "number",
    "code",
    "analysis_id",
    "description",
    "unit",
    "quantity",
    "unit_price",
    "overhead",
    "reading_issues",
)

HUNDRED = Decimal(100)
Child = Section | WorkItem
Placed = tuple[int, Child]


def item_key(pk: int) -> str:
    """The engine's key of a stored work item."""
    return f"i{pk}"


def section_key(pk: int) -> str:
    """The engine's key of a stored section."""
    return f"s{pk}"


def issues_to_json(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """Issues as they are stored with a work item."""
    return [{"code": i.code, "severity": i.severity.value, "data": dict(i.data)} for i in issues]


def issues_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Issue, ...]:
    """The inverse of issues_to_json."""
    return tuple(Issue(i["code"], Severity(i["severity"]), i["data"]) for i in stored)


def build_tree(
    sections: Iterable[tuple[Any, ...]], items: Iterable[tuple[Any, ...]], codes: Mapping[int, str]
) -> tuple[Child, ...]:
    """The children of the estimate from rows of SECTION_FIELDS and ITEM_FIELDS; `codes` are those of analyses by id."""
    below: dict[int | None, list[Placed]] = defaultdict(list)
    for row in items:
        below[row[1]].append((row[2], _item(row, codes)))
    heads: dict[int | None, list[tuple[Any, ...]]] = defaultdict(list)
    for row in sections:
        heads[row[1]].append(row)
    return _children(None, heads, below)


def _children(
    parent: int | None,
    heads: Mapping[int | None, list[tuple[Any, ...]]],
    below: Mapping[int | None, list[Placed]],
) -> tuple[Child, ...]:
    placed = list(below.get(parent, ()))
    for pk, _, position, number, name in heads.get(parent, ()):
        placed.append((position, Section(section_key(pk), number, name, _children(pk, heads, below))))
    placed.sort(key=lambda pair: pair[0])
    return tuple(child for _, child in placed)


def _item(row: tuple[Any, ...], codes: Mapping[int, str]) -> WorkItem:
    pk, _, _, number, code, analysis, description, unit, quantity, unit_price, overhead, issues = row
    return WorkItem(
        key=item_key(pk),
        number=number,
        description=description,
        unit=unit,
        quantity=quantity,
        analysis=codes[analysis] if analysis is not None else code or None,
        unit_price=unit_price,
        overhead=overhead / HUNDRED if overhead is not None else None,
        issues=issues_from_json(issues) if issues else (),
    )
