"""Reads of price books: rows into the engine's price table."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import connection

from ahsp.engine.prices import Conversion, PriceTable
from ahsp.engine.resources import ResourceKind, shared_resource
from ahsp.prices.models import PriceBook

# One parameter for all names: a thousand placeholders, or an array of a thousand texts, cost more to send than
# the rows to fetch. No name holds a control character (catalog.package_files refuses it), so one may part them.
_BETWEEN = "\x1f"
_PRICES = """
SELECT kind, name, unit, price FROM prices_price
 WHERE book_id = %s AND name = ANY(string_to_array(%s, chr(31)))
"""
_CONVERSIONS = """
SELECT name, from_unit, to_unit, factor FROM prices_conversion
 WHERE book_id = %s AND name = ANY(string_to_array(%s, chr(31))) ORDER BY id
"""

_KINDS = {kind.value: kind for kind in ResourceKind}


def load_price_table(book: PriceBook, names: Collection[str], *, hours_per_day: Decimal) -> PriceTable:
    """The prices and conversions of `book` for the resources called `names`, in whatever unit. Two queries."""
    wanted: Any = [book.pk, _BETWEEN.join(names)]
    with connection.cursor() as cursor:
        cursor.execute(_PRICES, wanted)
        prices = {shared_resource(_KINDS[kind], name, unit): price for kind, name, unit, price in cursor.fetchall()}
        cursor.execute(_CONVERSIONS, wanted)
        conversions = tuple(Conversion(*row) for row in cursor.fetchall())
    return PriceTable(prices, hours_per_day, conversions)
