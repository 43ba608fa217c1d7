"""Preview of a catalog analysis, priced with the example prices."""

from __future__ import annotations

from dataclasses import dataclass

from ahsp.catalog.models import Analysis
from ahsp.catalog.queries import load_analyses, resource_names
from ahsp.engine.pricing import PricedAnalysis, price_analysis
from ahsp.prices.access import example_book
from ahsp.prices.models import PriceBook
from ahsp.prices.queries import load_price_table


@dataclass(frozen=True, slots=True)
class Preview:
    """An analysis at the prices of `book`."""

    priced: PricedAnalysis
    book: PriceBook


def preview(analysis: Analysis) -> Preview | None:
    """None where no book of example prices is loaded."""
    book = example_book()
    if book is None:
        return None
    loaded = load_analyses([analysis.pk])
    table = load_price_table(book, resource_names(loaded.values()), hours_per_day=book.hours_per_day)
    others = {other.code: other for other in loaded.values()}
    return Preview(price_analysis(loaded[analysis.pk], table, others), book)
