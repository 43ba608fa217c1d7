"""The workspace's side of the API: what its page begins with, the bill in parts, commands, and what others did."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer, answer_part_by_revision
from ahsp.core.api.reading import number_of, values_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.core.errors import NotFound
from ahsp.projects.access import open_project
from ahsp.workspace import serializers as shape
from ahsp.workspace.answers import since
from ahsp.workspace.dispatch import dispatch
from ahsp.workspace.grid import grid
from ahsp.workspace.head import head

PART = OpenApiParameter("part", {"type": "integer", "minimum": 0}, description="Which part, from 0.")
SINCE = OpenApiParameter("since", {"type": "integer", "minimum": 1}, description="The revision you have, by default 1.")


class HeadView(ApiView):
    tag = "workspace"

    @described("workspace", {200: shape.HeadSerializer})
    def get(self, request: Request, code: str) -> HttpResponse:
        """A project with settings, rights and totals."""
        person = person_of(request)
        return answer(request, head(open_project(person, code), person))


class GridView(ApiView):
    tag = "workspace"
    has_revision = True

    @described("grid", {200: shape.GridSerializer}, parameters=[PART])
    def get(self, request: Request, code: str) -> HttpResponse:
        """Sections and work items in document order, with what they come to."""
        project = open_project(person_of(request), code).project
        part = number_of(request, "part") or 0

        def choose(parts: int) -> int:
            if part >= parts:
                raise NotFound("grid.no_such_part", {"part": str(part), "parts": str(parts)})
            return part

        return answer_part_by_revision(request, "grid", project, lambda: grid(project), choose)


class CommandsView(ApiView):
    tag = "workspace"
    refusals = (409,)

    @described("command", {200: shape.CommandDoneSerializer}, request=shape.CommandSerializer)
    def post(self, request: Request, code: str) -> HttpResponse:
        """Carry out one act of the workspace."""
        person = person_of(request)
        door = open_project(person, code)
        return answer(request, dispatch(door, person, values_of(request, shape.CommandSerializer)))


class SyncView(ApiView):
    tag = "workspace"

    @described("sync", {200: shape.SinceSerializer}, parameters=[SINCE])
    def get(self, request: Request, code: str) -> HttpResponse:
        """What changed since a revision, whoever changed it."""
        project = open_project(person_of(request), code).project
        return answer(request, since(project, number_of(request, "since") or 1))


api_urls = [
    path("projects/<slug:code>/workspace/", HeadView.as_view(), name="workspace"),
    path("projects/<slug:code>/grid/", GridView.as_view(), name="grid"),
    path("projects/<slug:code>/commands/", CommandsView.as_view(), name="commands"),
    path("projects/<slug:code>/sync/", SyncView.as_view(), name="sync"),
]
