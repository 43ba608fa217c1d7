"""Price books: a folder with a manifest and prices.csv, or prices read from a person's own file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from ahsp.catalog.package_files import MAX_GROUP, MAX_UNIT, Localized, Manifest, Table, check_number, check_text, refuse
from ahsp.engine.prices import Conversion, PriceTable
from ahsp.engine.resources import Resource, ResourceKind, shared_resource

PRICE_BOOK_FORMAT = "ahsp-price-book"
PRICES_FILE = "prices.csv"
PRICE_COLUMNS = ("kind", "resource", "unit", "price")
HOURS_PER_DAY = (Decimal(7), Decimal(8))


@dataclass(frozen=True, slots=True)
class PriceBookManifest:
    """Where prices come from. Example prices belong to no region and must be called so wherever they are shown.

    `edition` is the slug of the edition whose resource names the prices use, None where unknown.
    `hours_per_day` (7 or 8) bridges OH and OJ.
    """

    slug: str
    title: Localized
    is_example: bool
    hours_per_day: Decimal
    edition: str | None = None
    region: str | None = None
    valid_from: date | None = None
    provenance: Localized = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PriceBookPackage:
    """`prices` are in rupiah per unit of the resource."""

    manifest: PriceBookManifest
    prices: Mapping[Resource, Decimal]

    def table(self, conversions: tuple[Conversion, ...] = ()) -> PriceTable:
        """The prices as the engine takes them."""
        return PriceTable(self.prices, self.manifest.hours_per_day, conversions)


def read_price_book_manifest(path: Path) -> PriceBookManifest:
    """The manifest of the price book in folder `path`. Raises FileRefused."""
    return _manifest(Manifest(path, PRICE_BOOK_FORMAT))


def read_price_book(path: Path) -> PriceBookPackage:
    """Read and check the price book in folder `path`.

    Raises FileRefused naming file, row and reason; nothing of a damaged book is kept.
    """
    source = Manifest(path, PRICE_BOOK_FORMAT)
    manifest = _manifest(source)
    table = Table(source, PRICES_FILE, PRICE_COLUMNS)
    prices = _prices(table)
    table.verify()
    return PriceBookPackage(manifest, prices)


def _manifest(source: Manifest) -> PriceBookManifest:
    hours = source.text("hours_per_day")
    if hours not in {str(allowed) for allowed in HOURS_PER_DAY}:
        source.wrong("hours_per_day")
    return PriceBookManifest(
        slug=source.slug("slug"),
        title=source.localized("title"),
        is_example=source.flag("is_example"),
        hours_per_day=Decimal(hours),
        edition=source.optional_text("edition"),
        region=source.optional_text("region", MAX_GROUP),
        valid_from=source.optional_day("valid_from"),
        provenance=source.localized("provenance"),
    )


def _prices(table: Table) -> dict[Resource, Decimal]:
    kinds = {kind.value: kind for kind in ResourceKind}
    prices: dict[Resource, Decimal] = {}
    for number, (kind, name, unit, price) in enumerate(table.rows, 2):
        if kind not in kinds:
            refuse("package.group", table.name, number, value=kind[:40])
        check_text(name, table, number, "resource")
        check_text(unit, table, number, "unit", MAX_UNIT)
        check_number(price, table, number, "price")
        resource = shared_resource(kinds[kind], name, unit)
        if resource in prices:
            refuse("package.duplicate_price", table.name, number, resource=name, unit=unit)
        prices[resource] = Decimal(price)
    return prices
