"""The back-up volume as PDF: strings from here, the page is set in takeoff.typ."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ahsp.core.issue_texts import issue_text
from ahsp.engine.estimate import WorkItem
from ahsp.engine.numbers import format_number
from ahsp.engine.takeoff import CELLS, MeasuredLine
from ahsp.exchange.documents.content import heading_lines
from ahsp.exchange.documents.outline import Line, Opening, walk
from ahsp.exchange.documents.pdf import breakable, typeset
from ahsp.exchange.documents.rab import Tick
from ahsp.exchange.documents.takeoff.document import Measurement, TakeoffDocument
from ahsp.exchange.documents.texts import notation_of, translator

_LEAST_DECIMALS, _MOST_DECIMALS = 2, 6
_LONGEST_RUNNING_TITLE = 90
_LONGEST_IN_A_ROW = 700


def render_pdf(document: TakeoffDocument, tick: Tick) -> bytes:
    """The finished PDF. Text goes in as data, never as markup."""
    pages = _pages(document)
    return typeset("takeoff.typ", pages, len(pages["rows"]), tick)


def _pages(document: TakeoffDocument) -> dict[str, Any]:
    rab = document.rab
    rows = list(_rows(document))
    longest = max((len(text) for row in rows for text in row if isinstance(text, str)), default=0)
    # Without prices there is nothing to say of where they are from.
    heading = [pair for pair in heading_lines(rab) if pair[1] not in {rab.edition, rab.price_source}]
    return {
        "language": rab.language,
        "title": breakable(rab.title),
        "running_title": breakable(rab.title[:_LONGEST_RUNNING_TITLE]),
        "organization": breakable(rab.organization),
        "heading": [[label, breakable(text)] for label, text in heading],
        "parameters": list(_parameters(document)),
        "rows": rows,
        "tall_rows": longest > _LONGEST_IN_A_ROW,
        "texts": _texts(document),
    }


def _texts(document: TakeoffDocument) -> dict[str, Any]:
    _ = translator(document.language)
    return {
        "document": document.name,
        "parameters": _("Parameters"),
        "name": _("Name"),
        "formula": _("Formula"),
        "value": _("Value"),
        "unit": _("Unit"),
        "number": _("No."),
        "description": _("Description"),
        "count": _("Count (n)"),
        "length": _("Length (p)"),
        "width": _("Width (l)"),
        "height": _("Height (t)"),
        "deduction": _("Deduction"),
        "quantity": _("Quantity"),
        "reference": _("Ref."),
        "page": _("Page {page} of {pages}"),
        "signatures": [_("Prepared by"), _("Checked by"), _("Approved by")],
        "signature_line": _("Name, position, date"),
    }


def _parameters(document: TakeoffDocument) -> Iterator[list[str]]:
    for one in document.parameters:
        told = " ".join(issue_text(issue.code, issue.data, document.language) for issue in one.issues)
        yield [
            breakable(one.name),
            breakable(one.formula),
            _number(one.value, document.language),
            breakable(one.unit),
            breakable(f"{one.note} {told}".strip()),
        ]


def _rows(document: TakeoffDocument) -> Iterator[list[Any]]:
    """ "s" a section, "i" an item, "l" a line of its sheet, "f" its formula, "r" what is to be said of it."""
    for step in walk(document.rab.estimate):
        if isinstance(step, Opening):
            section = step.section.section
            yield ["s", breakable(section.number), breakable(section.name), step.depth]
        elif isinstance(step, Line):
            item = step.item.item
            yield from _item(item, document.measurements[item.key], document.language)


def _item(item: WorkItem, measured: Measurement, language: str) -> Iterator[list[Any]]:
    missing = translator(language)("no quantity yet")
    quantity = missing if item.quantity is None else _number(item.quantity, language)
    start = [breakable(item.number), breakable(item.description)]
    yield ["i", *start, measured.name, quantity, breakable(item.unit), item.quantity is None]
    if measured.formula:
        yield ["f", breakable(f"= {measured.formula}")]
    for line in measured.lines:
        yield _line(line, language)
    for issue in measured.issues:
        yield ["r", breakable(issue_text(issue.code, issue.data, language))]


def _line(measured: MeasuredLine, language: str) -> list[Any]:
    """Typed numbers as they were typed; of a formula its value, and the formula below the description."""
    line = measured.line
    formulas = [text.strip() for cell in CELLS if _is_formula(text := getattr(line, cell))]
    cells = [
        _number(measured.values[cell], language, least=0) if cell in measured.values else getattr(line, cell).strip()
        for cell in CELLS[:-1]
    ]
    value = "" if measured.value is None else _number(measured.value, language)
    told = [issue_text(issue.code, issue.data, language) for issue in measured.issues.values()]
    return [
        "l",
        breakable(line.description),
        breakable("; ".join(formulas)),
        *(breakable(cell) for cell in cells),
        value,
        breakable(" ".join(told)),
    ]


def _is_formula(text: str) -> bool:
    return bool(text.strip()) and not text.strip().replace(".", "").replace(",", "").isdigit()


def _number(value: Decimal | None, language: str, *, least: int = _LEAST_DECIMALS) -> str:
    """At least two decimals for a quantity, all that say something up to six."""
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return format_number(value, notation_of(language), decimals=min(max(places, least), _MOST_DECIMALS))
