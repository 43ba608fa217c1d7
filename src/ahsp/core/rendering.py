"""The one place where an AhspError becomes an answer a person can read."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.defaults import bad_request as plain_bad_request
from django.views.defaults import server_error as plain_server_error

from ahsp.core.api.problems import SECONDS_TO_TRY_AGAIN, ApiError, is_api, problem, unreadable
from ahsp.core.database_errors import is_away
from ahsp.core.errors import AhspError, Forbidden, NotAllowed, TooOften, Unavailable
from ahsp.core.issue_texts import issue_text

_TITLED = {403, 404}


def error_text(error: AhspError) -> str:
    """The sentence of `error` in the person's language."""
    return issue_text(error.code, error.data, get_language() or "id")


def error_answer(request: HttpRequest, error: AhspError, template: str = "error.html") -> HttpResponse:
    """`error` as a page, as a fragment for htmx, or as a problem for programs."""
    if is_api(request):
        return problem(error)
    if getattr(request, "htmx", False):
        template = "partials/error.html"
    context = {"error": error, "error_text": error_text(error), "status": error.status, "back": _page_before(request)}
    if isinstance(error, TooOften):
        return _wait(error, render_to_string(template, {**context, "request": request}))
    return render(request, template, context, status=error.status)


def _wait(error: TooOften, page: str) -> HttpResponse:
    """Nothing is asked of session and database for it: whoever is slowed down costs as little as can be."""
    return HttpResponse(page, status=error.status, headers={"Retry-After": str(error.seconds)})


def _page_before(request: HttpRequest) -> str:
    """The page of ours to go back to: the address itself when it was read, the one with the form when it was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if ours else ""


class ErrorMiddleware:
    """Renders every AhspError that a view lets pass, and answers that came without a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == NotAllowed.status and not response.content:
            page = error_answer(request, NotAllowed("request.method"))
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AhspError):
            return None
        titled = exception.status in _TITLED or isinstance(exception, TooOften)
        return error_answer(request, exception, f"{exception.status}.html" if titled else "error.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 Django's signature
    """A form that does not come from a page of ours, or from one that is too old.

    Sign-in sent twice is neither: the first answer changed the token, and the person is in.
    """
    at_sign_in = request.path == resolve_url(settings.LOGIN_URL) and settings.CSRF_COOKIE_NAME in request.COOKIES
    if at_sign_in and request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return error_answer(request, Forbidden("request.not_ours"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read at all: 400.html, or a problem for programs."""
    if is_api(request):
        return problem(unreadable(str(exception) if isinstance(exception, BadRequest) else type(exception).__name__))
    return plain_bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500.html; while the database does not answer 503.html, for which nothing is asked of it."""
    away = is_away(sys.exc_info()[1])
    if is_api(request):
        return problem(Unavailable("server.database_away") if away else ApiError(500, "server.failed"))
    if not away:
        return plain_server_error(request)
    text = error_text(Unavailable("server.database_away"))
    page = render_to_string("503.html", {"error_text": text, "language": get_language() or "id"})
    return HttpResponse(page, status=Unavailable.status, headers={"Retry-After": SECONDS_TO_TRY_AGAIN})
