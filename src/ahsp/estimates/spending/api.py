"""What a project is spent on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer_by_revision
from ahsp.core.api.pages import CURSOR, LIMIT, page_size, with_cursor
from ahsp.core.api.problems import ApiError
from ahsp.core.api.reading import choice_of, number_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.estimates.spending import serializers as shape
from ahsp.estimates.spending.bodies import needs, ranking_page
from ahsp.estimates.spending.queries import RANKED
from ahsp.projects.access import open_project

SECTION = OpenApiParameter("section", {"type": "integer", "minimum": 1}, description="Only of this section.")
OF = OpenApiParameter("of", str, enum=list(RANKED), default=next(iter(RANKED)))
_LONGEST_CURSOR = 9


class NeedsView(ApiView):
    tag = "figures"
    has_revision = True

    @described("resource_needs", {200: shape.BoughtNeedsSerializer}, parameters=[SECTION])
    def get(self, request: Request, code: str) -> HttpResponse:
        """Quantity and cost of every resource, of the whole or of a section."""
        project = open_project(person_of(request), code).project
        section = number_of(request, "section")
        name = f"resource-needs-{section or 'all'}"
        return answer_by_revision(request, name, project, lambda: needs(project, section))


class RankingView(ApiView):
    tag = "figures"
    has_revision = True

    @described("ranking", {200: shape.RankingSerializer}, parameters=[OF, LIMIT, CURSOR])
    def get(self, request: Request, code: str) -> HttpResponse:
        """Work items or resources by their cost, the largest first, with the grades A, B and C."""
        project = open_project(person_of(request), code).project
        of, size, start = choice_of(request, "of", list(RANKED)), page_size(request), _start(request)

        def make() -> dict[str, Any]:
            page = ranking_page(project, of, start, size)
            more = start + size < page["count"]
            return {**page, "next": with_cursor(request, str(start + size)) if more else None}

        return answer_by_revision(request, f"ranking-{of}-{start}-{size}", project, make)


def _start(request: Request) -> int:
    given = request.GET.get("cursor", "0")
    if not (given.isascii() and given.isdigit() and len(given) <= _LONGEST_CURSOR):
        raise ApiError(400, "api.cursor")
    return int(given)


api_urls = [
    path("projects/<slug:code>/resource-needs/", NeedsView.as_view(), name="resource_needs"),
    path("projects/<slug:code>/ranking/", RankingView.as_view(), name="ranking"),
]
