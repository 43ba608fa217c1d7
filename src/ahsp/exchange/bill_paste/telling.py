"""What each row of a pasted block became, for whoever looks before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import get_language

from ahsp.catalog.codes import tidy_code
from ahsp.core.api.bodies import plain
from ahsp.core.issue_texts import issue_text
from ahsp.engine.estimate import PricedItem
from ahsp.engine.known_names import ITEM_NAME
from ahsp.engine.takeoff import read_cell
from ahsp.estimates.bill.codes import Codes
from ahsp.estimates.models import Parameter, WorkItem
from ahsp.estimates.queries import priced_analyses
from ahsp.exchange.bill_paste.reading import PastedRow
from ahsp.projects.models import Project

Body = dict[str, Any]
_BECAME: Final = {"s": "section", "i": "item", "": "nothing"}


def told_rows(project: Project, rows: Iterable[PastedRow], made: Mapping[int, str]) -> list[Body]:
    """`made` are the keys of the rows that became something, by their line. What is empty is left out."""
    kept = list(rows)
    codes = Codes(project, {row.texts["code"] for row in kept if row.kind == "i" and "code" in row.texts})
    prices = priced_analyses(project, codes.ids.values()) if codes.known else {}
    strange = _strange_names(project, kept)
    return [
        {
            "line": row.line,
            "became": _BECAME[row.kind],
            **({"key": made[row.line], "level": row.level} if row.line in made else {}),
            **{name: text for name, text in row.texts.items() if text},
            **_analysis(row, codes, prices),
            "errors": [_told(one.code, one.data, one.field) for one in row.problems],
            "notes": _notes(row, codes, strange),
        }
        for row in kept
    ]


def _analysis(row: PastedRow, codes: Codes, prices: Mapping[str, PricedItem]) -> Body:
    code = _code(row, codes)
    if code not in codes.known:
        return {}
    item = prices[code]
    return {
        "analysis": item.item.description,
        "analysis_code": code,
        "analysis_unit": item.item.unit,
        "analysis_price": plain(item.rounded),
        "analysis_status": item.status.value,
    }


def _code(row: PastedRow, codes: Codes) -> str:
    written = row.texts.get("code", "") if row.kind == "i" else ""
    return written if written in codes.known else tidy_code(written)


def _notes(row: PastedRow, codes: Codes, strange: Mapping[str, set[str]]) -> list[Body]:
    """What is worth knowing and keeps nothing from being written."""
    notes = [_told(row.note, {}, "")] if row.note else []
    code = _code(row, codes)
    if code and code not in codes.known:
        elsewhere = codes.editions_with(code)
        data = {"analysis": code, "editions": ", ".join(elsewhere)}
        notes.append(_told("analysis.other_edition" if elsewhere else "analysis.unknown", data, "code"))
    names = strange.get(row.values.get("formula", ""))
    if names:
        notes.append(_told("paste.formula_names", {"names": ", ".join(sorted(names)[:5])}, "quantity"))
    return notes


def _strange_names(project: Project, rows: Iterable[PastedRow]) -> dict[str, set[str]]:
    """By formula, the names in it that neither a parameter nor an item of the project has."""
    asked = {text: read_cell(text).names for row in rows if (text := row.values.get("formula", ""))}
    if not asked:
        return {}
    known = set(Parameter.objects.filter(project=project).values_list("name", flat=True))
    tags = set(WorkItem.objects.filter(project=project).values_list("tag", flat=True))
    return {
        text: {one for one in names if one not in known and not (ITEM_NAME.fullmatch(one) and int(one[1:]) in tags)}
        for text, names in asked.items()
    }


def _told(code: str, data: Mapping[str, str], field: str) -> Body:
    return {"field": field, "code": code, "text": issue_text(code, data, get_language() or "id")}
