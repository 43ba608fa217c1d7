"""Load every edition and price book that comes with the program; loading again changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ahsp.catalog.packages import edition_path, list_editions, list_price_books, price_book_path
from ahsp.catalog.services import load_edition
from ahsp.prices.services import load_price_book


class Command(BaseCommand):
    help = __doc__

    def handle(self, *_args: Any, **options: Any) -> None:
        for edition in list_editions():
            self._tell(options, edition.slug, loaded=load_edition(path=edition_path(edition.slug)))
        for book in list_price_books():
            self._tell(options, book.slug, loaded=load_price_book(path=price_book_path(book.slug)))

    def _tell(self, options: dict[str, Any], slug: str, *, loaded: bool) -> None:
        if options["verbosity"] > 0:
            self.stdout.write(f"{slug}: {'loaded' if loaded else 'unchanged'}")
