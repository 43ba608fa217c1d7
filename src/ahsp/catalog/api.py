"""Editions and their analyses. They are public facts: whoever signed in reads them all."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.catalog import serializers as shape
from ahsp.catalog.access import editions, open_analysis, open_edition
from ahsp.catalog.browse import analyses_page, divisions
from ahsp.catalog.finder import find
from ahsp.catalog.models import Analysis, Edition
from ahsp.catalog.queries import load_analyses
from ahsp.core.api.bodies import answer
from ahsp.core.api.pages import CURSOR, LIMIT, Order, one_page, page_size, read_number
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.engine import analysis as engine

MOST_CHARS = 400
IN_ORDER = Order("position", descending=False, read=read_number)


def _edition(edition: Edition) -> dict[str, object]:
    names = ("slug", "title", "regulation", "number", "date", "annex", "field")
    return {name: getattr(edition, name) for name in names}


def _analysis(analysis: Analysis) -> dict[str, object]:
    return {name: getattr(analysis, name) for name in ("code", "name", "unit", "division", "section")}


class EditionsView(ApiView):
    tag = "catalog"

    @described("editions", {200: shape.EditionsSerializer})
    def get(self, request: Request) -> HttpResponse:
        """Every loaded edition, latest regulation first."""
        return answer(request, {"results": [_edition(edition) for edition in editions()]})


class EditionView(ApiView):
    tag = "catalog"

    @described("edition", {200: shape.EditionDetailSerializer})
    def get(self, request: Request, slug: str) -> HttpResponse:
        """An edition with its divisions and sections."""
        edition = open_edition(slug)
        found = [
            {
                "name": division.name,
                "count": division.count,
                "sections": [{"name": branch.name, "count": branch.count} for branch in division.sections],
            }
            for division in divisions(edition)
        ]
        return answer(request, {**_edition(edition), "provenance": edition.provenance, "divisions": found})


class AnalysesView(ApiView):
    tag = "catalog"

    @described(
        "analyses",
        {200: shape.AnalysesSerializer},
        parameters=[
            OpenApiParameter("q", str, description="Words, a code, or both, as in the search of the pages."),
            OpenApiParameter("division", str),
            OpenApiParameter("section", str),
            LIMIT,
            CURSOR,
        ],
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        """Search in an edition, or all of it page by page."""
        edition = open_edition(slug)
        search = request.GET.get("q", "").strip()[:MOST_CHARS]
        if search:
            found, following = find(edition, search, limit=page_size(request)), None
        else:
            rows = analyses_page(edition, request.GET.get("division", ""), request.GET.get("section", ""))
            found, following = one_page(request, rows, IN_ORDER)
        return answer(request, {"results": [_analysis(analysis) for analysis in found], "next": following})


class AnalysisView(ApiView):
    tag = "catalog"

    @described("analysis", {200: shape.AnalysisDetailSerializer})
    def get(self, request: Request, slug: str, code: str) -> HttpResponse:
        """An analysis with its lines, without prices."""
        edition = open_edition(slug)
        found = open_analysis(edition, code)
        lines = [_line(line) for line in load_analyses([found.pk])[found.pk].lines]
        return answer(request, {**_analysis(found), "edition": edition.slug, "lines": lines})


_NOTHING: dict[str, object] = {"kind": None, "unit": "", "coefficient": None, "percent": None, "of": [], "price": None}


def _line(line: engine.AnalysisLine) -> dict[str, object]:
    data: dict[str, object] = {"position": line.position, **_NOTHING}
    if isinstance(line, engine.ResourceLine):
        kind, name, unit = line.resource
        return data | {"sort": "resource", "kind": kind, "name": name, "unit": unit, "coefficient": line.coefficient}
    if isinstance(line, engine.NestedLine):
        return data | {"sort": "nested", "name": line.analysis, "coefficient": line.coefficient}
    if isinstance(line, engine.PercentageLine):
        own = {"kind": line.kind, "percent": line.percent, "of": list(line.of)}
        return data | {"sort": "percentage", "name": line.name} | own
    if isinstance(line, engine.LumpSumLine):
        own = {"kind": line.kind, "coefficient": line.coefficient, "price": line.price}
        return data | {"sort": "lump_sum", "name": line.name, "unit": "ls"} | own
    return data | {"sort": "information", "name": line.name}


api_urls = [
    path("editions/", EditionsView.as_view(), name="editions"),
    path("editions/<slug:slug>/", EditionView.as_view(), name="edition"),
    path("editions/<slug:slug>/analyses/", AnalysesView.as_view(), name="analyses"),
    path("editions/<slug:slug>/analyses/<str:code>/", AnalysisView.as_view(), name="analysis"),
]
