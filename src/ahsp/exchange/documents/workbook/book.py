"""The workbook as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from ahsp.exchange.documents.rab import RabDocument, Tick
from ahsp.exchange.documents.texts import translator
from ahsp.exchange.documents.workbook.analyses_sheet import start_analyses, write_analyses
from ahsp.exchange.documents.workbook.bill_sheet import write_bill
from ahsp.exchange.documents.workbook.names import sheet_names
from ahsp.exchange.documents.workbook.notes_sheet import write_notes
from ahsp.exchange.documents.workbook.plan import make_plan
from ahsp.exchange.documents.workbook.prices_sheet import write_prices
from ahsp.exchange.documents.workbook.recap_sheet import write_recap
from ahsp.exchange.documents.workbook.rows import RowSheet, clean_text
from ahsp.exchange.documents.workbook.styles import Styles

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST_PROPERTY = 250


def write_workbook(document: RabDocument, target: str | Path | BinaryIO, tick: Tick) -> None:
    """Write the workbook to a path or an open binary file."""
    if isinstance(target, str | Path):
        with Path(target).open("wb") as file:
            write_workbook(document, file, tick)
        return
    book = Workbook(target, OPTIONS)
    names = sheet_names(translator(document.language))
    recap, bill, analyses, prices, notes = (
        book.add_worksheet(name, worksheet_class=RowSheet)
        for name in (names.recap, names.bill, names.analyses, names.prices, names.notes)
    )
    styles = Styles(book)
    # Formulas point ahead: notes and prices are filled in first, the summary last.
    cells = write_notes(notes, styles, document, names)
    start_analyses(analyses, styles, document)
    plan = make_plan(document.estimate, analyses.row)
    tick(5)
    write_prices(prices, styles, document, plan)
    write_analyses(analyses, styles, document, plan, names, cells.overhead)
    tick(40)
    rows = write_bill(bill, styles, document, plan, names)
    write_recap(recap, styles, document, rows, names, cells)
    tick(70)
    set_properties(book, document)
    book.close()


def set_properties(book: Workbook, document: RabDocument) -> None:
    title, company = (clean_text(text)[:_LONGEST_PROPERTY] for text in (document.title, document.organization))
    book.set_properties({"title": title, "company": company})
