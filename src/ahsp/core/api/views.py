"""What every view of the API is, and the API's description of itself."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.views import APIView

from ahsp.core.api.bodies import answer
from ahsp.core.api.problems import ApiError, problem
from ahsp.core.api.schema import described


class ApiView(APIView):
    """A view whose methods give ready answers and raise AhspError.

    `tag` groups it in the description. `has_revision` says that it shows or changes a project: reading honours
    If-None-Match, writing needs If-Match. `refusals` are further statuses of its writes.
    """

    http_method_names = ["get", "head", "post", "patch", "delete"]
    tag = "api"
    has_revision = False
    refusals: tuple[int, ...] = ()


class AnyContent(DefaultContentNegotiation):
    """Gives what there is, whatever Accept says."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:  # noqa: ARG002
        return renderers[0], renderers[0].media_type


class SchemaView(ApiView):
    @described("schema", {200: {"type": "object", "additionalProperties": True}})
    def get(self, request: HttpRequest) -> HttpResponse:
        """This description, as OpenAPI."""
        return answer(request, _schema())


@cache
def _schema() -> dict[str, object]:
    """Told from the code, so it is the same as long as the process lives."""
    generated: dict[str, object] = SchemaGenerator().get_schema(request=None, public=True)
    return generated


def docs(request: HttpRequest) -> HttpResponse:
    """api/docs.html: the description to browse and to try out."""
    return render(request, "api/docs.html")


@csrf_exempt
@login_not_required
def no_such_address(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 Django's signature
    """404 as a problem: a program reads no page."""
    return problem(ApiError(404, "api.address"))
