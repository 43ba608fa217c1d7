"""A person's own price list, XLSX or CSV: one row per resource, its columns found by their words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Final

from ahsp.catalog.package_prices import PriceBookManifest, PriceBookPackage
from ahsp.core.errors import FileRefused
from ahsp.engine.numbers import Notation, NumberError, parse_number
from ahsp.engine.resources import Resource, ResourceKind, shared_resource
from ahsp.exchange.reading.cells import ERRORS, cell_text, is_blank, read_number
from ahsp.exchange.reading.grid import Cell, Grid, Value
from ahsp.exchange.reading.limits import HEADER_ROWS, column_letter, refuse, shorten
from ahsp.exchange.reading.price_columns import Header, PriceField, find_header, group_of, kind_of
from ahsp.exchange.reading.source import open_grid, shown_name

ABSURD: Final = Decimal(10) ** 12


@dataclass(slots=True)
class _List:
    """The list while it is read: prices, the row each stands in, and the kind of the group being read."""

    file: str
    header: Header
    notation: Notation
    prices: dict[Resource, Decimal] = field(default_factory=dict)
    rows: dict[Resource, int] = field(default_factory=dict)
    group: ResourceKind | None = None

    def refuse(self, code: str, row: int, one: PriceField, **data: str) -> FileRefused:
        column = self.header.columns.get(one)
        letter = column_letter(column) if column is not None else ""
        return refuse(code, self.file, row=row, column=letter, **data)


def read_price_file(
    path: Path,
    *,
    notation: Notation = Notation.AUTO,
    name: str | None = None,
    hours_per_day: Decimal = Decimal(7),
    known: Collection[Resource] = (),
) -> PriceBookPackage:
    """Read a price list with columns for kind, resource, unit and price, in Indonesian or English words.

    Rows without a price are not filled in and stay missing. A list may also head its groups with a row such as
    "Upah" or "B. Bahan" instead of having a column for the kind. A price counts for every resource in `known`
    that is written the same but for capitals and spaces.
    Raises core.errors.FileRefused with "file" and, where known, "row" and "column": nothing is kept then.
    """
    file = shown_name(path, name)
    grid = open_grid(path, file, None)
    header = _require_header(grid)
    reading = _List(file, header, notation)
    _check_formulas(grid, header)
    for number, row in enumerate(islice(grid.rows(), header.row, None), header.row + 1):
        _read_row(reading, number, row)
    if not reading.prices:
        raise refuse("prices.none", file)
    manifest = PriceBookManifest(
        slug=path.stem, title={"id": file, "en": file}, is_example=False, hours_per_day=hours_per_day
    )
    return PriceBookPackage(manifest, _spread(reading.prices, known))


def _require_header(grid: Grid) -> Header:
    header = find_header(grid.rows())
    if header is None:
        raise refuse("prices.header_missing", grid.file, rows=str(HEADER_ROWS))
    return header


def _check_formulas(grid: Grid, header: Header) -> None:
    """A formula without a stored value would be a price that is silently missing."""
    column = header.columns[PriceField.PRICE]
    lost: Iterator[Cell] = (cell for cell in grid.formulas.uncached if cell.column == column)
    first = next((cell for cell in lost if cell.row > header.row), None)
    if first is not None:
        raise refuse("formula.uncached", grid.file, row=first.row, column=column_letter(column))


def _read_row(reading: _List, number: int, row: Sequence[Value]) -> None:
    def cell(one: PriceField) -> Value:
        column = reading.header.columns.get(one)
        return row[column] if column is not None and column < len(row) else ""

    texts = {one: cell_text(cell(one)) for one in PriceField}
    if is_blank(cell(PriceField.PRICE)):
        if not texts[PriceField.UNIT]:
            reading.group = group_of(row) or reading.group
        return
    resource = _resource(reading, number, texts)
    price = _price(reading, number, cell(PriceField.PRICE))
    if reading.prices.setdefault(resource, price) != price:
        data = {"resource": shorten(resource.name), "unit": resource.unit, "earlier": str(reading.rows[resource])}
        raise reading.refuse("prices.duplicate", number, PriceField.PRICE, **data)
    reading.rows.setdefault(resource, number)


def _resource(reading: _List, number: int, texts: Mapping[PriceField, str]) -> Resource:
    for one in (PriceField.RESOURCE, PriceField.UNIT):
        if not texts[one]:
            raise reading.refuse("prices.blank", number, one, heading=one.value)
    word = texts[PriceField.KIND]
    kind = kind_of(word) if word else reading.group
    if kind is None:
        code = "prices.kind_unknown" if word else "prices.kind_missing"
        raise reading.refuse(code, number, PriceField.KIND, text=shorten(word))
    return shared_resource(kind, texts[PriceField.RESOURCE], texts[PriceField.UNIT])


def _price(reading: _List, number: int, value: Value) -> Decimal:
    text = cell_text(value)
    if text in ERRORS:
        raise reading.refuse("prices.unreadable", number, PriceField.PRICE, text=text)
    try:
        price = read_number(value, reading.notation)
    except NumberError as error:
        if error.code != "number.ambiguous":
            raise reading.refuse("prices.unreadable", number, PriceField.PRICE, text=shorten(text)) from error
        readings = {
            "indonesian": str(parse_number(text, Notation.INDONESIAN)),
            "english": str(parse_number(text, Notation.ENGLISH)),
        }
        raise reading.refuse(
            "number.ambiguous", number, PriceField.PRICE, text=text, heading="price", **readings
        ) from error
    if price is None or not 0 < price < ABSURD:
        raise reading.refuse("prices.impossible", number, PriceField.PRICE, text=shorten(text))
    return price


def _fold(resource: Resource) -> tuple[ResourceKind, str, str]:
    return resource.kind, " ".join(resource.name.casefold().split()), "".join(resource.unit.casefold().split())


def _spread(prices: Mapping[Resource, Decimal], known: Collection[Resource]) -> dict[Resource, Decimal]:
    """The prices, and those of known resources that differ from a listed one in capitals and spaces only."""
    found: dict[tuple[ResourceKind, str, str], set[Decimal]] = {}
    for resource, price in prices.items():
        found.setdefault(_fold(resource), set()).add(price)
    spread = dict(prices)
    for resource in known:
        same = found.get(_fold(resource), set())
        if resource not in spread and len(same) == 1:
            spread[resource] = next(iter(same))
    return spread
