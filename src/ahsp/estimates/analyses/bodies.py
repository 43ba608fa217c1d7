"""Analyses of a project as bodies of the API: one with its lines against the reference, and the list of all."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any

from django.db.models import Q

from ahsp.catalog.models import Edition
from ahsp.core.api.bodies import plain
from ahsp.core.errors import NotFound
from ahsp.engine.analysis import (
    AnalysisLine,
    InformationLine,
    LumpSumLine,
    NestedLine,
    PercentageLine,
    ResourceLine,
)
from ahsp.engine.analysis_difference import Change, LineDifference, differences, total_effect
from ahsp.engine.estimate import PricedItem, price_estimate
from ahsp.engine.price_origins import Origins
from ahsp.engine.priced_analysis import PricedLine, Status
from ahsp.engine.prices import PriceTable
from ahsp.engine.unit_prices import price_units
from ahsp.estimates.analyses.known import KnownAnalyses
from ahsp.estimates.analyses.sources import Opened, nesting, reach
from ahsp.estimates.bodies import Body, figure, issues, pk_of, priced_unit
from ahsp.estimates.prices.origins import origins_of
from ahsp.estimates.prices.rows import own_prices
from ahsp.estimates.queries import load_estimate
from ahsp.projects.models import Project
from ahsp.projects.tables import key_of

MOST_ITEMS = 200
_SEGMENTS = re.compile(r"[0-9]+|[^0-9]+", re.ASCII)
Lines = list[Body]


def edition_body(edition: Edition) -> Body:
    """What a coefficient of the edition is quoted by."""
    same = ("slug", "title", "regulation", "number", "annex")
    return {name: getattr(edition, name) for name in same} | {"date": edition.date.isoformat()}


def open_analysis(project: Project, named: str) -> Opened:
    """An analysis by its key or code. Raises NotFound."""
    known = KnownAnalyses(project)
    source = known.find(named)
    if source is None:
        raise NotFound("analysis.not_found", {"code": named[:64]})
    return Opened(project, source, known)


def opened_of_item(project: Project, pk: int, code: str) -> Opened:
    """The analysis `code` that the item with this id uses."""
    known = KnownAnalyses(project)
    source = known.find(code)
    if source is None:
        raise NotFound("analysis.not_found", {"code": code[:64]})
    return Opened(project, source, known, Q(pk=pk))


def analysis_body(project: Project, named: str) -> Body:
    """One analysis: its lines priced, each against the reference, and who uses it. Raises NotFound."""
    opened = open_analysis(project, named)
    items = list(price_estimate(opened.estimate).items())
    items.sort(key=pk_of)
    return {
        "revision": project.revision,
        **told(opened),
        "item_count": len(items),
        "items": [_item(one) for one in items[:MOST_ITEMS]],
        "nested_by": [named_body(opened.known, code, opened.estimate.analyses[code].name) for code in _outer(opened)],
    }


def _outer(opened: Opened) -> list[str]:
    return sorted(code for code in nesting(opened.estimate, opened.source.code) if code in opened.known.by_code)


def told(opened: Opened) -> Body:
    """The analysis itself, from its head to its lines."""
    priced, source, row = opened.priced, opened.source, opened.row
    analysis = priced.analysis
    return {
        "key": None if source.own is None else key_of("a", source.own),
        "version": row.version if row else None,
        "sort": sort_of(opened.known, source.code),
        "code": source.code,
        "name": source.name,
        "unit": source.unit,
        "note": row.note if row else "",
        "edition": edition_body(opened.project.edition),
        "reference": _reference(opened),
        "status": (analysis.status if analysis else Status.UNPRICED).value,
        "labor": figure(analysis.labor) if analysis else None,
        "material": figure(analysis.material) if analysis else None,
        "equipment": figure(analysis.equipment) if analysis else None,
        **priced_unit(priced),
        "issues": issues(analysis.issues) if analysis else [],
        "lines": _lines(opened),
    }


def sort_of(known: KnownAnalyses, code: str) -> str:
    """ "reference" for one of the edition, "modified" for a copy of one, "own" for one that comes from none."""
    own = known.by_code.get(code)
    if own is None:
        return "reference"
    return "own" if own.reference_id is None else "modified"


def named_body(known: KnownAnalyses, code: str, name: str) -> Body:
    """What a link to an analysis shows."""
    own = known.by_code.get(code)
    return {"key": key_of("a", own.pk) if own else None, "code": code, "name": name, "sort": sort_of(known, code)}


def _reference(opened: Opened) -> Body | None:
    """What it was made from, and what it costs above that: D and the unit price."""
    reference = opened.reference
    if reference is None or reference.analysis is None:
        return None
    analysis, own = reference.analysis, opened.priced.analysis
    rounded, mine = reference.rounded, opened.priced.rounded
    complete = own is not None and own.status is Status.PRICED and analysis.status is Status.PRICED
    return {
        "code": analysis.analysis.code,
        "name": analysis.analysis.name,
        "unit": analysis.analysis.unit,
        "status": analysis.status.value,
        **priced_unit(reference),
        "direct_cost_effect": figure(total_effect(own, analysis)) if own else None,
        "unit_price_effect": plain(mine - rounded) if complete and mine is not None and rounded is not None else None,
    }


def _lines(opened: Opened) -> Lines:
    analysis = opened.priced.analysis
    if analysis is None:
        return []
    writer = _LineWriter(opened)
    reference = opened.reference
    if reference is None or reference.analysis is None:
        return [writer.line(one, None) for one in analysis.lines]
    origins = {place: row.origin for place, row in opened.lines.items() if row.origin is not None}
    return [writer.difference(one) for one in differences(analysis, reference.analysis, origins)]


class _LineWriter:
    """Lines with where their figures are from."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._table: PriceTable = opened.estimate.prices
        names = {one.name for one in (*self._table.prices, *self._table.bought)}
        self._origins: Origins = origins_of(opened.project.price_book, own_prices(opened.project, names))

    def difference(self, one: LineDifference) -> Body:
        shown = one.own or one.reference
        if shown is None:
            raise ValueError("a difference of nothing")
        body = self.line(shown, one)
        if one.own is None:
            body |= {"key": None, "version": None, "place": None}
        return body

    def line(self, priced: PricedLine, one: LineDifference | None) -> Body:
        row = self._opened.lines.get(priced.line.position)
        return {
            "key": key_of("l", row.pk) if row else None,
            "version": row.version if row else None,
            "place": priced.line.position,
            **self._content(priced.line),
            "unit_cost": figure(priced.price),
            "amount": figure(priced.amount),
            "status": priced.status.value,
            "issues": issues(priced.issues),
            "origin": self._origin(priced),
            "nested": self._nested(priced),
            "change": (one.change if one else Change.SAME).value,
            "fields": list(one.fields) if one else [],
            "reference_position": one.reference.line.position if one and one.reference else None,
            "reference": self._before(one.reference) if one and one.reference and one.fields else None,
            "effect": figure(one.effect) if one else None,
        }

    def _before(self, priced: PricedLine) -> Body:
        return {**content(priced.line), "amount": figure(priced.amount)}

    def _content(self, line: AnalysisLine) -> Body:
        """`of` by key where the lines have keys, else by place."""
        body, rows = content(line), self._opened.lines
        body["of"] = [key_of("l", rows[one].pk) if one in rows else str(one) for one in body["of"]]
        return body

    def _origin(self, priced: PricedLine) -> Body | None:
        """Where the price is from, as recorded: None for what has none or is nested."""
        found, origin = priced.found, self._origins.of(priced.found)
        if found is None or origin is None:
            return None
        bought = self._table.bought.get(found.recorded)
        recorded = bought.price if bought else self._table.prices.get(found.source)
        return {
            "own": origin.own,
            "source": origin.source,
            "region": origin.region,
            "dated": origin.dated.isoformat() if origin.dated else None,
            "document": origin.document,
            "note": origin.note,
            "recorded": plain(recorded),
            "recorded_unit": found.source.unit,
            "factor": None if found.factor == 1 else figure(found.factor),
        }

    def _nested(self, priced: PricedLine) -> Body | None:
        if not isinstance(priced.line, NestedLine):
            return None
        code = priced.line.analysis
        name = priced.nested.analysis.name if priced.nested else ""
        return named_body(self._opened.known, code, name)


def content(line: AnalysisLine) -> Body:
    """What a line says, the same names for every sort; `of` by place."""
    body: Body = {
        "line_kind": "information", "group_kind": "", "name": "", "unit": "", "nested_code": "", "coefficient": None,
        "percent": None, "price": None, "of": [],
    }  # fmt: skip
    if isinstance(line, ResourceLine):
        kind, name, unit = line.resource
        body |= {"line_kind": "resource", "group_kind": kind.value, "name": name, "unit": unit}
        return body | {"coefficient": plain(line.coefficient)}
    if isinstance(line, NestedLine):
        return body | {"line_kind": "nested", "nested_code": line.analysis, "coefficient": plain(line.coefficient)}
    body["name"] = line.name
    if isinstance(line, InformationLine):
        return body
    body["group_kind"] = line.kind.value
    if isinstance(line, PercentageLine):
        return body | {"line_kind": "percentage", "percent": plain(line.percent), "of": list(line.of)}
    figures = {"coefficient": plain(line.coefficient), "price": plain(line.price)}
    return body | {"line_kind": "lump_sum", **figures} if isinstance(line, LumpSumLine) else body


def _item(one: PricedItem) -> Body:
    line = one.item
    return {
        "key": line.key,
        "number": line.number,
        "description": line.description,
        "unit": line.unit,
        "quantity": plain(line.quantity),
        "unit_price": plain(one.rounded),
        "amount": plain(one.amount),
        "status": one.status.value,
    }


COLUMNS = (
    "key", "version", "sort", "code", "name", "unit", "reference", "status", "direct_cost", "unit_price", "items",
    "amount", "nested", "missing",
)  # fmt: skip


def analyses_body(project: Project) -> Body:
    """Every analysis that is used, by an item or nested, and every own one: rows of COLUMNS by code."""
    estimate, known = load_estimate(project), KnownAnalyses(project)
    count: Counter[str] = Counter()
    amounts: dict[str, Decimal] = {}
    for one in price_estimate(estimate).items():
        code = one.item.analysis
        if code is None or one.source is None:
            continue
        count[code] += 1
        if one.amount is not None:
            amounts[code] = amounts.get(code, Decimal(0)) + one.amount
    all_codes, inner = reach(estimate, count.keys() | known.by_code.keys())
    units = price_units(estimate, sorted(all_codes, key=by_segments))
    rows = [_row(known, one, count[code], amounts.get(code), code in inner) for code, one in units.items()]
    return {"revision": project.revision, "columns": COLUMNS, "rows": rows}


def by_segments(code: str) -> list[tuple[bool, int, str]]:
    """Codes in the order of their numbers: 1.2 before 1.10, words behind."""
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _SEGMENTS.findall(code)]


def _row(known: KnownAnalyses, one: PricedItem, items: int, amount: Decimal | None, nested: bool) -> list[Any]:
    code = one.item.analysis or ""
    own, analysis = known.by_code.get(code), one.analysis
    return [
        key_of("a", own.pk) if own else None,
        own.version if own else None,
        sort_of(known, code),
        code,
        one.item.description,
        one.item.unit,
        known.references.get(own.reference_id) if own and own.reference_id else None,
        (analysis.status if analysis else Status.UNPRICED).value,
        figure(one.direct_cost),
        plain(one.rounded),
        items,
        plain(amount),
        nested,
        list(analysis.missing) if analysis else [],
    ]
