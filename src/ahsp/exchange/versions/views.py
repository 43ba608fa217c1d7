"""A comparison of two versions as a file."""

from __future__ import annotations

import io

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ahsp.accounts.access import person_of
from ahsp.core.errors import FileRefused
from ahsp.exchange.exports import rab_document
from ahsp.exchange.versions.queries import NOW, side_by_side
from ahsp.exchange.versions.sheet import to_csv, write_comparison
from ahsp.projects.access import open_project

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def comparison(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """Rows that differ between the versions `a` and `b` (or "now") as csv for programs, or as xlsx for people."""
    project = open_project(person_of(request), code).project
    if ending not in {"csv", "xlsx"}:
        raise FileRefused("output.format", {"file": ending, "known": "csv, xlsx"})
    found = side_by_side(project, request.GET.get("a", NOW), request.GET.get("b", NOW))
    name = f"versi-{slugify(project.name)[:60] or project.code}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if ending == "csv":
        return HttpResponse(to_csv(found), content_type="text/csv; charset=utf-8", headers=headers)
    buffer = io.BytesIO()
    write_comparison(rab_document(project, get_language() or "id"), found, buffer)
    return HttpResponse(buffer.getvalue(), content_type=_XLSX, headers=headers)
