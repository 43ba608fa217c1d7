"""Prices from lists: a pasted one written into a project, a file turned into rows that can be pasted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from ahsp.core.issue_texts import issue_text
from ahsp.engine.needs import resource_prices
from ahsp.engine.numbers import Notation
from ahsp.engine.prices import find_price
from ahsp.engine.resources import Resource
from ahsp.engine.units import fold_unit
from ahsp.estimates.prices.conversions import set_conversions
from ahsp.estimates.prices.origins import load_priced_by, recorded_price
from ahsp.estimates.prices.services import TypedPrice, set_prices
from ahsp.estimates.prices.typed import written_price
from ahsp.exchange.price_lists.lists import Known, PriceList, fold_name, read_list
from ahsp.exchange.price_lists.matching import TOLD, WRITTEN, Outcome, Recorded, counts, match
from ahsp.projects.entries import Entry
from ahsp.projects.models import Project

Body = dict[str, Any]


def load_recorded(project: Project) -> Recorded:
    """What a list is laid against."""
    by = load_priced_by(project)
    found = resource_prices(by.priced)
    found |= {one: find_price(by.estimate.prices, one) for one in by.own if one not in found}
    prices = {}
    for resource, price in found.items():
        recorded, unit = recorded_price(by, resource, price)
        if recorded is not None:
            prices[resource] = (recorded, unit)
    return Recorded(list(found), prices, by.estimate.prices)


def known_of(recorded: Recorded) -> Known:
    """By which words columns are recognized."""
    units = {fold_unit(one.unit) for one in recorded.resources}
    for one in recorded.table.conversions:
        units |= {fold_unit(one.from_unit), fold_unit(one.to_unit)}
    return Known({fold_name(one.name) for one in recorded.resources}, units)


def paste_prices(*, entry: Entry, arguments: Mapping[str, Any]) -> Body:
    """Write the rows that match resources of the project; tell what each row became. See PastePricesSerializer."""
    if arguments.get("conversions"):
        set_conversions(entry=entry, wanted=arguments["conversions"])
    recorded = load_recorded(entry.project)
    read = read_list(arguments["rows"], known_of(recorded), arguments.get("columns"))
    left_out = set(arguments.get("without", ()))
    found = match((row for row in read.rows if row.number not in left_out), recorded, Notation(arguments["notation"]))
    cells = [_typed(one, arguments) for one in found if one.what in WRITTEN]
    if cells:
        set_prices(entry=entry, cells=cells)
    return _told(read, found, recorded)


def _typed(one: Outcome, arguments: Mapping[str, Any]) -> TypedPrice:
    if one.resource is None or one.price is None:
        raise ValueError("a row that is written has a resource and a price")
    resource = one.resource
    told = {name.value: one.row.text(name) or arguments.get(name.value, "") for name in TOLD}
    values = {"price": written_price(one.price), "purchase_unit": one.unit if one.unit != resource.unit else ""}
    values |= {name: text for name, text in told.items() if text}
    return TypedPrice(f"{resource.name} ({resource.unit})", resource, arguments["version"], values)


def _told(read: PriceList, found: Sequence[Outcome], recorded: Recorded) -> Body:
    """Rows as `[number, what, name, unit and price as they stand there, price read, its unit, resource, price now, its
    unit, sentence]`."""
    language = get_language() or "id"
    return {
        "columns": list(read.columns),
        "header": read.header,
        "unpriced": read.unpriced,
        "counts": counts(found),
        "rows": [_row(one, recorded, language) for one in found],
    }


def _row(one: Outcome, recorded: Recorded, language: str) -> list[Any]:
    texts = {name.value: text for name, text in one.row.texts.items()}
    now = recorded.prices.get(one.resource) if one.resource else None
    return [
        one.row.number,
        one.what.value,
        texts.get("resource", ""),
        texts.get("unit", ""),
        texts.get("price", ""),
        None if one.price is None else f"{one.price:f}",
        one.unit,
        _named(one.resource),
        None if now is None else f"{now[0]:f}",
        "" if now is None else now[1],
        issue_text(one.code, one.data, language) if one.code else "",
    ]


def _named(resource: Resource | None) -> Body | None:
    return None if resource is None else {"kind": resource.kind.value, "name": resource.name, "unit": resource.unit}
