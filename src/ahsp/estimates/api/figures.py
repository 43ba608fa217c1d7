"""What a project comes to, from every side: each body is made once for a revision."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema_view
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer_by_revision
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.engine.estimate import PricedEstimate
from ahsp.estimates import bodies, needs_bodies
from ahsp.estimates import serializers as shape
from ahsp.estimates.queries import priced_estimate
from ahsp.estimates.spending.bodies import policies
from ahsp.estimates.spending.serializers import PoliciesSerializer
from ahsp.projects.access import open_project
from ahsp.projects.models import Project

Make = Callable[[Project, PricedEstimate], bodies.Body]

FIGURES: dict[str, tuple[type, Make, str]] = {
    "recap": (shape.RecapSerializer, bodies.recap, "The recapitulation: the first level with its totals."),
    "rab": (shape.RabSerializer, bodies.rab, "The detailed RAB: every section and work item, priced."),
    "pricing": (shape.PricingSerializer, bodies.pricing, "The unit prices of every analysis that is used."),
    "prices": (shape.PricesSerializer, needs_bodies.prices, "The prices of every resource that is used."),
    "quantities": (shape.QuantitiesSerializer, bodies.quantities, "The quantity of every work item."),
    "checks": (shape.ChecksSerializer, bodies.checks, "What is missing or deserves a look."),
    "policies": (PoliciesSerializer, policies, "What each policy of rounding and rule of VAT would make of it."),
    "chart-data": (shape.ChartDataSerializer, needs_bodies.chart_data, "Cost by section and kind, and the Pareto."),
}


class FigureView(ApiView):
    """One of FIGURES; the query that opens the project is all that a warm answer asks of the database."""

    tag = "figures"
    has_revision = True
    figure = ""

    def get(self, request: Request, code: str) -> HttpResponse:
        project = open_project(person_of(request), code).project
        make = FIGURES[self.figure][1]
        return answer_by_revision(request, self.figure, project, lambda: make(project, priced_estimate(project)))


def _address(figure: str) -> URLPattern:
    serializer, _, text = FIGURES[figure]
    name = figure.replace("-", "_")
    view: type[FigureView] = type(f"{name.title().replace('_', '')}View", (FigureView,), {"figure": figure})
    decorated: type[FigureView] = extend_schema_view(get=described(name, {200: serializer}, text=text))(view)
    address: URLPattern = path(f"projects/<slug:code>/{figure}/", decorated.as_view(), name=name)
    return address


api_urls = [_address(figure) for figure in FIGURES]
