"""Versions of a project, and any two of them side by side."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer
from ahsp.core.api.reading import flag_of, number_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.exchange.versions.bodies import comparison_body, versions_body
from ahsp.exchange.versions.queries import NOW, side_by_side
from ahsp.exchange.versions.serializers import ComparisonSerializer, VersionsSerializer
from ahsp.projects.access import open_project

_EITHER = "The id of a version, or “now”."


class VersionsView(ApiView):
    tag = "versions"

    @described("versions", {200: VersionsSerializer})
    def get(self, request: Request, code: str) -> HttpResponse:
        """The versions of the project, latest first. The commands versions.save, approve, restore … act on them."""
        person = person_of(request)
        project = open_project(person, code).project
        return answer(request, {"results": versions_body(project, person)})


class ComparisonView(ApiView):
    tag = "versions"

    @described(
        "versions_compare",
        {200: ComparisonSerializer},
        parameters=[
            OpenApiParameter("a", {"type": "string", "default": NOW}, description=_EITHER),
            OpenApiParameter("b", {"type": "string", "default": NOW}, description=_EITHER),
            OpenApiParameter("everything", bool, default=False, description="Also rows that do not differ."),
            OpenApiParameter("part", {"type": "integer", "minimum": 0}, description="Which part, from 0."),
        ],
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        """What b costs more than a, line by line: how much of it comes from quantities, and how much from prices."""
        person = person_of(request)
        project = open_project(person, code).project
        a, b, everything = request.GET.get("a", NOW), request.GET.get("b", NOW), flag_of(request, "everything")
        found = side_by_side(project, a, b, everything=everything)
        return answer(request, comparison_body(project, person, found, number_of(request, "part") or 0))


api_urls = [
    path("projects/<slug:code>/versions/", VersionsView.as_view(), name="versions"),
    path("projects/<slug:code>/versions/compare/", ComparisonView.as_view(), name="versions_compare"),
]
