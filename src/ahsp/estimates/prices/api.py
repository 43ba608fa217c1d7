"""Prices of a project to read: the grid of its workspace, what-if, and which work items take a resource."""

from __future__ import annotations

import re
from decimal import Decimal

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
from ahsp.estimates.prices import serializers as shape
from ahsp.estimates.prices.bodies import prices_grid, resource_uses, what_if
from ahsp.projects.access import open_project

_PERCENT = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,4})?", re.ASCII)
LOWEST, HIGHEST = Decimal(-100), Decimal(1000)
PERCENTS = [
    OpenApiParameter(
        kind.value,
        {"type": "string", "pattern": f"^{_PERCENT.pattern}$", "default": "0"},
        description=f"By how many percent prices of {kind.value} change, from {LOWEST} to {HIGHEST}.",
    )
    for kind in ResourceKind
]
NAMING = [
    OpenApiParameter("kind", {"type": "string", "enum": [kind.value for kind in ResourceKind]}, required=True),
    OpenApiParameter("name", {"type": "string", "maxLength": 2000}, required=True),
    OpenApiParameter("unit", {"type": "string", "maxLength": 100}, required=True),
]


class PricesGridView(ApiView):
    tag = "figures"
    has_revision = True

    @described("prices_grid", {200: shape.PricesGridSerializer})
    def get(self, request: Request, code: str) -> HttpResponse:
        """The prices of the project, each with where it is from and what rests on it; missing ones first."""
        project = open_project(person_of(request), code).project
        return answer_by_revision(request, "prices-grid", project, lambda: prices_grid(project))


class WhatIfView(ApiView):
    tag = "figures"
    has_revision = True

    @described("what_if", {200: shape.WhatIfSerializer}, parameters=PERCENTS)
    def get(self, request: Request, code: str) -> HttpResponse:
        """What the estimate would come to if prices of a kind changed. Nothing is stored."""
        project = open_project(person_of(request), code).project
        changes = {kind: _percent(request, kind.value) for kind in ResourceKind}
        name = "what-if-" + "-".join(f"{value.normalize():f}" for value in changes.values())
        return answer_by_revision(request, name, project, lambda: what_if(project, changes))


class ResourceUsesView(ApiView):
    tag = "figures"

    @described("resource_uses", {200: shape.ResourceUsesSerializer}, parameters=NAMING)
    def get(self, request: Request, code: str) -> HttpResponse:
        """The work items that take a resource, through whatever analysis."""
        project = open_project(person_of(request), code).project
        kind = ResourceKind(choice_of(request, "kind", [one.value for one in ResourceKind]))
        resource = Resource(kind, _text(request, "name"), _text(request, "unit"))
        return answer(request, resource_uses(project, resource))


def _text(request: Request, name: str) -> str:
    given: str | None = request.GET.get(name)
    if given is None or "\0" in given:
        raise ApiError(400, "api.parameter", {"name": name, "value": "", "allowed": "the name of a resource"})
    return given


def _percent(request: Request, name: str) -> Decimal:
    given = request.GET.get(name, "0")
    percent = Decimal(given) if _PERCENT.fullmatch(given) else None
    if percent is None or not LOWEST <= percent <= HIGHEST:
        allowed = f"{LOWEST} … {HIGHEST}"
        raise ApiError(400, "api.parameter", {"name": name, "value": given[:40], "allowed": allowed})
    return percent


api_urls = [
    path("projects/<slug:code>/prices-grid/", PricesGridView.as_view(), name="prices_grid"),
    path("projects/<slug:code>/what-if/", WhatIfView.as_view(), name="what_if"),
    path("projects/<slug:code>/resource-uses/", ResourceUsesView.as_view(), name="resource_uses"),
]
