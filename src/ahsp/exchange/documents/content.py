"""What a document says beside its numbers: heading, settings, lower bounds and findings. Workbook and PDF share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ahsp.core.issue_texts import issue_text
from ahsp.engine.estimate import PricedEstimate, PricedItem, PricedSection
from ahsp.engine.issues import Issue, Severity
from ahsp.engine.numbers import format_number
from ahsp.engine.pricing import Status
from ahsp.engine.rounding import CENT
from ahsp.exchange.documents.rab import OwnAnalysis, RabDocument
from ahsp.exchange.documents.texts import (
    long_date,
    notation_of,
    percent,
    rounding_sentence,
    translator,
    vat_sentence,
)


@dataclass(frozen=True, slots=True)
class RecapRow:
    """A top section, or the loose items before, between or after them (then `section` is None)."""

    section: PricedSection | None
    total: Decimal
    incomplete: int


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about one work item."""

    number: str
    description: str
    sentences: tuple[str, ...]


def document_name(document: RabDocument) -> str:
    _ = translator(document.language)
    return _("Bill of quantities and cost estimate (RAB)")


def heading_lines(document: RabDocument) -> list[tuple[str, str]]:
    """Label and text of the lines under the title; what is not known is left out."""
    _ = translator(document.language)
    day = long_date(document.date, document.language) if document.date else ""
    lines = [
        (_("Project code"), document.project_code),
        (_("Location"), document.location),
        (_("Date"), day),
        (_("Revision"), document.revision or ""),
        (_("Edition"), document.edition),
        (_("Prices"), document.price_source),
    ]
    return [(label, text) for label, text in lines if text]


def example_warning(document: RabDocument) -> str:
    """Empty unless the prices are examples."""
    if not document.prices_are_example:
        return ""
    _ = translator(document.language)
    return _("Example prices — not basic unit prices (HSD)")


def lower_bound_sentence(document: RabDocument) -> str:
    """Empty for a complete estimate."""
    estimate = document.estimate
    if estimate.complete:
        return ""
    _ = translator(document.language)
    sentence = _("{incomplete} of {count} work items are not fully priced: amounts marked ≥ are lower bounds.")
    return sentence.format(incomplete=estimate.incomplete, count=estimate.item_count)


def settings_lines(document: RabDocument) -> list[tuple[str, str]]:
    """Everything the numbers depend on, as label and text."""
    _ = translator(document.language)
    settings, language = document.estimate.settings, document.language
    hours = document.hours_per_day
    lines = [
        (_("Edition of the regulation"), document.edition),
        (_("Source of prices"), document.price_source),
        (_("Overhead and profit"), percent(settings.overhead, language)),
        (_("Unit prices"), rounding_sentence(settings.unit_price_rounding, language)),
        (_("Amounts and VAT"), rounding_sentence(CENT, language)),
        (_("Final total"), rounding_sentence(settings.total_rounding, language)),
        (_("VAT"), vat_sentence(settings.vat, language)),
    ]
    if hours is not None:
        text = _("{hours} hours (1 OH = {hours} OJ)").format(hours=format_number(hours, notation_of(language)))
        lines.append((_("Working day"), text))
    return lines


def own_analysis_word(own: OwnAnalysis, language: str) -> str:
    """What an analysis that is none of the edition's is."""
    _ = translator(language)
    if not own.reference:
        return _("analysis of the project's own")
    return _("modified from {code}").format(code=own.reference)


def recap_rows(estimate: PricedEstimate) -> list[RecapRow]:
    """The top sections in order; loose items next to each other are one row."""
    rows: list[RecapRow] = []
    for child in estimate.children:
        if isinstance(child, PricedSection):
            rows.append(RecapRow(child, child.total, child.incomplete))
            continue
        amount, incomplete = child.amount or Decimal(0), int(child.status is not Status.PRICED)
        if rows and rows[-1].section is None:
            last = rows.pop()
            amount, incomplete = last.total + amount, last.incomplete + incomplete
        rows.append(RecapRow(None, amount, incomplete))
    return rows


def loose_items_name(estimate: PricedEstimate, language: str) -> str:
    """What a recap row without a section is called."""
    _ = translator(language)
    has_sections = any(isinstance(child, PricedSection) for child in estimate.children)
    return _("Work outside sections") if has_sections else _("All work")


def remarks(document: RabDocument, *, doubts_only: bool = False) -> Iterator[Remark]:
    """Work items with something to be said about them, in document order; `doubts_only` leaves out what is only
    worth knowing."""
    for priced in document.estimate.items():
        sentences = item_sentences(priced, document.language, doubts_only=doubts_only)
        if sentences:
            yield Remark(priced.item.number, priced.item.description, sentences)


def item_sentences(priced: PricedItem, language: str, *, doubts_only: bool = False) -> tuple[str, ...]:
    """What is to be said about one work item, each sentence once."""
    return _sentences(priced.issues, language, doubts_only)


def estimate_remarks(document: RabDocument, *, doubts_only: bool = False) -> tuple[str, ...]:
    """Sentences about the estimate as a whole, each once."""
    texts = _sentences(document.estimate.issues, document.language, doubts_only)
    return tuple(dict.fromkeys([*document.issue_lines, *texts]))


def _sentences(issues: Iterable[Issue], language: str, doubts_only: bool) -> tuple[str, ...]:
    wanted = (one for one in issues if not doubts_only or one.severity is not Severity.INFO)
    return tuple(dict.fromkeys(issue_text(one.code, one.data, language) for one in wanted))


def status_word(priced: PricedItem, language: str) -> str:
    """The word beside an amount that is not complete; empty for a priced item."""
    _ = translator(language)
    if priced.status is Status.PRICED:
        return ""
    if priced.item.quantity is None:
        return _("no quantity yet")
    return _("no price yet") if priced.amount is None else _("≥ partial")
