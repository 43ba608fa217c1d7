"""Reads of the projects' own prices, laid over those of their price books."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from ahsp.engine.prices import BoughtPrice, PriceTable
from ahsp.engine.resources import ResourceKind, shared_resource
from ahsp.prices.queries import BOOK_PRICES, BookPrices, asking, by_book
from ahsp.projects.models import Project

_KINDS = {kind.value: kind for kind in ResourceKind}
# One question for the book and what the project lays over it: every page of a project asks it. Rows of a project
# stand under its negative id; the last column of a price is its purchase unit.
_WITH_OWN = f"""{BOOK_PRICES}
UNION ALL
SELECT -project_id, id, kind, name, unit, price, purchase_unit FROM estimates_projectprice
 WHERE project_id = ANY(%s)
UNION ALL
SELECT -project_id, id, '', name, from_unit, factor, to_unit FROM estimates_projectconversion
 WHERE project_id = ANY(%s)
"""  # noqa: S608 both texts are ours


def load_price_tables(projects: Iterable[Project], names: Collection[str]) -> dict[int, PriceTable]:
    """The prices of the resources called `names` by the id of the project: its own over those of its price book.

    A price per purchase unit (zak) is the price of the resource in its own unit (kg): the book's gives way, and the
    engine converts by the recorded factor, the project's before the book's. One query.
    """
    wanted = list(projects)
    ids = [project.pk for project in wanted]
    with connection.cursor() as cursor:
        cursor.execute(_WITH_OWN, [*asking({one.price_book_id for one in wanted}, names), ids, ids])
        rows = cursor.fetchall()
    own: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        if row[0] < 0 and row[2]:
            own.setdefault(-row[0], []).append(row)
    books = by_book(row for row in rows if not (row[0] < 0 and row[2]))
    return {project.pk: _table(project, books, own.get(project.pk, ())) for project in wanted}


def _table(project: Project, books: dict[int, BookPrices], own: Iterable[tuple[Any, ...]]) -> PriceTable:
    nothing = BookPrices({}, ())
    book, factors = books.get(project.price_book_id, nothing), books.get(-project.pk, nothing).conversions
    prices, bought = dict(book.prices), {}
    for _, _, kind, name, unit, price, purchase_unit in own:
        resource = shared_resource(_KINDS[kind], name, unit)
        if purchase_unit and purchase_unit != unit:
            prices.pop(resource, None)
            bought[resource] = BoughtPrice(purchase_unit, price)
        else:
            prices[resource] = price
    known = {(one.name, one.from_unit, one.to_unit) for one in factors}
    rest = (one for one in book.conversions if (one.name, one.from_unit, one.to_unit) not in known)
    return PriceTable(prices, project.hours_per_day, (*factors, *rest), bought)
