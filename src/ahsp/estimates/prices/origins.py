"""Where each price of a project is from: its own with what was written beside it, or the price book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from ahsp.engine.estimate import Estimate, PricedEstimate
from ahsp.engine.price_origins import Origin, Origins
from ahsp.engine.prices import FoundPrice, PriceTable
from ahsp.engine.resources import Resource
from ahsp.estimates.prices.rows import OwnPrice, own_prices
from ahsp.estimates.queries import load_priced
from ahsp.prices.models import PriceBook
from ahsp.prices.queries import load_prices
from ahsp.projects.models import Project


class PricedBy(NamedTuple):
    """A project as engine input and priced, with what its prices are made of.

    `book` is what the price book alone would give, converted by the same factors; `own` are its own prices as rows.
    """

    estimate: Estimate
    priced: PricedEstimate
    own: Mapping[Resource, OwnPrice]
    book: PriceTable
    origins: Origins


def load_priced_by(project: Project) -> PricedBy:
    """Two queries more than load_estimate."""
    estimate, priced = load_priced(project)
    own = own_prices(project)
    names = {one.name for one in (*estimate.prices.prices, *estimate.prices.bought)}
    book = load_prices([project.price_book_id], names)[project.price_book_id]
    table = replace(estimate.prices, prices=book.prices, bought={})
    return PricedBy(estimate, priced, own, table, origins_of(project.price_book, own))


def origins_of(book: PriceBook, own: Mapping[Resource, OwnPrice]) -> Origins:
    """What answers where a price is from."""
    return Origins(
        book=Origin(own=False, source=book.name, region=book.region, dated=book.valid_on, document=book.document),
        own={
            resource: Origin(
                own=True, **{name: row[name] for name in ("source", "region", "dated", "document", "note")}
            )
            for resource, row in own.items()
        },
    )


def recorded_price(by: PricedBy, resource: Resource, found: FoundPrice | None) -> tuple[Decimal | None, str]:
    """The price as somebody recorded it, and per what."""
    own = by.own.get(resource) or (by.own.get(found.recorded) if found else None)
    if own is not None:
        unit = resource.unit if resource in by.own or found is None else found.source.unit
        return own["price"], own["purchase_unit"] or unit
    if found is None:
        return None, resource.unit
    return by.book.prices.get(found.source), found.source.unit
