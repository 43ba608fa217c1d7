"""Documents out of a project, rendered from the same priced estimate that the page shows."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ahsp.accounts.access import person_of
from ahsp.estimates.queries import priced_estimate
from ahsp.exchange.documents.rab import RabDocument, to_json, write_pdf, write_xlsx
from ahsp.projects.access import open_project
from ahsp.projects.models import Project

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        language="en" if language == "en" else "id",
        revision=str(project.revision),
        hours_per_day=project.hours_per_day,
    )


def _document(request: HttpRequest, code: str) -> RabDocument:
    project = open_project(person_of(request), code).project
    return rab_document(project, get_language() or "id")


def _file(
    document: RabDocument, write: Callable[[RabDocument, BinaryIO], None], ending: str, content_type: str
) -> FileResponse:
    buffer = io.BytesIO()
    write(document, buffer)
    buffer.seek(0)
    name = f"rab-{slugify(document.title)[:60] or document.project_code}-r{document.revision}.{ending}"
    return FileResponse(buffer, as_attachment=True, filename=name, content_type=content_type)


@require_safe
def rab_xlsx(request: HttpRequest, code: str) -> FileResponse:
    """The RAB as a workbook with live formulas."""
    return _file(_document(request, code), write_xlsx, "xlsx", XLSX)


@require_safe
def rab_pdf(request: HttpRequest, code: str) -> FileResponse:
    """The RAB as PDF."""
    return _file(_document(request, code), write_pdf, "pdf", "application/pdf")


@require_safe
def rab_json(request: HttpRequest, code: str) -> HttpResponse:
    """The RAB as JSON, in the shape of `./ahsp price --json`."""
    return JsonResponse(to_json(_document(request, code)), json_dumps_params={"ensure_ascii": False})
