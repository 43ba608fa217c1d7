"""Resource needs, prices and charts as bodies of the API: what the engine's needs and Pareto say, rounded to print."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ahsp.core.api.bodies import plain
from ahsp.engine.estimate import PricedEstimate
from ahsp.engine.needs import Need, ResourceNeeds, Spend, resource_needs, resource_prices
from ahsp.engine.pareto import Ranked, pareto
from ahsp.engine.prices import FoundPrice
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import round_to_sen
from ahsp.estimates.bodies import Body, book_name, figure, pk_of, share
from ahsp.estimates.presentation import RabRow, recap_rows
from ahsp.projects.models import Project

KINDS = list(ResourceKind)
_NO_MONEY = Decimal("0.00")


def _need(need: Need) -> Body:
    key = need.key
    return {
        "kind": key.kind.value,
        "sort": key.sort.value,
        "name": key.name,
        "unit": key.unit,
        "quantity": figure(need.quantity),
        "price": figure(need.price),
        "cost": None if need.cost is None else plain(round_to_sen(need.cost)),
        "complete": need.complete,
    }


def _spend(spend: Spend) -> Body:
    """Differences are taken of the figures as printed, so that they add up for whoever reads them."""
    labor, material, equipment = map(round_to_sen, (spend.labor, spend.material, spend.equipment))
    direct, overhead, own = map(round_to_sen, (spend.direct_cost, spend.overhead_and_profit, spend.own_prices))
    return {
        "labor": plain(labor),
        "material": plain(material),
        "equipment": plain(equipment),
        "direct_cost": plain(direct),
        "difference": plain(direct - labor - material - equipment),
        "overhead_and_profit": plain(overhead),
        "own_prices": plain(own),
        "rounding": plain(spend.subtotal - direct - overhead - own),
        "subtotal": plain(spend.subtotal),
    }


def _tie_out(found: ResourceNeeds) -> Body:
    printed = sum((round_to_sen(need.cost) for need in found.needs if need.cost is not None), _NO_MONEY)
    direct = round_to_sen(found.spend.direct_cost)
    return {"needs": plain(printed), "rounding": plain(direct - printed), "direct_cost": plain(direct)}


def needs_body(project: Project, found: ResourceNeeds) -> Body:
    """Resource needs, the spend they are part of, and how they tie out to the RAB."""
    return {
        "revision": project.revision,
        "results": [_need(need) for need in found.needs],
        "spend": _spend(found.spend),
        "tie_out": _tie_out(found),
        "without_quantity": found.without_quantity,
        "without_analysis": found.without_analysis,
        "unknown": list(found.unknown),
    }


def prices(project: Project, estimate: PricedEstimate) -> Body:
    """The price of every resource in use, the missing ones first, then by kind and name."""
    book = project.price_book
    found = sorted(resource_prices(estimate).items(), key=lambda pair: (pair[1] is not None, _place(pair[0])))
    return {
        "revision": project.revision,
        "book": {
            **book_name(book),
            "region": book.region,
            "valid_on": book.valid_on,
            "document": book.document,
        },
        "missing": sum(price is None for _, price in found),
        "results": [_price(resource, price) for resource, price in found],
    }


def _place(resource: Resource) -> tuple[int, str, str]:
    return KINDS.index(resource.kind), resource.name, resource.unit


def _price(resource: Resource, found: FoundPrice | None) -> Body:
    converted = found is not None and found.source != resource
    return {
        "kind": resource.kind.value,
        "name": resource.name,
        "unit": resource.unit,
        "price": figure(found.price) if found else None,
        "converted": {"unit": found.source.unit, "factor": figure(found.factor)} if found and converted else None,
    }


def chart_data(project: Project, estimate: PricedEstimate) -> Body:
    found = resource_needs(estimate)
    return {
        "revision": project.revision,
        "subtotal": plain(estimate.subtotal),
        "complete": estimate.complete,
        "by_section": [_section(row) for row in recap_rows(estimate)],
        "by_kind": _spend(found.spend),
        "pareto": {"items": _items(estimate), "resources": _resources(found)},
        "curve": None,
    }


def _section(row: RabRow) -> Body:
    return {
        "key": row.key,
        "number": row.number,
        "name": row.description,
        "amount": plain(row.amount),
        "share": share(row.share),
    }


def _items(estimate: PricedEstimate) -> list[Body]:
    ranked = pareto((one, one.amount) for one in estimate.items() if one.amount is not None)
    return [
        {
            "id": pk_of(one.value),
            "number": one.value.item.number,
            "name": one.value.item.description,
            "unit": one.value.item.unit,
            **_ranked(one),
        }
        for one in ranked
    ]


def _resources(found: ResourceNeeds) -> list[Body]:
    ranked = pareto((need.key, need.cost) for need in found.needs if need.cost is not None)
    return [
        {"kind": one.value.kind.value, "name": one.value.name, "unit": one.value.unit, **_ranked(one)} for one in ranked
    ]


def _ranked(one: Ranked[Any]) -> Body:
    return {
        "amount": plain(round_to_sen(one.amount)),
        "share": share(one.share),
        "cumulative": share(one.cumulative),
        "grade": one.grade.value,
    }
