"""What the bill asks while a line is being typed."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer
from ahsp.core.api.reading import number_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.estimates.bill import serializers as shape
from ahsp.estimates.bill.suggestions import suggestions
from ahsp.projects.access import open_project

MOST = 20
MOST_CHARS = 200
WORDS = OpenApiParameter("q", str, description="Words, a code, or both.")
LIMIT = OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST}, description="How many at most.")


class SuggestView(ApiView):
    tag = "bill"

    @described("suggest", {200: shape.SuggestionsSerializer}, parameters=[WORDS, LIMIT])
    def get(self, request: Request, code: str) -> HttpResponse:
        """Analyses of the edition and the project's own that a text may mean, with unit prices of the project."""
        project = open_project(person_of(request), code).project
        limit = min(number_of(request, "limit") or MOST, MOST)
        found = suggestions(project, request.GET.get("q", "").strip()[:MOST_CHARS], limit)
        return answer(request, {"revision": project.revision, "results": found})


api_urls = [path("projects/<slug:code>/suggest/", SuggestView.as_view(), name="suggest")]
