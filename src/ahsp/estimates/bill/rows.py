"""What a row of the bill comes to hold when values are put into it, for many rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ahsp.engine import estimate as engine
from ahsp.engine.issues import Issue
from ahsp.estimates.bill.codes import Codes, Meaning
from ahsp.estimates.quantities.formulas import Faults
from ahsp.estimates.tree import issues_from_json, issues_to_json
from ahsp.projects.models import Project

Values = Mapping[str, Any]
Row = dict[str, Any]
# What follows from the values beside themselves.
ITEM_COLUMNS = (
    "number", "code", "analysis_id", "own_id", "description", "unit", "quantity", "formula", "unit_price", "overhead",
    "reading_issues", "quantity_issues",
)  # fmt: skip
SECTION_COLUMNS = ("number", "name")
_BARE = {"number": "", "code": "", "description": "", "unit": ""}

# Findings of the import that a value typed since answers.
_ANSWERED = {
    "number": ("item_number.",),
    "code": ("analysis.", "code."),
    "description": ("description.",),
    "quantity": ("quantity.", "amount."),
    "formula": ("quantity.", "amount."),
    "unit_price": ("unit_price.", "amount.", "analysis."),
}


def new_items(project: Project, wanted: Sequence[Values], keys: Sequence[str], faults: Faults) -> list[Row]:
    """Columns of items to be made from `wanted` values; description and unit come from the analysis where not given.

    `keys` name them in `faults`, to which goes an item that says nothing.
    """
    codes = Codes(project, (values.get("code", "") for values in wanted))
    meanings = codes.meanings([_line(values) for values in wanted])
    names = codes.names(meanings)
    rows = []
    for key, values, meaning in zip(keys, wanted, meanings, strict=True):
        row = {**_BARE, **values, **_columns(meaning)}
        if "reading_issues" in values or meaning.issues:
            row["reading_issues"] = [*values.get("reading_issues", ()), *issues_to_json(meaning.issues)]
        name, unit = names.get(meaning.code, ("", ""))
        row["description"] = row["description"] or name
        row["unit"] = row["unit"] or unit
        _require_words(row, key, faults)
        rows.append(row)
    return rows


def changed_items(
    project: Project, present: Mapping[int, Row], wanted: Mapping[int, Values], faults: Faults
) -> dict[int, Row]:
    """Columns to write, by id, so that items of ITEM_COLUMNS hold the values `wanted`, where they differ.

    An item whose code changes takes description and unit of the analysis if it had none or those of the one before.
    """
    differing = {pk: _differing(present[pk], values) for pk, values in wanted.items()}
    recoded = {
        pk: {**present[pk], **values} for pk, values in differing.items() if {"code", "unit_price"} & values.keys()
    }
    asked = [row["code"] for row in recoded.values()] + [present[pk]["code"] for pk in recoded]
    codes = Codes(project, asked)
    meanings = dict(zip(recoded, codes.meanings([_line(row) for row in recoded.values()]), strict=True))
    names = codes.names([*meanings.values(), *(codes.meaning(present[pk]["code"]) for pk in recoded)])
    changed = {}
    for pk, values in differing.items():
        if not values:
            continue
        row = _changed(present[pk], values, meanings.get(pk))
        if "code" in values:
            _follow(present[pk], row, wanted[pk], names)
        _require_words({**present[pk], **row}, f"i{pk}", faults)
        changed[pk] = row
    return changed


def changed_sections(present: Mapping[int, Row], wanted: Mapping[int, Values], faults: Faults) -> dict[int, Row]:
    """The same for sections."""
    changed = {pk: differing for pk, values in wanted.items() if (differing := _differing(present[pk], values))}
    for pk, values in changed.items():
        require_name({**present[pk], **values}, f"s{pk}", faults)
    return changed


def require_name(row: Values, key: str, faults: Faults) -> None:
    if not row.get("name"):
        faults.add(key, "name", "section.unnamed", {})


def _changed(before: Row, values: Row, meaning: Meaning | None) -> Row:
    row = dict(values)
    if {"quantity", "formula"} & values.keys() and before["quantity_issues"]:
        # Of a formula they are written anew with its value.
        row["quantity_issues"] = []
    issues = _unanswered(before, values)
    if meaning is not None:
        issues += issues_to_json(meaning.issues)
        if "code" in values:
            row |= _columns(meaning)
    if issues != before["reading_issues"]:
        row["reading_issues"] = issues
    return row


def _follow(before: Row, row: Row, given: Values, names: Mapping[str, tuple[str, str]]) -> None:
    """Description and unit that are not the person's own are those of the analysis."""
    old, new = names.get(before["code"], ("", "")), names.get(row["code"])
    if new is None:
        return
    for field, was, becomes in zip(("description", "unit"), old, new, strict=True):
        if field not in given and before[field] in {"", was} and before[field] != becomes:
            row[field] = becomes


def _differing(before: Row, values: Values) -> Row:
    return {name: value for name, value in values.items() if before[name] != value}


def _line(values: Values) -> engine.WorkItem:
    return engine.WorkItem("", "", "", "", None, values.get("code") or None, values.get("unit_price"))


def _columns(meaning: Meaning) -> Row:
    return {"code": meaning.code, "analysis_id": meaning.analysis_id, "own_id": meaning.own_id}


def _require_words(row: Values, key: str, faults: Faults) -> None:
    if not (row["description"] or row["code"]):
        faults.add(key, "description", "item.empty", {})


def _unanswered(before: Row, values: Values) -> list[Any]:
    """What the import found that none of the values typed now answers; a finding of an unreadable number belongs to
    the value that was missing for it."""
    if not before["reading_issues"]:
        return []
    answered = tuple(start for name in values for start in _ANSWERED.get(name, ()))
    if any(name in {"quantity", "unit_price"} and before[name] is None for name in values):
        answered += ("number.",)
    kept: Iterable[Issue] = issues_from_json(before["reading_issues"])
    return issues_to_json(issue for issue in kept if not issue.code.startswith(answered))
