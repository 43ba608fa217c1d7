"""Pages of the estimate: list of projects, RAB, recapitulation, unit price sheets of items and of the catalog."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ahsp.accounts.access import organizations_of, person_of
from ahsp.catalog.access import open_analysis, open_edition
from ahsp.core.fragments import render_around
from ahsp.core.words import in_words
from ahsp.engine.estimate import PricedEstimate
from ahsp.estimates.kept_sheet import kept_sheet
from ahsp.estimates.portfolio import context_of
from ahsp.estimates.portfolio_csv import spend_as_csv
from ahsp.estimates.presentation import rab_rows, recap_rows
from ahsp.estimates.preview import preview
from ahsp.estimates.queries import Kept
from ahsp.estimates.sheet import sheet_groups
from ahsp.estimates.sheet_origins import SheetOrigins
from ahsp.estimates.templatetags.rab_grid import rab_grid_rows
from ahsp.projects.access import ProjectDoor, open_project
from ahsp.projects.listing import suggested
from ahsp.projects.models import Project

SUGGESTIONS = 5
IN_MENU = 20


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """projects/list.html with `choices`, `asked`, `page` (Portfolio), `spend`, `turn_address`.

    For the menu of a project, which asks through htmx, projects/partials/menu.html with the latest `projects`.
    """
    person = person_of(request)
    if getattr(request, "htmx", False):
        projects = suggested(organizations_of(person), (), IN_MENU)
        return render(request, "projects/partials/menu.html", {"projects": projects})
    query = request.GET.dict()
    context = context_of(person, query)
    turn = {name: query.get(name, "") for name in ("after", "before")}
    context["turn_address"] = context["asked"].address(**turn)
    return render(request, "projects/list.html", context)


@require_safe
def spend_csv(request: HttpRequest) -> HttpResponse:
    """What the projects of a page of the list cost together, by kind and by division, as CSV for programs."""
    content = spend_as_csv(context_of(person_of(request), request.GET.dict())["spend"])
    headers = {"Content-Disposition": 'attachment; filename="ahsp-projects.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def draw_recap(project: Project, estimate: PricedEstimate) -> str:
    """estimates/partials/recap.html with `rows` (RabRow of the first level), `estimate`, `project`, `words`."""
    words = in_words(estimate.rounded_total, get_language() or "id")
    context = {"project": project, "estimate": estimate, "rows": recap_rows(estimate), "words": words}
    return render_to_string("estimates/partials/recap.html", context) if estimate.children else ""


def _context(door: ProjectDoor, estimate: PricedEstimate, step: str) -> dict[str, Any]:
    """What every page of a project shows: `door`, `project`, `estimate`, `step`."""
    return {"door": door, "project": door.project, "estimate": estimate, "step": step}


@require_safe
def suggest_projects(request: HttpRequest) -> JsonResponse:
    """`{"results": [{"code", "name", "place"}]}`: own projects whose names hold every word, latest change first."""
    words = request.GET.get("q", "").split()
    found = suggested(organizations_of(person_of(request)), words, SUGGESTIONS)
    results = [{"code": p.code, "name": p.name, "place": p.organization.name} for p in found]
    return JsonResponse({"results": results})


@require_safe
def rab(request: HttpRequest, code: str) -> HttpResponse:
    """estimates/rab.html around `fragment` (rows), with `rows` (whether there are any) and the project's context."""
    door = open_project(person_of(request), code)
    kept = Kept(door.project)
    rows = kept.fragment("rab", lambda estimate: rab_grid_rows(rab_rows(estimate)))
    context = _context(door, kept.summary, "rab") | {"rows": bool(rows.length)}
    return render_around(request, "estimates/rab.html", context, rows)


@require_safe
def recap(request: HttpRequest, code: str) -> HttpResponse:
    """estimates/recap.html around `fragment` (estimates/partials/recap.html), with the project's context."""
    door = open_project(person_of(request), code)
    kept = Kept(door.project)

    fragment = kept.fragment("recap", lambda estimate: draw_recap(kept.project, estimate))
    context = _context(door, kept.summary, "recap") | {"rows": bool(fragment.length)}
    return render_around(request, "estimates/recap.html", context, fragment)


@require_safe
def item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The unit price sheet: estimates/item.html, or estimates/partials/inspector.html for htmx.

    Around `fragment` (estimates/partials/sheet.html), with `row` (RabRow), `door`, `project`, `step`.
    """
    door = open_project(person_of(request), code)
    row, sheet = kept_sheet(door.project, pk)
    context = {"door": door, "project": door.project, "step": "rab", "row": row}
    template = "partials/inspector.html" if getattr(request, "htmx", False) else "item.html"
    return render_around(request, f"estimates/{template}", context, sheet)


@require_safe
def analysis(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """catalog/analysis.html, or catalog/partials/analysis.html for htmx.

    With `edition`, `analysis`, `preview` (Preview), `groups` (SheetGroup) and `origins` (SheetOrigins).
    """
    edition = open_edition(slug)
    found = open_analysis(edition, code)
    shown = preview(found)
    groups = sheet_groups(shown.priced) if shown else ()
    origins = SheetOrigins(shown.book, edition, found.code) if shown else None
    context = {"edition": edition, "analysis": found, "preview": shown, "groups": groups, "origins": origins}
    template = "partials/analysis.html" if getattr(request, "htmx", False) else "analysis.html"
    return render(request, f"catalog/{template}", context)
