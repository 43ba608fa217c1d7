"""What the pages of a document say, as strings in order: PDF and DOCX set the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from ahsp.core.words import in_words
from ahsp.engine.estimate import PricedItem, UnitPrice
from ahsp.engine.numbers import Notation, format_number
from ahsp.engine.pricing import Status
from ahsp.exchange.documents.content import (
    document_name,
    estimate_remarks,
    example_warning,
    heading_lines,
    loose_items_name,
    lower_bound_sentence,
    own_analysis_word,
    recap_rows,
    remarks,
    settings_lines,
    status_word,
)
from ahsp.exchange.documents.outline import Line, Opening, walk
from ahsp.exchange.documents.price_rows import PriceRow, conversion_sentence, origin_sentence, price_rows, short_date
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import money, notation_of, translator
from ahsp.exchange.documents.totals import total_lines
from ahsp.exchange.documents.workbook.names import kind_name

Text = Callable[[str], str]
_MOST_DECIMALS = 6
_LONGEST_IN_A_ROW = 1_000
"""Characters; in the narrowest column of text they take half a page."""
_LONGEST_RUNNING_TITLE = 90


def page_data(document: RabDocument, text: Text) -> dict[str, Any]:
    """Everything the pages say, in strings. What a person wrote goes through `text`."""
    language = document.language
    return {
        "language": language,
        "title": text(document.title),
        "running_title": text(document.title[:_LONGEST_RUNNING_TITLE]),
        "organization": text(document.organization),
        "edition": text(document.edition),
        "example": example_warning(document),
        "heading": [[label, text(line)] for label, line in heading_lines(document)],
        "recap": list(_recap(document, text)),
        "totals": _totals(document),
        "words": in_words(document.estimate.rounded_total, language),
        "lower_bound": lower_bound_sentence(document),
        "rows": list(_rows(document, text)),
        "tall_rows": _has_tall_rows(document),
        "prices": list(_prices(document, text)),
        "settings": [[label, text(line)] for label, line in settings_lines(document)],
        "own_analyses": [
            [text(own.code), text(own.name), own_analysis_word(own, language)] for own in document.own_analyses
        ],
        "findings": [text(line) for line in estimate_remarks(document, doubts_only=True)],
        "remarks": [
            [text(one.number), text(one.description), text("\n".join(one.sentences))]
            for one in remarks(document, doubts_only=True)
        ],
        "texts": _texts(document),
    }


def _texts(document: RabDocument) -> dict[str, object]:
    _ = translator(document.language)
    complete = document.estimate.complete
    return {
        "document": document_name(document),
        "summary": _("Summary"),
        "bill": _("Bill of quantities and prices"),
        "notes": _("Notes"),
        "prices": _("Prices of resources"),
        "resource": _("Resource"),
        "price_used": _("Price (Rp)"),
        "recorded": _("Recorded (Rp)"),
        "source": _("Source"),
        "date": _("Date"),
        "number": _("No."),
        "code": _("Code"),
        "description": _("Description of work"),
        "unit": _("Unit"),
        "quantity": _("Quantity"),
        "unit_price": _("Unit price (Rp)"),
        "amount": _("Amount (Rp)"),
        "remark": _("Remark"),
        "own_analyses": _("Analyses that are none of the edition's"),
        "in_words": _("In words") if complete else _("In words (at least)"),
        "page": _("Page {page} of {pages}"),
        "signatures": [_("Prepared by"), _("Checked by"), _("Approved by")],
        "signature_line": _("Name, position, date"),
    }


def _has_tall_rows(document: RabDocument) -> bool:
    """Whether some text is so long that its row must be allowed to run over the end of a page."""
    described = max((len(one.item.description) for one in document.estimate.items()), default=0)
    remarked = max((sum(map(len, one.sentences)) for one in remarks(document, doubts_only=True)), default=0)
    priced = max((len(one.resource.name) + _told(one) for one in price_rows(document)), default=0)
    return max(described, remarked, priced) > _LONGEST_IN_A_ROW


def _told(row: PriceRow) -> int:
    return sum(map(len, (row.origin.source, row.origin.document, row.origin.note))) if row.origin else 0


def _recap(document: RabDocument, text: Text) -> Iterator[list[object]]:
    language = document.language
    for row in recap_rows(document.estimate):
        partial = row.incomplete > 0
        number, name = "", loose_items_name(document.estimate, language)
        if row.section is not None:
            number, name = row.section.section.number, row.section.section.name
        yield [text(number), text(name), money(row.total, language, partial=partial), partial]


def _prices(document: RabDocument, text: Text) -> Iterator[list[object]]:
    """The prices by kind: "g" a kind, "p" a price, "m" a resource without one."""
    _ = translator(document.language)
    notation, kind = notation_of(document.language), None
    for row in price_rows(document):
        resource, found, origin = row
        if resource.kind is not kind:
            kind = resource.kind
            yield ["g", kind_name(kind, _)]
        name, unit = text(resource.name), text(resource.unit)
        if found is None:
            yield ["m", name, unit, _("no price yet"), "", "", ""]
            continue
        price = format_number(found.price, notation, max_decimals=_MOST_DECIMALS)
        told, day = origin_sentence(origin, document.language), short_date(origin.dated if origin else None)
        yield ["p", name, unit, price, text(conversion_sentence(row, document.language)), text(told), day]


def _totals(document: RabDocument) -> list[list[object]]:
    """Name, amount, whether it is a lower bound, whether it is strong."""
    partial, language = not document.estimate.complete, document.language
    return [
        [line.name, money(line.value, language, partial=partial), partial, line.strong]
        for line in total_lines(document)
    ]


def _rows(document: RabDocument, text: Text) -> Iterator[list[object]]:
    """The bill: "s" a section, "t" its sum, "i" an item, "o" an item with something open."""
    _ = translator(document.language)
    language = document.language
    sum_name, whole_name = _("Total {section}"), _("Subtotal")
    for step in walk(document.estimate):
        if isinstance(step, Line):
            yield _item(step.item, language, text)
            continue
        section = step.section.section
        if isinstance(step, Opening):
            yield ["s", text(section.number), text(section.name), step.depth]
            continue
        partial = step.section.incomplete > 0
        name = sum_name.format(section=f"{section.number} {section.name}".strip())
        yield ["t", text(name), money(step.section.total, language, partial=partial), partial]
    estimate = document.estimate
    partial = not estimate.complete
    yield ["t", whole_name, money(estimate.subtotal, language, partial=partial), partial]


def _item(priced: PricedItem, language: str, text: Text) -> list[object]:
    item, unit_price, notation = priced.item, priced.unit_price, notation_of(language)
    start: list[object] = [text(item.number), text(item.analysis or ""), text(item.description)]
    quantity = "" if item.quantity is None else _quantity(item.quantity, notation)
    price = "" if unit_price is None else _unit_price(unit_price, notation)
    amount = "" if priced.amount is None else format_number(priced.amount, notation, decimals=2)
    if priced.status is Status.PRICED:
        return ["i", *start, text(item.unit), quantity, price, amount]
    word = status_word(priced, language)
    lower = priced.analysis is not None and priced.analysis.status is Status.PARTIAL
    price = (f"≥ {price}" if lower else price) or word
    missing_quantity = item.quantity is None
    row = ["o", *start, text(item.unit), word if missing_quantity else quantity, price]
    return [*row, f"≥ {amount}" if amount else "", missing_quantity]


def _unit_price(unit_price: UnitPrice, notation: Notation) -> str:
    """A price the line brought itself is shown to the last digit; no policy has rounded it."""
    if unit_price.own:
        return _quantity(unit_price.rounded, notation)
    return format_number(unit_price.rounded, notation, decimals=2)


def _quantity(value: Decimal, notation: Notation) -> str:
    """At least two decimals, all that were given up to six."""
    exponent = value.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return format_number(value, notation, decimals=min(max(places, 2), _MOST_DECIMALS))
