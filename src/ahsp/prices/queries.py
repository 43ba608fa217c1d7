"""Reads of price books: rows into the engine's price table."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from ahsp.engine.prices import Conversion as EngineConversion
from ahsp.engine.prices import PriceTable
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.prices.models import Conversion, Price, PriceBook

_KINDS = {kind.value: kind for kind in ResourceKind}


def load_price_table(book: PriceBook, names: Collection[str], *, hours_per_day: Decimal) -> PriceTable:
    """The prices and conversions of `book` for the resources called `names`, in whatever unit. Two queries."""
    wanted = list(names)
    rows = Price.objects.filter(book=book, name__in=wanted).values_list("kind", "name", "unit", "price")
    prices = {Resource(_KINDS[kind], name, unit): price for kind, name, unit, price in rows}
    factors = Conversion.objects.filter(book=book, name__in=wanted)
    conversions = factors.order_by("id").values_list("name", "from_unit", "to_unit", "factor")
    return PriceTable(prices, hours_per_day, tuple(EngineConversion(*row) for row in conversions))
