"""The prices that a document rests on, each with where it is from: what workbook, pages and JSON say of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext
from typing import NamedTuple

from ahsp.engine.needs import resource_prices
from ahsp.engine.numbers import format_number
from ahsp.engine.price_origins import Origin, Origins
from ahsp.engine.prices import FoundPrice
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import CALCULATION, round_places
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import notation_of, translator

_KINDS = list(ResourceKind)
_MOST_DECIMALS = 6
_RECORDED_DECIMALS = 12


class PriceRow(NamedTuple):
    """A resource in use with its price, None where it is missing, and where that is from."""

    resource: Resource
    found: FoundPrice | None
    origin: Origin | None

    @property
    def converted(self) -> bool:
        return self.found is not None and self.found.source.unit != self.resource.unit


def origins_of(document: RabDocument) -> Origins:
    """Those that were told, else the price book by the name that the document gives it."""
    return document.origins or Origins(Origin(own=False, source=document.price_source), {})


def price_rows(document: RabDocument) -> list[PriceRow]:
    """By kind, name and unit."""
    origins = origins_of(document)
    found = sorted(resource_prices(document.estimate).items(), key=lambda pair: _place(pair[0]))
    return [PriceRow(resource, price, origins.of(price)) for resource, price in found]


def _place(resource: Resource) -> tuple[int, str, str]:
    return _KINDS.index(resource.kind), resource.name, resource.unit


def recorded_price(found: FoundPrice) -> Decimal:
    """The price as somebody recorded it, brought back through the factor."""
    if found.factor == 1:
        return found.price
    with localcontext(CALCULATION):
        price = found.price / found.factor
    return round_places(price, _RECORDED_DECIMALS)


def origin_sentence(origin: Origin | None, language: str) -> str:
    """Source, region and document in a line; a price of the project says that it is one."""
    if origin is None:
        return ""
    _ = translator(language)
    source = origin.source or (_("source not written") if origin.own else "")
    told = [source, origin.region, origin.document, origin.note]
    return " · ".join(filter(None, [_("project price") if origin.own else "", *told]))


def short_date(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def conversion_sentence(row: PriceRow, language: str) -> str:
    """Rp 72,500 per zak; empty where the price was recorded per the unit it is used in."""
    if row.found is None or not row.converted:
        return ""
    price = format_number(recorded_price(row.found), notation_of(language), max_decimals=_MOST_DECIMALS)
    return f"{price} / {row.found.source.unit}"


def price_json(document: RabDocument) -> Iterator[dict[str, object]]:
    """Each row as JSON values; `age_days` counts to the date of the document."""
    for resource, found, origin in price_rows(document):
        dated = origin.dated if origin else None
        age = (document.date - dated).days if dated and document.date else None
        yield {
            "kind": resource.kind.value,
            "name": resource.name,
            "unit": resource.unit,
            "price": None if found is None else f"{found.price:f}",
            "recorded": None if found is None else f"{recorded_price(found):f}",
            "recorded_unit": None if found is None else found.source.unit,
            "own": bool(origin and origin.own),
            "source": origin.source if origin else "",
            "region": origin.region if origin else "",
            "document": origin.document if origin else "",
            "dated": dated.isoformat() if dated else None,
            "age_days": age,
        }
