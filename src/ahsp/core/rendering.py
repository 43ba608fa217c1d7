"""The one place where an AhspError becomes an answer a person can read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from ahsp.core.errors import AhspError
from ahsp.core.issue_texts import issue_text

_TITLED = {403, 404}


def error_text(error: AhspError) -> str:
    """The sentence of `error` in the person's language."""
    return issue_text(error.code, error.data, get_language() or "id")


class ErrorMiddleware:
    """Renders every AhspError that a view lets pass: a page, or a fragment for htmx."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AhspError):
            return None
        template = f"{exception.status}.html" if exception.status in _TITLED else "error.html"
        if getattr(request, "htmx", False):
            template = "partials/error.html"
        context = {"error": exception, "error_text": error_text(exception), "status": exception.status}
        return render(request, template, context, status=exception.status)
