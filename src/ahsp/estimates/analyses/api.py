"""Analyses of a project over the API; writes are commands."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer, answer_by_revision
from ahsp.core.api.problems import ApiError
from ahsp.core.api.reading import choice_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.estimates.analyses import bodies, where
from ahsp.estimates.analyses import read_serializers as shape
from ahsp.estimates.analyses.resources import suggested_resources
from ahsp.estimates.bodies import Body
from ahsp.projects.access import open_project
from ahsp.projects.models import Project

KINDS = [kind.value for kind in ResourceKind]
LONGEST = 2_000
LONGEST_SEARCH = 250
OF_KIND = OpenApiParameter("kind", {"type": "string", "enum": KINDS})
WHAT = [
    OpenApiParameter("analysis", {"type": "string", "minLength": 1, "maxLength": 64}, description="Key or code."),
    OF_KIND,
    OpenApiParameter("name", {"type": "string", "maxLength": LONGEST}, description="Of a resource, with its unit."),
    OpenApiParameter("unit", {"type": "string", "maxLength": 100}),
]
WORDS = OpenApiParameter("q", {"type": "string", "maxLength": LONGEST_SEARCH}, description="Words of the name.")


class ProjectAnalysesView(ApiView):
    tag = "analyses"
    has_revision = True

    @described("project_analyses", {200: shape.ProjectAnalysesSerializer})
    def get(self, request: Request, code: str) -> HttpResponse:
        """The analyses that a project uses or has of its own, priced."""
        project = open_project(person_of(request), code).project
        return answer_by_revision(request, "analyses", project, lambda: bodies.analyses_body(project))


class ProjectAnalysisView(ApiView):
    tag = "analyses"
    has_revision = True

    @described("project_analysis", {200: shape.ProjectAnalysisSerializer})
    def get(self, request: Request, code: str, named: str) -> HttpResponse:
        """An analysis by its key or code, line by line against what it was made from."""
        project = open_project(person_of(request), code).project
        body = lambda: bodies.analysis_body(project, named)  # noqa: E731
        return answer_by_revision(request, f"analysis-{named}", project, body)


class WhereUsedView(ApiView):
    tag = "analyses"

    @described("where_used", {200: shape.WhereUsedSerializer}, parameters=WHAT)
    def get(self, request: Request, code: str) -> HttpResponse:
        """Which analyses and items take a resource, or an analysis, and what they pay for it."""
        return answer(request, _uses(request, open_project(person_of(request), code).project))


def _uses(request: Request, project: Project) -> Body:
    """Raises ApiError unless the address names either an analysis or a resource."""
    named = _text(request, "analysis")
    if named:
        return where.uses_of_analysis(project, named)
    name = _text(request, "name")
    if not name:
        raise ApiError(400, "api.parameter", {"name": "name", "value": "", "allowed": "analysis, or name and unit"})
    return where.uses_of_resource(project, Resource(_kind(request), name, _text(request, "unit")))


def _kind(request: Request) -> ResourceKind:
    return ResourceKind(choice_of(request, "kind", KINDS))


def _text(request: Request, name: str) -> str:
    given: str = request.GET.get(name, "")
    if "\0" in given or len(given) > LONGEST:
        raise ApiError(400, "api.parameter", {"name": name, "value": given[:40], "allowed": f"… {LONGEST}"})
    return given


class WhereFromView(ApiView):
    tag = "analyses"
    has_revision = True

    @described("where_from", {200: shape.WhereFromSerializer})
    def get(self, request: Request, code: str, pk: int) -> HttpResponse:
        """Where the amount of a work item is from, down to coefficients and prices."""
        project = open_project(person_of(request), code).project
        return answer_by_revision(request, f"where-from-{pk}", project, lambda: where.where_from(project, pk))


class KnownResourcesView(ApiView):
    tag = "analyses"

    @described("known_resources", {200: shape.SuggestedResourcesSerializer}, parameters=[WORDS, OF_KIND])
    def get(self, request: Request, code: str) -> HttpResponse:
        """Resources whose names hold the words: of the edition, the price book and the project."""
        project = open_project(person_of(request), code).project
        kind = _kind(request).value if "kind" in request.GET else ""
        return answer(request, {"results": suggested_resources(project, _text(request, "q")[:LONGEST_SEARCH], kind)})


api_urls = [
    path("projects/<slug:code>/analyses/", ProjectAnalysesView.as_view(), name="project_analyses"),
    path("projects/<slug:code>/analyses/<str:named>/", ProjectAnalysisView.as_view(), name="project_analysis"),
    path("projects/<slug:code>/where-used/", WhereUsedView.as_view(), name="where_used"),
    path("projects/<slug:code>/items/<int:pk>/where-from/", WhereFromView.as_view(), name="where_from"),
    path("projects/<slug:code>/known-resources/", KnownResourcesView.as_view(), name="known_resources"),
]
