"""A project as a document, rendered from the same priced estimate that its pages show."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify

from ahsp.estimates.queries import priced_estimate
from ahsp.exchange.documents.rab import (
    Language,
    RabDocument,
    Tick,
    Writer,
    write_docx,
    write_pdf,
    write_xlsx,
)
from ahsp.projects.models import Project


@dataclass(frozen=True, slots=True)
class Format:
    write: Writer
    content_type: str


FORMATS = {
    "xlsx": Format(write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": Format(write_pdf, "application/pdf"),
    "docx": Format(write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def language_of(code: str) -> Language:
    return "en" if code == "en" else "id"


def rab_document(project: Project, language: str) -> RabDocument:
    """The RAB of a project as every rendering starts from it."""
    book = project.price_book
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
        estimate=priced_estimate(project),
        language=language_of(language),
        revision=str(project.revision),
        hours_per_day=project.hours_per_day,
    )


def file_name(document: RabDocument, ending: str) -> str:
    """rab-gedung-uji-r12.pdf."""
    return f"rab-{slugify(document.title)[:60] or document.project_code}-r{document.revision}.{ending}"


def render(document: RabDocument, ending: str, tick: Tick) -> bytes:
    """The document in one of FORMATS. `tick` hears from time to time how many percent are written."""
    buffer = io.BytesIO()
    FORMATS[ending].write(document, buffer, tick)
    return buffer.getvalue()
