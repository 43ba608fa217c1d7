"""What was said about rows of a project."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer
from ahsp.core.api.pages import CURSOR, LIMIT, Order, one_page, read_number
from ahsp.core.api.reading import choice_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.projects.access import open_project
from ahsp.projects.comments.queries import bodies, threads
from ahsp.projects.comments.serializers import CommentsSerializer
from ahsp.projects.log.api import row_of

LATEST = Order("id", descending=True, read=read_number)
STATES = {"all": None, "open": False, "resolved": True}


class CommentsView(ApiView):
    tag = "projects"

    @described(
        "comments",
        {200: CommentsSerializer},
        parameters=[
            OpenApiParameter("key", str, description="The row, such as “i12”; without it those of all rows."),
            OpenApiParameter("state", str, enum=list(STATES), default="all"),
            LIMIT,
            CURSOR,
        ],
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        """Threads about a row or about the whole project, the latest first."""
        person = person_of(request)
        project = open_project(person, code).project
        key = request.GET.get("key", "")
        row = row_of(key, project) if key else None
        found = threads(project, row, resolved=STATES[choice_of(request, "state", list(STATES))])
        page, following = one_page(request, found, LATEST)
        return answer(request, {"results": bodies(project, page, person), "next": following})


api_urls = [path("projects/<slug:code>/comments/", CommentsView.as_view(), name="comments")]
