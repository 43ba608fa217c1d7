"""Preview of a catalog analysis, priced with the example prices."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ahsp.catalog.access import open_analysis, open_edition
from ahsp.catalog.models import Analysis
from ahsp.catalog.queries import load_analyses, resource_names
from ahsp.engine.pricing import PricedAnalysis, price_analysis
from ahsp.estimates.sheet import sheet_groups
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


@require_safe
def analysis(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """catalog/analysis.html, or catalog/partials/analysis.html for htmx.

    With `edition`, `analysis`, `preview` (Preview) and `groups` (SheetGroup).
    """
    edition = open_edition(slug)
    found = open_analysis(edition, code)
    shown = preview(found)
    groups = sheet_groups(shown.priced) if shown else ()
    context = {"edition": edition, "analysis": found, "preview": shown, "groups": groups}
    template = "partials/analysis.html" if getattr(request, "htmx", False) else "analysis.html"
    return render(request, f"catalog/{template}", context)
