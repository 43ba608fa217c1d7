"""The estimate as a document (RAB), and its renderings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from ahsp.engine.estimate import PricedEstimate
from ahsp.engine.price_origins import Origins

Language = Literal["id", "en"]
Tick = Callable[[int], None]
"""Hears from time to time how many percent are written; what it raises ends the writing."""
Target = str | Path | BinaryIO


class OwnAnalysis(NamedTuple):
    """An analysis that is none of the edition's; `reference` is the code of what it was made from, if anything."""

    code: str
    name: str
    reference: str


@dataclass(frozen=True, slots=True)
class RabDocument:
    """What every rendering starts from.

    `edition` and `price_source` are written as given ("SE 47/SE/Dk/2026 — Cipta Karya"). With `prices_are_example`
    every rendering says so wherever it shows a price. `issue_lines` are sentences about the estimate as a whole, in
    `language`; those about one work item are taken from the estimate. `hours_per_day` is the price book's, if told.
    `origins` tell where prices are from, where that is known.
    `edition_code` ("ck-se47-2026") is what JSON calls the edition, where told. `own_analyses` are those in use that
    are none of the edition's.
    """

    title: str
    organization: str
    edition: str
    price_source: str
    prices_are_example: bool
    estimate: PricedEstimate
    edition_code: str = ""
    project_code: str = ""
    location: str = ""
    date: date | None = None
    language: Language = "id"
    revision: str | None = None
    hours_per_day: Decimal | None = None
    issue_lines: tuple[str, ...] = ()
    own_analyses: tuple[OwnAnalysis, ...] = ()
    origins: Origins | None = None


def _unheard(_percent: int) -> None:
    """Where nobody wants to know."""


def write_xlsx(document: RabDocument, target: Target, tick: Tick = _unheard) -> None:
    """Write the workbook: live formulas whose cached values are those of the estimate.

    Raises OSError where the target cannot be written.
    """
    from ahsp.exchange.documents.workbook.book import write_workbook

    write_workbook(document, target, tick)


def write_pdf(document: RabDocument, target: Target, tick: Tick = _unheard) -> None:
    """Write the PDF. Raises OSError where the target cannot be written."""
    from ahsp.exchange.documents.pdf import render_pdf

    _put(render_pdf(document, tick), target)


def write_docx(document: RabDocument, target: Target, tick: Tick = _unheard) -> None:
    """Write the document for a word processor. Raises OSError where the target cannot be written."""
    from ahsp.exchange.documents.word import render_docx

    _put(render_docx(document, tick), target)


def _put(data: bytes, target: Target) -> None:
    if isinstance(target, str | Path):
        Path(target).write_bytes(data)
    else:
        target.write(data)


def to_json(document: RabDocument) -> dict[str, object]:
    """The estimate as JSON values: decimals as plain strings, work items only, in document order."""
    from ahsp.exchange.documents.json_shape import json_shape

    return json_shape(document)
