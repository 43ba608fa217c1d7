"""The priced estimate as bodies of the API. Nothing here calculates a rupiah; what is printed is rounded to be printed.

Figures that never end (a day's wage / 7) are printed with 15 decimals.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from ahsp.core.api.bodies import plain
from ahsp.core.issue_texts import issue_text
from ahsp.core.words import in_words
from ahsp.engine.estimate import PricedEstimate, PricedItem
from ahsp.engine.issues import Issue
from ahsp.engine.rounding import round_places
from ahsp.engine.vat import Vat
from ahsp.estimates.presentation import RabRow, item_row, rab_rows, recap_rows
from ahsp.estimates.sheet import SheetGroup, SheetLine, item_sheet
from ahsp.estimates.tree import HUNDRED
from ahsp.prices.models import PriceBook
from ahsp.projects.models import Project

Body = dict[str, Any]
_MOST_DECIMALS = 15
_SHARE = 6


def language() -> str:
    return get_language() or "id"


def figure(value: Decimal | None) -> str | None:
    """An unrounded figure: all its digits, or 15 decimals of one that never ends."""
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_MOST_DECIMALS:
        value = round_places(value, _MOST_DECIMALS)
    return f"{value:f}"


def share(value: Decimal) -> str:
    return f"{round_places(value, _SHARE):f}"


def issues(found: Iterable[Issue]) -> list[Body]:
    """Each with its sentence."""
    words = language()
    return [
        {"code": one.code, "severity": one.severity.value, "text": issue_text(one.code, one.data, words)}
        for one in found
    ]


def _vat(vat: Vat | None) -> Body | None:
    if vat is None:
        return None
    return {
        "rate": plain(vat.rule.rate),
        "base_fraction": str(vat.rule.base_fraction),
        "base": plain(vat.base),
        "amount": plain(vat.amount),
        "source": vat.rule.source,
    }


def sums(project: Project, estimate: PricedEstimate) -> Body:
    """The totals of the whole."""
    return {
        "revision": project.revision,
        "subtotal": plain(estimate.subtotal),
        "vat": _vat(estimate.vat),
        "total": plain(estimate.total),
        "rounded_total": plain(estimate.rounded_total),
        "in_words": in_words(estimate.rounded_total, language()),
        "item_count": estimate.item_count,
        "incomplete": estimate.incomplete,
        "complete": estimate.complete,
        "issues": issues(estimate.issues),
    }


def _head(row: RabRow) -> Body:
    return {
        "key": row.key,
        "type": "section" if row.is_section else "item",
        "id": row.pk,
        "parent": int(row.parents[-1][1:]) if row.parents else None,
        "number": row.number,
        "name": row.description,
        "amount": plain(row.amount),
        "share": share(row.share),
        "incomplete": row.incomplete,
    }


def recap(project: Project, estimate: PricedEstimate) -> Body:
    return {**sums(project, estimate), "rows": [_head(row) for row in recap_rows(estimate)]}


def rab_row(row: RabRow) -> Body:
    """One row of the detailed RAB."""
    data = _head(row)
    data["level"] = row.level
    data["status"] = row.status.value
    if not row.is_section:
        data["code"] = row.code
        data["unit"] = row.unit
        data["quantity"] = plain(row.quantity)
        data["unit_price"] = plain(row.unit_price)
        data["own_price"] = row.own_price
        data["issues"] = issues(row.issues)
    return data


def rab(project: Project, estimate: PricedEstimate) -> Body:
    return {**sums(project, estimate), "rows": [rab_row(row) for row in rab_rows(estimate)]}


def pk_of(item: PricedItem) -> int:
    return int(item.item.key[1:])


def _line_of(item: PricedItem) -> Body:
    line = item.item
    return {
        "id": pk_of(item),
        "number": line.number,
        "description": line.description,
        "unit": line.unit,
        "quantity": plain(line.quantity),
    }


def quantities(project: Project, estimate: PricedEstimate) -> Body:
    results = [_line_of(item) for item in estimate.items()]
    missing = sum(row["quantity"] is None for row in results)
    return {"revision": project.revision, "missing": missing, "results": results}


def checks(project: Project, estimate: PricedEstimate) -> Body:
    results = [
        {
            **_line_of(item),
            "code": item.item.analysis or "",
            "status": item.status.value,
            "issues": issues(item.issues),
        }
        for item in estimate.items()
        if item.issues or item.status != "PRICED"
    ]
    return {
        "revision": project.revision,
        "complete": estimate.complete,
        "incomplete": estimate.incomplete,
        "issues": issues(estimate.issues),
        "results": results,
    }


def priced_unit(item: PricedItem) -> Body:
    """From D to the unit price of an item."""
    price = item.unit_price
    return {
        "direct_cost": figure(price.direct_cost if price else None),
        "overhead_rate": figure(price.overhead_rate if price else None),
        "overhead_and_profit": figure(price.overhead_and_profit if price else None),
        "exact": figure(price.exact if price else None),
        "unit_price": plain(price.rounded if price else None),
    }


def pricing(project: Project, estimate: PricedEstimate) -> Body:
    """Every analysis that is used, at each rate of overhead it is used with, in the order of first use."""
    found: dict[tuple[str, Decimal], Body] = {}
    for item in estimate.items():
        priced = item.analysis
        if priced is None:
            continue
        key = (priced.analysis.code, item.overhead_rate)
        if key in found:
            found[key]["items"] += 1
            continue
        analysis = priced.analysis
        found[key] = {
            "code": analysis.code,
            "name": analysis.name,
            "unit": analysis.unit,
            "labor": figure(priced.labor),
            "material": figure(priced.material),
            "equipment": figure(priced.equipment),
            **priced_unit(item),
            "direct_cost": figure(priced.direct_cost),
            "overhead_rate": figure(item.overhead_rate),
            "status": priced.status.value,
            "missing": list(priced.missing),
            "items": 1,
        }
    return {"revision": project.revision, "results": list(found.values())}


def item_body(item: PricedItem, parent: int | None) -> Body:
    """One work item with its price."""
    row = rab_row(item_row(item, (), item.amount or Decimal(0)))
    overhead = item.item.overhead
    own = {
        "parent": parent,
        "known": item.source is not None,
        "own_unit_price": plain(item.item.unit_price),
        "overhead": None if overhead is None else f"{(overhead * HUNDRED).normalize():f}",
    }
    return {name: value for name, value in row.items() if name not in {"share", "level", "incomplete"}} | own


def _sheet_line(line: SheetLine) -> Body:
    converted = line.converted
    return {
        "position": line.position,
        "name": line.name,
        "unit": line.unit,
        "coefficient": plain(line.coefficient),
        "percent": plain(line.percent),
        "price": figure(line.price),
        "amount": figure(line.amount),
        "status": line.status.value,
        "converted": {"unit": converted.source.unit, "factor": figure(converted.factor)} if converted else None,
        "nested": sheet(line.nested),
        "issues": issues(line.issues),
    }


def sheet(groups: Iterable[SheetGroup]) -> list[Body]:
    """The unit price sheet, group by group."""
    return [
        {
            "letter": group.letter,
            "kind": group.kind,
            "total": figure(group.total),
            "lines": [_sheet_line(line) for line in group.lines],
        }
        for group in groups
    ]


def book_name(book: PriceBook) -> Body:
    return {"slug": book.slug, "name": book.name, "is_example": book.is_example}


def item_pricing(project: Project, item: PricedItem) -> Body:
    edition = project.edition
    return {
        "revision": project.revision,
        "id": pk_of(item),
        "code": item.item.analysis or "",
        "analysis": item.analysis.analysis.name if item.analysis else None,
        "status": item.status.value,
        "own_price": bool(item.unit_price and item.unit_price.own),
        "groups": sheet(item_sheet(item)),
        **priced_unit(item),
        "quantity": plain(item.item.quantity),
        "amount": plain(item.amount),
        "sources": {
            "edition": {"slug": edition.slug, "title": edition.title},
            "price_book": book_name(project.price_book),
        },
        "issues": issues(item.issues),
    }
