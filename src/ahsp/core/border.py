"""What every request must be before anything else looks at it, and what every answer says about itself."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from ahsp.core.errors import TooLarge
from ahsp.core.rendering import error_answer

NUL = "\x00"
_MOST_DIGITS = 18


class BorderMiddleware:
    """Refuses NUL in address and cookies, which PostgreSQL stores nowhere, and bodies beyond LARGEST_REQUEST.

    The size is refused before the body is read: CSRF protection reads whole forms, also of strangers.
    Answers are private unless they say otherwise: no shared cache and no disk keeps them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_nul(request):
            raise BadRequest("NUL in the address or a cookie")
        if _announced_size(request) > settings.LARGEST_REQUEST:
            limit = f"{settings.LARGEST_UPLOAD // 1024**2} MB"
            return error_answer(request, TooLarge("request.too_large", {"limit": limit}))
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _has_nul(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    cookies = request.COOKIES
    return NUL in request.path_info or "%00" in query or NUL in query or any(NUL in c for c in cookies.values())


def _announced_size(request: HttpRequest) -> int:
    """Django reads no more of a body than is announced, so this bounds it. Raises BadRequest for what is no length."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not (announced.isascii() and announced.isdigit()):
        raise BadRequest("a length that is none")
    return int(announced[:_MOST_DIGITS])
