"""Parameters and take-off sheets over the API; writes are commands."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer_by_revision
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.estimates.quantities import bodies
from ahsp.estimates.quantities import serializers as shape
from ahsp.projects.access import open_project


class ParametersView(ApiView):
    tag = "bill"
    has_revision = True

    @described("parameters", {200: shape.ParametersSerializer})
    def get(self, request: Request, code: str) -> HttpResponse:
        """The parameters of a project with their values and who refers to them."""
        project = open_project(person_of(request), code).project
        return answer_by_revision(request, "parameters", project, lambda: bodies.parameters(project))


class TakeoffView(ApiView):
    tag = "bill"
    has_revision = True

    @described("takeoff", {200: shape.TakeoffSerializer})
    def get(self, request: Request, code: str, pk: int) -> HttpResponse:
        """The take-off sheet of a work item with the value of every line."""
        project = open_project(person_of(request), code).project
        return answer_by_revision(request, f"takeoff-{pk}", project, lambda: bodies.takeoff(project, pk))


api_urls = [
    path("projects/<slug:code>/parameters/", ParametersView.as_view(), name="parameters"),
    path("projects/<slug:code>/items/<int:pk>/takeoff/", TakeoffView.as_view(), name="takeoff"),
]
