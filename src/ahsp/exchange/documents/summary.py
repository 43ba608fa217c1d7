"""The estimate as a few lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ahsp.core.words import in_words
from ahsp.engine.estimate import PricedItem
from ahsp.engine.pricing import Status
from ahsp.exchange.documents.content import (
    estimate_remarks,
    item_sentences,
    loose_items_name,
    lower_bound_sentence,
    recap_rows,
)
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import money, translator
from ahsp.exchange.documents.totals import total_lines

_WIDTH = 44
_FIGURES = 26
_MOST_LINES = 20


def summary(document: RabDocument, output: Path | None) -> str:
    """Sections, totals, amount in words, what is open, and where the output is."""
    return "\n".join(_lines(document, output))


def _lines(document: RabDocument, output: Path | None) -> Iterator[str]:
    _ = translator(document.language)
    estimate = document.estimate
    yield f"{document.title} · {document.edition}"
    yield ""
    for row in recap_rows(estimate):
        name = loose_items_name(estimate, document.language)
        if row.section is not None:
            name = f"{row.section.section.number} {row.section.section.name}".strip()
        yield _row(name, money(row.total, document.language, partial=row.incomplete > 0))
    yield "─" * (_WIDTH + 1 + _FIGURES)
    for line in total_lines(document):
        yield _row(line.name, money(line.value, document.language, partial=not estimate.complete))
    yield ""
    label = _("In words") if estimate.complete else _("In words (at least)")
    yield f"{label}: {in_words(estimate.rounded_total, document.language)}"
    yield from _open(document)
    yield from _doubtful(document)
    yield from _findings(document)
    if output is not None:
        yield ""
        yield _("Written: {file}").format(file=output)


def _findings(document: RabDocument) -> Iterator[str]:
    """What deserves a look; how each row was read is only counted."""
    _ = translator(document.language)
    serious = estimate_remarks(document, doubts_only=True)
    for sentence in serious[:_MOST_LINES]:
        yield f"· {sentence}"
    rest = len(estimate_remarks(document)) - min(len(serious), _MOST_LINES)
    if rest > 0:
        yield _("{count} notes on how the file was read: see --json or the workbook").format(count=rest)


def _row(name: str, figures: str) -> str:
    # A line break or control character from the file must not rearrange the terminal.
    plain = "".join(one if one.isprintable() else " " for one in name)
    shown = plain if len(plain) <= _WIDTH else plain[: _WIDTH - 1] + "…"
    return f"{shown:<{_WIDTH}} {figures:>{_FIGURES}}"


def _open(document: RabDocument) -> Iterator[str]:
    """The lines that are not complete, as far as they fit."""
    _ = translator(document.language)
    sentence = lower_bound_sentence(document)
    if not sentence:
        return
    yield ""
    yield sentence
    yield from _items(document, [one for one in document.estimate.items() if one.status is not Status.PRICED])


def _doubtful(document: RabDocument) -> Iterator[str]:
    """Lines that are priced and yet deserve a look, as far as they fit."""
    _ = translator(document.language)
    found = [
        one
        for one in document.estimate.items()
        if one.status is Status.PRICED and item_sentences(one, document.language, doubts_only=True)
    ]
    if found:
        yield ""
        yield _("{count} priced lines deserve a look:").format(count=len(found))
        yield from _items(document, found)


def _items(document: RabDocument, items: Sequence[PricedItem]) -> Iterator[str]:
    _ = translator(document.language)
    for priced in items[:_MOST_LINES]:
        text = "; ".join(item_sentences(priced, document.language, doubts_only=True))
        name = f"{priced.item.number} {priced.item.description}".strip()
        yield f"  {_row(name, '').rstrip()}: {text}"
    rest = len(items) - _MOST_LINES
    if rest > 0:
        yield _("  and {count} more").format(count=rest)
