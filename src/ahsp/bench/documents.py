"""Writing the RAB of 1,000 and of 10,000 work items as workbook, PDF and DOCX."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import BinaryIO

from ahsp.catalog.packages import edition_path, price_book_path, read_edition, read_price_book
from ahsp.engine.estimate import Estimate, EstimateSettings, Section, WorkItem, price_estimate
from ahsp.engine.rounding import CENT, Rounding
from ahsp.engine.vat import vat_rule_on
from ahsp.exchange.documents.rab import RabDocument, write_docx, write_pdf, write_xlsx

EDITION, PRICES = "ck-se47-2026", "ck-se47-2026-example"
ITEMS, MANY = 1_000, 10_000
ANALYSES_PER_THOUSAND = 300
"""A bill repeats itself: two storeys, two kinds of wall. One of 229 lines uses some 150 analyses."""
PER_SECTION = 40
ROUNDS = 3


def measure() -> dict[str, float]:
    """Medians in ms of three runs with 1,000 items, and how many times as long 10,000 take."""
    few, many = document(ITEMS), document(MANY)
    _spent(write_xlsx, few)  # imports and caches belong to the start of a program
    figures: dict[str, float] = {"items": ITEMS, "many_items": MANY}
    for name, write in (("xlsx", write_xlsx), ("pdf", write_pdf), ("docx", write_docx)):
        short = statistics.median(_spent(write, few) for _ in range(ROUNDS))
        long = _spent(write, many)
        figures[f"{name}_ms"] = round(short * 1000)
        figures[f"{name}_many_ms"] = round(long * 1000)
        figures[f"{name}_growth"] = round(long / short, 2)
    return figures


def document(items: int) -> RabDocument:
    """The RAB of a bill that uses the analyses of the shipped edition in turn, in sections of forty items."""
    edition = read_edition(edition_path(EDITION))
    book = read_price_book(price_book_path(PRICES))
    used = edition.records[:: max(len(edition.records) * ITEMS // (ANALYSES_PER_THOUSAND * items), 1)]
    lines = []
    for number in range(items):
        record = used[number % len(used)]
        quantity = Decimal(number % 97 * 1000 + 125).scaleb(-3)
        lines.append(WorkItem(str(number), str(number + 1), record.name, record.unit, quantity, record.code))
    sections = tuple(
        Section(f"s{start}", str(start // PER_SECTION + 1), "PEKERJAAN", tuple(lines[start : start + PER_SECTION]))
        for start in range(0, items, PER_SECTION)
    )
    settings = EstimateSettings(Decimal("0.10"), vat_rule_on(date(2026, 1, 1)), CENT, Rounding.parse("floor:1000"))
    estimate = price_estimate(Estimate(sections, edition.engine_analyses, book.table(), settings))
    return RabDocument(
        title=f"{items} items",
        organization="",
        edition=edition.manifest.title,
        price_source=book.manifest.title["id"],
        prices_are_example=True,
        estimate=estimate,
    )


def _spent(write: Callable[[RabDocument, BinaryIO], None], rab: RabDocument) -> float:
    start = time.perf_counter()
    write(rab, BytesIO())
    return time.perf_counter() - start
