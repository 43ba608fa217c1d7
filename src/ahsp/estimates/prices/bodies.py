"""Prices of a project as bodies of the API: each with where it is from, and what rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ahsp.core.api.bodies import plain
from ahsp.engine.estimate import PricedItem, PricedSection
from ahsp.engine.needs import resource_costs, resource_prices
from ahsp.engine.price_origins import Origin
from ahsp.engine.prices import FoundPrice, PriceTable, find_price
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import round_to_sen
from ahsp.engine.usage import items_by_resource, items_taking
from ahsp.engine.what_if import Supposed, parts_before_and_after, suppose, untouched
from ahsp.estimates.bodies import Body, book_name, figure, pk_of, share, sums
from ahsp.estimates.prices.origins import PricedBy, load_priced_by, recorded_price
from ahsp.estimates.prices.rows import own_conversions
from ahsp.estimates.queries import load_estimate, priced_estimate
from ahsp.projects.models import Project
from ahsp.projects.tables import key_of

OLD_AFTER_DAYS = 180
"""A price asked for longer ago deserves to be asked again; prices of materials are published by the half-year."""
MOST_ITEMS = 500
KINDS = list(ResourceKind)
COLUMNS = (
    "kind", "name", "unit", "state", "price", "recorded", "recorded_unit", "factor", "book_price", "key", "version",
    "source", "region", "dated", "document", "note", "items", "cost", "share",
)  # fmt: skip
NOTHING = Decimal(0)


class _Facts(NamedTuple):
    """What a row is told from."""

    by: PricedBy
    items: Mapping[Resource, int]
    costs: Mapping[Resource, Decimal]
    whole: Decimal


def prices_grid(project: Project) -> Body:
    """Every resource in use, and those that have an own price without being in use; missing ones first."""
    by = load_priced_by(project)
    priced = by.priced
    found = resource_prices(priced)
    found |= {one: find_price(by.estimate.prices, one) for one in by.own if one not in found}
    costs = resource_costs(priced)
    facts = _Facts(by, items_by_resource(priced), costs, sum(costs.values(), NOTHING))
    ordered = sorted(found.items(), key=lambda pair: (pair[1] is not None, *_place(pair[0])))
    book = project.price_book
    return {
        "revision": project.revision,
        "book": {**book_name(book), "region": book.region, "valid_on": book.valid_on, "document": book.document},
        "hours_per_day": f"{project.hours_per_day.normalize():f}",
        "old_after_days": OLD_AFTER_DAYS,
        "cost": plain(round_to_sen(facts.whole)),
        "columns": COLUMNS,
        "rows": [_row(facts, resource, price) for resource, price in ordered],
        "conversions": _conversions(project, by.estimate.prices),
    }


def _place(resource: Resource) -> tuple[int, str, str]:
    return KINDS.index(resource.kind), resource.name, resource.unit


def _row(facts: _Facts, resource: Resource, found: FoundPrice | None) -> list[Any]:
    by = facts.by
    own, book = by.own.get(resource), find_price(by.book, resource)
    origin = by.origins.own.get(resource) if own else None
    cost = facts.costs.get(resource)
    recorded, recorded_unit = recorded_price(by, resource, found)
    part = None if cost is None or not facts.whole else share(cost / facts.whole)
    return [
        resource.kind.value,
        resource.name,
        resource.unit,
        _state(by, resource, found),
        figure(found.price) if found else None,
        plain(recorded),
        recorded_unit,
        figure(found.factor) if found and found.factor != 1 else None,
        figure(book.price) if book else None,
        key_of("r", own["id"]) if own else None,
        own["version"] if own else None,
        *_told(origin),
        facts.items.get(resource, 0),
        None if cost is None else plain(round_to_sen(cost)),
        part,
    ]


def _state(by: PricedBy, resource: Resource, found: FoundPrice | None) -> str:
    if resource in by.own:
        return "own" if found else "unconverted"
    if found is None:
        return "missing"
    return "follows" if found.recorded in by.own else "book"


def _told(origin: Origin | None) -> tuple[Any, ...]:
    if origin is None:
        return (None,) * 5
    return origin.source, origin.region, origin.dated, origin.document, origin.note


def _conversions(project: Project, table: PriceTable) -> list[Body]:
    """The project's own first, as they are used; then the book's that no own one stands for."""
    own = own_conversions(project)
    known = {(one["name"], one["from_unit"], one["to_unit"]) for one in own}
    found = [{"key": key_of("c", one.pop("id")), **one, "factor": _short(one["factor"])} for one in own]
    for one in table.conversions:
        if (one.name, one.from_unit, one.to_unit) not in known:
            units = {"from_unit": one.from_unit, "to_unit": one.to_unit, "factor": _short(one.factor)}
            found.append({"key": None, "version": None, "name": one.name, **units, "note": ""})
    return found


def _short(factor: Decimal) -> str:
    return f"{factor.normalize():f}"


def what_if(project: Project, changes: Mapping[ResourceKind, Decimal]) -> Body:
    """The totals before and after, by kind and by section."""
    supposed = suppose(load_estimate(project), changes)
    before, after = sums(project, supposed.before), sums(project, supposed.after)
    return {
        "revision": project.revision,
        "changes": {kind.value: f"{changes.get(kind, NOTHING):f}" for kind in KINDS},
        "complete": supposed.before.complete,
        "by_kind": _by_kind(supposed),
        "by_section": [_part(*part) for part in parts_before_and_after(supposed)],
        "untouched": _untouched(supposed),
        "totals": [
            _pair(name, Decimal(before[name]), Decimal(after[name])) for name in ("subtotal", "total", "rounded_total")
        ],
        "in_words": after["in_words"],
    }


def _untouched(supposed: Supposed) -> list[Body]:
    found = untouched(supposed.before)
    return [
        {"name": "own_prices", "items": found.own_price_items, "amount": plain(round_to_sen(found.own_prices))},
        {"name": "lump_sums", "items": found.lump_sum_items, "amount": plain(round_to_sen(found.lump_sums))},
    ]


_SPENT = ("labor", "material", "equipment", "overhead_and_profit", "own_prices")


def _by_kind(supposed: Supposed) -> list[Body]:
    """What is left of the subtotal is rounding, so that each column adds up as printed."""
    rows, left = [], [supposed.before.subtotal, supposed.after.subtotal]
    for name in _SPENT:
        pair = [round_to_sen(getattr(one, name)) for one in (supposed.spend_before, supposed.spend_after)]
        rows.append(_pair(name, *pair))
        left = [rest - value for rest, value in zip(left, pair, strict=True)]
    return [*rows, _pair("rounding", *left)]


def _pair(name: str, before: Decimal, after: Decimal) -> Body:
    return {"name": name, "before": plain(before), "after": plain(after), "difference": plain(after - before)}


def _part(child: PricedSection | PricedItem, before: Decimal, after: Decimal) -> Body:
    if isinstance(child, PricedItem):
        return {"key": child.item.key, "number": child.item.number, **_pair(child.item.description, before, after)}
    section = child.section
    return {"key": section.key, "number": section.number, **_pair(section.name, before, after)}


def resource_uses(project: Project, resource: Resource) -> Body:
    """The work items that take a resource, in document order, with what each pays for it."""
    taking = list(items_taking(priced_estimate(project), resource))
    return {
        "revision": project.revision,
        "count": len(taking),
        "results": [_use(one) for one in taking[:MOST_ITEMS]],
    }


def _use(one: PricedItem) -> Body:
    line = one.item
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
    }
