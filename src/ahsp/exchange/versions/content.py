"""What a version holds, and how it is packed: JSON, compressed, for 12,000 lines are 3 MB of text."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ahsp.core.api.bodies import encode, plain
from ahsp.engine.comparison import Heading, Line, Row
from ahsp.engine.estimate import PricedEstimate, PricedItem, PricedSection
from ahsp.engine.priced_analysis import Status
from ahsp.exchange.project_files import dump, row_ids
from ahsp.projects.models import Project

_HEADING = ("key", "level", "number", "name", "total", "complete")
_LINE = ("key", "level", "number", "code", "description", "unit", "quantity", "unit_price", "amount", "complete")
_NUMBERS = frozenset({"total", "quantity", "unit_price", "amount"})


def pack(value: Any) -> bytes:
    return zlib.compress(encode(value), 6)


def unpack(packed: bytes | memoryview) -> Any:
    return json.loads(zlib.decompress(packed))


def inputs_of(project: Project) -> dict[str, Any]:
    """The project's file, and beside it the ids of its rows, so that bringing it back changes rows in place."""
    return {**dump(project), "ids": row_ids(project)}


def lines_of(estimate: PricedEstimate) -> list[Row]:
    """The priced bill as rows to compare, in document order."""
    rows: list[Row] = []
    _add(estimate.children, 0, rows)
    return rows


def _add(children: Iterable[PricedSection | PricedItem], level: int, rows: list[Row]) -> None:
    for child in children:
        if isinstance(child, PricedItem):
            rows.append(_line(child, level))
            continue
        one = child.section
        rows.append(Heading(one.key, level, one.number, one.name, child.total, not child.incomplete))
        _add(child.children, level + 1, rows)


def _line(priced: PricedItem, level: int) -> Line:
    item = priced.item
    return Line(
        item.key,
        level,
        item.number,
        item.analysis or "",
        item.description,
        item.unit,
        item.quantity,
        priced.rounded,
        priced.amount,
        complete=priced.status is Status.PRICED,
    )


def written(rows: Iterable[Row]) -> list[list[Any]]:
    """Rows as JSON values: "s" or "i" and then the values of a Heading or a Line."""
    found = []
    for row in rows:
        letter, names = ("s", _HEADING) if isinstance(row, Heading) else ("i", _LINE)
        values = (getattr(row, name) for name in names)
        found.append([letter, *(plain(one) if isinstance(one, Decimal) else one for one in values)])
    return found


def read(stored: Iterable[list[Any]]) -> list[Row]:
    """Rows that `written` wrote."""
    rows: list[Row] = []
    for letter, *values in stored:
        names = _HEADING if letter == "s" else _LINE
        read_values: dict[str, Any] = {
            name: Decimal(value) if name in _NUMBERS and value is not None else value
            for name, value in zip(names, values, strict=True)
        }
        rows.append(Heading(**read_values) if letter == "s" else Line(**read_values))
    return rows


def totals_of(project: Project, estimate: PricedEstimate) -> dict[str, Any]:
    """In rupiah, as text; lower bounds while `incomplete` is not 0."""
    return {
        "subtotal": plain(estimate.subtotal),
        "vat": plain(estimate.vat.amount) if estimate.vat else None,
        "total": plain(estimate.total),
        "rounded_total": plain(estimate.rounded_total),
        "item_count": estimate.item_count,
        "incomplete": estimate.incomplete,
        "edition": project.edition.title,
        "price_book": project.price_book.name,
    }
