"""A project as a document, rendered from the same priced estimate that its pages show."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.text import slugify

from ahsp.core.one_moment import one_moment
from ahsp.estimates.analyses.used import own_in_use
from ahsp.estimates.prices.origins import origins_of
from ahsp.estimates.prices.rows import own_prices
from ahsp.estimates.queries import priced_estimate
from ahsp.exchange.documents.rab import (
    Language,
    OwnAnalysis,
    RabDocument,
    Tick,
    write_docx,
    write_pdf,
    write_xlsx,
)
from ahsp.exchange.documents.takeoff.document import write_takeoff_pdf, write_takeoff_xlsx
from ahsp.exchange.takeoff_exports import takeoff_document
from ahsp.projects.models import Project


@dataclass(frozen=True, slots=True)
class Format:
    """A document that people can ask for: `make` gives what `write` writes, `name` and `ending` what the file is
    called."""

    write: Callable[[Any, BinaryIO, Tick], None]
    content_type: str
    ending: str
    name: str = "rab"
    make: Callable[[Project, RabDocument], Any] = lambda _project, document: document


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS = {
    "xlsx": Format(write_xlsx, _XLSX, "xlsx"),
    "pdf": Format(write_pdf, _PDF, "pdf"),
    "docx": Format(write_docx, _DOCX, "docx"),
    "takeoff.xlsx": Format(write_takeoff_xlsx, _XLSX, "xlsx", "volume", takeoff_document),
    "takeoff.pdf": Format(write_takeoff_pdf, _PDF, "pdf", "volume", takeoff_document),
}


def language_of(code: str) -> Language:
    return "en" if code == "en" else "id"


def rab_document(project: Project, language: str) -> RabDocument:
    """The RAB of a project as every rendering starts from it, all of one moment."""
    with one_moment(project):
        return _rab_document(project, language)


def _rab_document(project: Project, language: str) -> RabDocument:
    book, estimate = project.price_book, priced_estimate(project)
    return RabDocument(
        title=project.name,
        organization=project.organization.name,
        project_code=project.code,
        location=project.location,
        date=timezone.localdate(project.updated_at),
        edition=project.edition.title,
        edition_code=project.edition.slug,
        price_source=book.name,
        prices_are_example=book.is_example,
        estimate=estimate,
        language=language_of(language),
        revision=str(project.revision),
        hours_per_day=project.hours_per_day,
        own_analyses=tuple(OwnAnalysis(*one) for one in own_in_use(project, estimate)),
        origins=origins_of(book, own_prices(project)),
    )


def file_name(document: RabDocument, wanted: str) -> str:
    """rab-gedung-uji-r12.pdf."""
    form = FORMATS[wanted]
    title = slugify(document.title)[:60] or document.project_code
    return f"{form.name}-{title}-r{document.revision}.{form.ending}"


def prepare(project: Project, wanted: str, language: str) -> tuple[RabDocument, Any]:
    """The RAB and what one of FORMATS writes, both of one moment."""
    with one_moment(project):
        document = rab_document(project, language)
        return document, FORMATS[wanted].make(project, document)


def render(content: Any, wanted: str, tick: Tick) -> bytes:
    """What `prepare` gave as a file in one of FORMATS. `tick` hears from time to time how many percent are written."""
    buffer = io.BytesIO()
    FORMATS[wanted].write(content, buffer, tick)
    return buffer.getvalue()
