"""Stored sections and work items as the engine's tree."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from ahsp.engine.estimate import Section, WorkItem
from ahsp.engine.issues import Issue, Severity
from ahsp.engine.numbering import NumberedRow, NumberingRule, number_rows

SECTION_FIELDS = ("id", "parent_id", "position", "number", "name")
ITEM_FIELDS = (
    "id",
    "section_id",
    "position",
    "number",
    "code",
    "analysis_id",
    "own_id",
    "description",
    "unit",
    "quantity",
    "unit_price",
    "overhead",
    "reading_issues",
    "quantity_issues",
)
ANALYSIS = ITEM_FIELDS.index("analysis_id")

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


class Codes(NamedTuple):
    """Codes of analyses by id: those of the catalog, and the project's own."""

    catalog: Mapping[int, str]
    own: Mapping[int, str]


def build_tree(
    sections: Iterable[tuple[Any, ...]],
    items: Iterable[tuple[Any, ...]],
    codes: Codes,
    rule: NumberingRule = NumberingRule.WRITTEN,
) -> tuple[Child, ...]:
    """The children of the estimate from rows of SECTION_FIELDS and ITEM_FIELDS, numbered by `rule`.

    Issues of the rows are JSON as text, None where there are none.
    """
    below: dict[int | None, list[Placed]] = defaultdict(list)
    for row in items:
        below[row[1]].append((row[2], _item(row, codes)))
    heads: dict[int | None, list[tuple[Any, ...]]] = defaultdict(list)
    for row in sections:
        heads[row[1]].append(row)
    children = _children(None, heads, below)
    if rule is NumberingRule.WRITTEN:
        return children
    rows = (NumberedRow(level, child.number) for level, child in walk(children))
    return _renumbered(children, iter(list(number_rows(rows, rule))))


def walk(children: Iterable[Child], level: int = 0) -> Iterator[tuple[int, Child]]:
    """Sections and items in document order, each with its level."""
    for child in children:
        yield level, child
        if isinstance(child, Section):
            yield from walk(child.children, level + 1)


def _renumbered(children: Iterable[Child], numbers: Iterator[str]) -> tuple[Child, ...]:
    found: list[Child] = []
    for child in children:
        number = next(numbers)
        if isinstance(child, Section):
            found.append(Section(child.key, number, child.name, _renumbered(child.children, numbers)))
        else:
            found.append(replace(child, number=number))
    return tuple(found)


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


def _item(row: tuple[Any, ...], codes: Codes) -> WorkItem:
    (pk, _, _, number, code, analysis, own, description, unit, quantity, unit_price, overhead, issues, more) = row
    if own is not None:
        named: str | None = codes.own[own]
    else:
        named = codes.catalog[analysis] if analysis is not None else code or None
    found = [*(json.loads(issues) if issues else ()), *(json.loads(more) if more else ())] if issues or more else ()
    return WorkItem(
        key=item_key(pk),
        number=number,
        description=description,
        unit=unit,
        quantity=quantity,
        analysis=named,
        unit_price=unit_price,
        overhead=overhead / HUNDRED if overhead is not None else None,
        issues=issues_from_json(found) if found else (),
    )
