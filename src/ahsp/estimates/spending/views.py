"""Downloads of the tables of a project's figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ahsp.accounts.access import person_of
from ahsp.estimates.spending.tables import table_as_csv
from ahsp.projects.access import open_project

_LONGEST = 18


@require_safe
def table_csv(request: HttpRequest, code: str, table: str) -> HttpResponse:
    """A table of the project as CSV for programs; `?section=` narrows resource needs to one section."""
    project = open_project(person_of(request), code).project
    given = request.GET.get("section", "")
    section = int(given) if given.isascii() and given.isdigit() and len(given) <= _LONGEST else None
    content = table_as_csv(project, table, section)
    headers = {"Content-Disposition": f'attachment; filename="{project.code}-{table}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
