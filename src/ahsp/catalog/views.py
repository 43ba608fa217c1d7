"""The catalog browser: divisions, search, preview of an analysis."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from ahsp.accounts.access import person_of
from ahsp.catalog.access import editions, open_edition
from ahsp.catalog.browse import analyses_page, divisions
from ahsp.catalog.finder import find
from ahsp.catalog.services import request_reload
from ahsp.jobs.views import lead_on

PER_PAGE = 50
SUGGESTIONS = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """catalog/index.html with `editions`, each with its provenance and known limits."""
    return render(request, "catalog/index.html", {"editions": editions()})


@require_POST
def reload(request: HttpRequest) -> HttpResponse:
    """Let a job load the packages again, for staff. Raises Forbidden."""
    return lead_on(request_reload(person=person_of(request)))


@require_safe
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """catalog/edition.html, or catalog/partials/results.html for htmx.

    With `edition`, `divisions`, `division`, `section`, `search`, `page` (of Analysis; best first when searching).
    """
    chosen = open_edition(slug)
    search = request.GET.get("q", "").strip()[:400]
    division, section = request.GET.get("division", ""), request.GET.get("section", "")
    found = find(chosen, search, limit=200) if search else analyses_page(chosen, division, section)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"edition": chosen, "search": search, "page": page}
    context |= {"divisions": divisions(chosen), "division": division, "section": section}
    template = "partials/results.html" if getattr(request, "htmx", False) else "edition.html"
    return render(request, f"catalog/{template}", context)


@require_safe
def suggest(request: HttpRequest, slug: str) -> JsonResponse:
    """`{"results": [{"code", "name", "unit"}]}`, best first: the same answers as `./ahsp search`."""
    found = find(open_edition(slug), request.GET.get("q", "").strip()[:400], limit=SUGGESTIONS)
    return JsonResponse({"results": [{"code": a.code, "name": a.name, "unit": a.unit} for a in found]})
