"""Parameters and take-off sheets as JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language

from ahsp.core.issue_texts import issue_text
from ahsp.engine.issues import Issue
from ahsp.engine.takeoff import MeasuredLine
from ahsp.estimates.models import TakeoffLine
from ahsp.estimates.quantities.queries import KnownParameter, Sheet, parameters_of, sheet_of
from ahsp.estimates.quantities.sources import LINE_FIELDS
from ahsp.estimates.quantities.uses import uses_of
from ahsp.estimates.tree import issues_from_json
from ahsp.projects.models import Project
from ahsp.projects.tables import key_of

Body = dict[str, Any]
_MOST_USES = 20


def parameters(project: Project) -> Body:
    return {"revision": project.revision, "parameters": [_parameter(one) for one in parameters_of(project)]}


def _parameter(one: KnownParameter) -> Body:
    row = one.row
    return {
        "key": key_of("p", row.pk),
        "version": row.version,
        "name": row.name,
        "formula": row.formula,
        "unit": row.unit,
        "note": row.note,
        "value": one.value,
        "issues": _issues(one.issues),
        "use_count": len(one.uses),
        "uses": one.uses[:_MOST_USES],
    }


def takeoff(project: Project, pk: int) -> Body:
    """The sheet of an item. Raises NotFound."""
    sheet = sheet_of(project, pk)
    uses = uses_of(project, [sheet.item.name])[sheet.item.name]
    return {"revision": project.revision, **_sheet(sheet), "use_count": len(uses), "uses": uses[:_MOST_USES]}


def _sheet(sheet: Sheet) -> Body:
    item = sheet.item
    return {
        "item": key_of("i", item.pk),
        "tag": item.tag,
        "formula": item.formula,
        "quantity": item.quantity,
        "issues": _issues(issues_from_json(item.quantity_issues)),
        "lines": [_line(line, found) for line, found in zip(sheet.lines, sheet.measured.lines, strict=True)],
    }


def _line(line: TakeoffLine, found: MeasuredLine) -> Body:
    return {
        "key": key_of("t", line.pk),
        "version": line.version,
        **{name: getattr(line, name) for name in LINE_FIELDS},
        "values": dict(found.values),
        "value": found.value,
        "issues": {cell: _issue(issue) for cell, issue in found.issues.items()},
    }


def _issues(issues: Iterable[Issue]) -> list[Body]:
    return [_issue(issue) for issue in issues]


def _issue(issue: Issue) -> Body:
    text = issue_text(issue.code, issue.data, get_language() or "id")
    found: Body = {"code": issue.code, "severity": issue.severity.value, "text": text}
    if "position" in issue.data:
        found["position"] = int(issue.data["position"])
    return found
