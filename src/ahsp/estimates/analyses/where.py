"""Who uses what, and where figures are from, as bodies of the API: in both directions."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

from ahsp.core.api.bodies import plain
from ahsp.core.one_moment import one_moment
from ahsp.engine.estimate import Estimate, PricedItem, price_estimate
from ahsp.engine.priced_analysis import PricedAnalysis
from ahsp.engine.resources import Resource
from ahsp.engine.rounding import CALCULATION, round_to_sen
from ahsp.engine.taking import Taken, Taking, of_analysis, of_resource
from ahsp.engine.unit_prices import price_units
from ahsp.estimates.analyses.bodies import named_body, open_analysis, opened_of_item, told
from ahsp.estimates.analyses.known import KnownAnalyses
from ahsp.estimates.analyses.sources import reach
from ahsp.estimates.bodies import Body, figure, issues, pk_of, priced_unit, share
from ahsp.estimates.queries import load_estimate, priced_item
from ahsp.projects.models import Project

MOST_ITEMS = 500
MOST_ANALYSES = 500


def uses_of_resource(project: Project, resource: Resource) -> Body:
    """The analyses and items that take a resource, each with how much and what it costs."""
    kind, name, unit = resource
    of = {"kind": kind.value, "name": name, "unit": unit}
    with one_moment(project):
        return _uses(project, Taking(of_resource(resource)), {"resource": of, "analysis": None})


def uses_of_analysis(project: Project, named: str) -> Body:
    """The analyses and items that nest an analysis, and the items that use it themselves. Raises NotFound."""
    with one_moment(project):
        opened = open_analysis(project, named)
        code = opened.source.code
        of = named_body(opened.known, code, opened.source.name) | {"unit": opened.source.unit}
        return _uses(project, Taking(of_analysis(code)), {"resource": None, "analysis": of}, code)


def _uses(project: Project, taking: Taking, of: Body, code: str = "") -> Body:
    estimate, known = load_estimate(project), KnownAnalyses(project)
    items = list(price_estimate(estimate).items())
    taken = [found for one in items if (found := _taken(one, taking, code)) is not None]
    with localcontext(CALCULATION):
        costs = [cost for one, part in taken if (cost := _cost(one, part)) is not None]
        rows = [_item(one, part) for one, part in taken[:MOST_ITEMS]]
    return {
        "revision": project.revision,
        **of,
        "analyses": _analyses(estimate, known, items, taking),
        "item_count": len(taken),
        "items": rows,
        "cost": plain(round_to_sen(sum(costs, Decimal(0)))),
    }


def _taken(one: PricedItem, taking: Taking, code: str) -> tuple[PricedItem, Taken] | None:
    """What one unit of the item takes; of the analysis it uses itself, one unit."""
    analysis = one.analysis
    if analysis is None:
        return None
    if analysis.analysis.code == code:
        return one, Taken(Decimal(1), analysis.direct_cost if analysis.priced else None, 1)
    found = taking.of(analysis)
    return None if found is None else (one, found)


def _cost(one: PricedItem, part: Taken) -> Decimal | None:
    quantity = one.item.quantity
    return None if part.cost is None or quantity is None else part.cost * quantity


def _item(one: PricedItem, part: Taken) -> Body:
    line, cost = one.item, _cost(one, part)
    taken = None if part.quantity is None or line.quantity is None else part.quantity * line.quantity
    return {
        "key": line.key,
        "id": pk_of(one),
        "number": line.number,
        "code": line.analysis or "",
        "description": line.description,
        "unit": line.unit,
        "quantity": plain(line.quantity),
        "amount": plain(one.amount),
        "status": one.status.value,
        "per_unit": figure(part.quantity),
        "taken": figure(taken),
        "cost": None if cost is None else plain(round_to_sen(cost)),
        "share": _share(part, one.direct_cost),
    }


def _share(part: Taken, direct_cost: Decimal | None) -> str | None:
    """Of the direct cost."""
    return share(part.cost / direct_cost) if part.cost is not None and direct_cost else None


def _analyses(estimate: Estimate, known: KnownAnalyses, items: list[PricedItem], taking: Taking) -> list[Body]:
    """Those in use, and all own ones, that take it themselves or through what they nest."""
    used = {one.item.analysis for one in items if one.item.analysis is not None and one.source is not None}
    codes, _ = reach(estimate, used | known.by_code.keys())
    found = []
    for code, one in price_units(estimate, sorted(codes)).items():
        part = None if one.analysis is None else taking.of(one.analysis)
        if part is not None:
            found.append(_analysis(known, code, one, part))
    return found[:MOST_ANALYSES]


def _analysis(known: KnownAnalyses, code: str, one: PricedItem, part: Taken) -> Body:
    return {
        **named_body(known, code, one.item.description),
        "unit": one.item.unit,
        "direct": part.lines > 0,
        "per_unit": figure(part.quantity),
        "cost": figure(part.cost),
        "share": _share(part, one.direct_cost),
    }


def where_from(project: Project, pk: int) -> Body:
    """The chain of an item: amount, unit price, analysis, coefficients and prices. Raises NotFound."""
    one = priced_item(project, pk)
    line, analysis = one.item, one.analysis
    return {
        "revision": project.revision,
        "key": line.key,
        "number": line.number,
        "description": line.description,
        "unit": line.unit,
        "quantity": plain(line.quantity),
        "amount": plain(one.amount),
        "status": one.status.value,
        "own_price": bool(one.unit_price and one.unit_price.own),
        "code": line.analysis or "",
        **priced_unit(one),
        "unit_price_rounding": project.unit_price_rounding,
        "issues": issues(one.issues),
        "analysis": _analysis_of(project, pk, analysis),
    }


def _analysis_of(project: Project, pk: int, analysis: PricedAnalysis | None) -> dict[str, Any] | None:
    return None if analysis is None else told(opened_of_item(project, pk, analysis.analysis.code))
