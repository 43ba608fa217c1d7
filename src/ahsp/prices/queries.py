"""Reads of price books: rows into the engine's price table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from ahsp.engine.prices import Conversion, PriceTable
from ahsp.engine.resources import Resource, ResourceKind, shared_resource
from ahsp.prices.models import PriceBook

# One parameter for all names: a thousand placeholders, or an array of a thousand texts, cost more to send than
# the rows to fetch. No name holds a control character (catalog.package_files refuses it), so one may part them.
_BETWEEN = "\x1f"
BOOK_PRICES = """
SELECT book_id, 0 AS place, kind, name, unit, price, '' AS to_unit FROM prices_price
 WHERE book_id = ANY(%s) AND name = ANY(string_to_array(%s, chr(31)))
UNION ALL
SELECT book_id, id, '', name, from_unit, factor, to_unit FROM prices_conversion
 WHERE book_id = ANY(%s) AND name = ANY(string_to_array(%s, chr(31)))
"""

_KINDS = {kind.value: kind for kind in ResourceKind}


@dataclass(frozen=True, slots=True)
class BookPrices:
    """What a price book says about the resources asked for."""

    prices: Mapping[Resource, Decimal]
    conversions: tuple[Conversion, ...]

    def table(self, hours_per_day: Decimal) -> PriceTable:
        """As the engine wants it."""
        return PriceTable(self.prices, hours_per_day, self.conversions)


def asking(books: Iterable[int], names: Collection[str]) -> list[Any]:
    """What fills BOOK_PRICES: the prices and conversions of the resources called `names`, in whatever unit."""
    wanted: list[Any] = [list(books), _BETWEEN.join(names)]
    return wanted + wanted


def load_prices(books: Iterable[int], names: Collection[str]) -> dict[int, BookPrices]:
    """Prices and conversions of the resources called `names`, in whatever unit, by the id of their book. One query."""
    wanted = list(books)
    with connection.cursor() as cursor:
        cursor.execute(BOOK_PRICES, asking(wanted, names))
        found = by_book(cursor.fetchall())
    return {book: found.get(book, BookPrices({}, ())) for book in wanted}


def by_book(rows: Iterable[tuple[Any, ...]]) -> dict[int, BookPrices]:
    """The rows of BOOK_PRICES by their first column; those without a kind are conversions."""
    prices: dict[int, dict[Resource, Decimal]] = defaultdict(dict)
    conversions: dict[int, list[tuple[int, Conversion]]] = defaultdict(list)
    for book, place, kind, name, unit, figure, to_unit in rows:
        if kind:
            prices[book][shared_resource(_KINDS[kind], name, unit)] = figure
        else:
            conversions[book].append((place, Conversion(name, unit, to_unit, figure)))
    return {
        book: BookPrices(prices[book], tuple(one for _, one in sorted(conversions[book], key=lambda pair: pair[0])))
        for book in {*prices, *conversions}
    }


def load_price_table(book: PriceBook, names: Collection[str], *, hours_per_day: Decimal) -> PriceTable:
    """What `book` says about the resources called `names`. One query."""
    return load_prices([book.pk], names)[book.pk].table(hours_per_day)
