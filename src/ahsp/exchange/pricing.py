"""From a bill as it was read to a priced document, without a database: what `./ahsp price` is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from ahsp.catalog.codes import resolve_codes
from ahsp.catalog.packages import (
    EditionPackage,
    PriceBookPackage,
    edition_path,
    list_editions,
    list_price_books,
    price_book_path,
    read_edition,
    read_price_book,
)
from ahsp.core.errors import NotFound
from ahsp.engine.estimate import Estimate, EstimateSettings, price_estimate
from ahsp.engine.issues import Issue, Severity
from ahsp.engine.numbers import Notation
from ahsp.engine.prices import PriceTable
from ahsp.engine.resources import Resource, ResourceKind, shared_resource
from ahsp.exchange.documents.rab import Language, RabDocument
from ahsp.exchange.locating import locate_issues
from ahsp.exchange.reading.boq import Boq, RowKind, to_children
from ahsp.exchange.reading.prices import read_price_file


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices to calculate with and how the document names their source. `issues` were found while reading them."""

    table: PriceTable
    source: str
    is_example: bool = False
    issues: tuple[Issue, ...] = ()


def choose_prices(
    file: Path | None,
    edition: EditionPackage,
    *,
    notation: Notation,
    language: Language,
    hours_per_day: Decimal | None = None,
) -> Prices:
    """The price list in `file`, or the edition's example prices. `hours_per_day` replaces the book's.

    Raises AhspError for a file that is refused, or where the edition has no example prices.
    """
    if file is None:
        prices = book_prices(_example_book(edition), language)
    else:
        # The price list may spell a resource in other capitals than the edition.
        prices = book_prices(read_price_file(file, notation=notation, known=_resources(edition)), language)
    if hours_per_day is None:
        return prices
    return replace(prices, table=replace(prices.table, hours_per_day=hours_per_day))


def _example_book(edition: EditionPackage) -> PriceBookPackage:
    slug = edition.manifest.slug
    for book in list_price_books():
        if book.is_example and book.edition == slug:
            return read_price_book(price_book_path(book.slug))
    raise NotFound("prices.no_example", {"edition": slug})


def _resources(edition: EditionPackage) -> set[Resource]:
    return {
        shared_resource(ResourceKind(row.group), row.name, row.unit)
        for row in edition.line_rows()
        if row.line == "resource"
    }


def book_prices(book: PriceBookPackage, language: Language) -> Prices:
    """The prices of a price book, with an issue where they are examples."""
    manifest = book.manifest
    title = manifest.title.get(language) or next(iter(manifest.title.values()), manifest.slug)
    issues = (Issue("prices.example", Severity.WARNING, {"name": title}),) if manifest.is_example else ()
    return Prices(book.table(), title, manifest.is_example, issues)


def price_boq(
    boq: Boq,
    edition: EditionPackage,
    prices: Prices,
    settings: EstimateSettings,
    *,
    title: str,
    language: Language = "id",
    day: date | None = None,
    others: Iterable[Path] | None = None,
) -> RabDocument:
    """Price every line of `boq` and put the result into a document.

    Codes are forgiven spaces and marks behind them, with an issue. `others` are the folders of editions to look a
    code up in that `edition` does not have; None means those that come with the program.
    """
    elsewhere = _OtherEditions(edition.manifest.slug, others)
    children = resolve_codes(to_children(boq), edition.analyses, elsewhere.having)
    estimate = price_estimate(Estimate(children, edition.engine_analyses, prices.table, settings))
    issues = (*_issues_beside_items(boq), *prices.issues, *estimate.issues)
    return RabDocument(
        title=title,
        organization="",
        edition=edition.manifest.title,
        edition_code=edition.manifest.slug,
        price_source=prices.source,
        prices_are_example=prices.is_example,
        estimate=replace(locate_issues(estimate, boq), issues=issues),
        date=day,
        language=language,
        hours_per_day=prices.table.hours_per_day,
    )


def _issues_beside_items(boq: Boq) -> Iterator[Issue]:
    """Those of the file and of rows that are no work items; an item carries its own."""
    yield from boq.issues
    for row in boq.rows:
        if row.kind is not RowKind.ITEM:
            yield from row.issues


class _OtherEditions:
    """The titles of other editions that have a code; they are read when the first code is not found."""

    def __init__(self, slug: str, folders: Iterable[Path] | None) -> None:
        self._slug = slug
        self._folders = folders
        self._packages: list[EditionPackage] | None = None

    def having(self, code: str) -> list[str]:
        return [f"{one.manifest.title} ({one.manifest.slug})" for one in self._read() if code in one.analyses]

    def _read(self) -> list[EditionPackage]:
        if self._packages is None:
            folders = self._folders
            if folders is None:
                folders = [edition_path(one.slug) for one in list_editions() if one.slug != self._slug]
            packages = map(read_edition, folders)
            self._packages = [one for one in packages if one.manifest.slug != self._slug]
        return self._packages


def fraction(percent: Decimal) -> Decimal:
    """10 percent as 0.10."""
    return percent.scaleb(-2)
