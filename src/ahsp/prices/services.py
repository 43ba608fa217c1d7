"""Loading price books."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from ahsp.catalog.packages import read_price_book, read_price_book_manifest
from ahsp.catalog.services import manifest_checksum
from ahsp.core.copying import copy_rows
from ahsp.core.errors import Conflict
from ahsp.prices.models import Price, PriceBook


def load_price_book(*, path: Path) -> bool:
    """Load the shared price book in folder `path`; False if it is there already.

    Raises FileRefused for a damaged book and Conflict for another content under a loaded slug.
    """
    checksum = manifest_checksum(path)
    loaded = PriceBook.objects.filter(slug=read_price_book_manifest(path).slug).first()
    if loaded is not None and loaded.checksum == checksum:
        return False
    package = read_price_book(path)
    head = package.manifest
    if loaded is not None:
        raise Conflict("price_book.changed", {"book": loaded.slug})
    with transaction.atomic():
        book = PriceBook.objects.create(
            slug=head.slug,
            name=head.title.get("id", head.slug),
            is_example=head.is_example,
            region=head.region or "",
            valid_on=head.valid_from,
            note=head.provenance.get("id", ""),
            hours_per_day=head.hours_per_day,
            checksum=checksum,
        )
        rows = ((book.pk, r.kind.value, r.name, r.unit, price) for r, price in package.prices.items())
        copy_rows(Price, ("book", "kind", "name", "unit", "price"), rows)
    return True
