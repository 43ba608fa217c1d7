"""Errors as application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from rest_framework import exceptions
from structlog.contextvars import get_contextvars

from ahsp.core.database_errors import is_away
from ahsp.core.errors import AhspError, Refused, TooOften, Unavailable
from ahsp.core.issue_texts import TEXTS, issue_text

PROBLEM = "application/problem+json"
ADDRESSES = "/api/"
SECONDS_TO_TRY_AGAIN = "5"
_SIGN_IN = 'Bearer realm="ahsp"'


class ApiError(AhspError):
    """An error of the border itself: `status` differs by instance, `more` are further members of the problem."""

    def __init__(
        self,
        status: int,
        code: str,
        data: Mapping[str, str] | None = None,
        *,
        more: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code, data)
        self.status = status
        self.more = more or {}
        self.headers: Mapping[str, str] = headers or {}


def is_api(request: HttpRequest) -> bool:
    """Whether whoever asked reads JSON, not pages."""
    return request.path_info.startswith(ADDRESSES)


def problem(error: AhspError) -> HttpResponse:
    """`error` as an answer: stable `code`, translated `detail`, the `data` that fills it, the request's id."""
    more = error.more
    detail = issue_text(error.code, error.data, get_language() or "id")
    if isinstance(error, Refused):
        more = {"errors": [{"field": error.field, "code": error.code, "detail": detail}]}
    body = {
        "type": f"urn:ahsp:problem:{error.code}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "code": error.code,
        "detail": detail,
        "data": dict(error.data),
        "request_id": get_contextvars().get("request_id", ""),
        **more,
    }
    headers = dict(error.headers) if isinstance(error, ApiError) else {}
    if isinstance(error, Unavailable):
        headers["Retry-After"] = SECONDS_TO_TRY_AGAIN
    if isinstance(error, TooOften):
        headers["Retry-After"] = str(error.seconds)
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=error.status, content_type=PROBLEM, headers=headers
    )


def answer_error(exception: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """The framework's exception handler. None for what nobody expected: that becomes a 500 and is logged."""
    error = _as_ours(exception, context["request"])
    return None if error is None else problem(error)


def _as_ours(exception: Exception, request: HttpRequest) -> AhspError | None:
    if isinstance(exception, AhspError):
        return exception
    if is_away(exception):
        return Unavailable("server.database_away")
    if isinstance(exception, Http404):
        return ApiError(404, "api.address")
    if isinstance(exception, PermissionDenied):
        return ApiError(403, "api.denied")
    if isinstance(exception, exceptions.APIException):
        return _of_framework(exception, request)
    return None


def _of_framework(exception: Any, request: HttpRequest) -> AhspError:
    if isinstance(exception, exceptions.ValidationError):
        return invalid(exception.detail)
    if isinstance(exception, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return ApiError(401, _own_code(exception, "api.sign_in"), headers={"WWW-Authenticate": _SIGN_IN})
    if isinstance(exception, exceptions.MethodNotAllowed):
        return ApiError(405, "api.method", {"method": str(request.method)})
    if isinstance(exception, exceptions.Throttled):
        seconds = str(int(exception.wait or 1) + 1)
        return ApiError(429, "api.too_many", {"seconds": seconds}, headers={"Retry-After": seconds})
    if isinstance(exception, exceptions.ParseError):
        return unreadable(str(exception.detail))
    codes = {403: "api.denied", 404: "api.address", 406: "api.not_acceptable", 415: "api.media_type"}
    return ApiError(exception.status_code, _own_code(exception, codes.get(exception.status_code, "api.denied")))


def _own_code(exception: Any, otherwise: str) -> str:
    """The code that one of our classes gave the framework's exception, if it has a sentence."""
    code = str(exception.get_codes())
    return code if code in TEXTS else otherwise


def unreadable(reason: str) -> ApiError:
    """The request itself cannot be read."""
    return ApiError(400, "api.unreadable", {"reason": reason})


def invalid(detail: Any) -> ApiError:
    """Values that were read and cannot be used. `detail` is nested as the framework's serializers give it."""
    errors = list(_flat(detail, ""))
    return ApiError(422, "api.invalid", {"count": str(len(errors))}, more={"errors": errors})


def _flat(detail: Any, field: str) -> Iterator[dict[str, str]]:
    if isinstance(detail, Mapping):
        for name, inside in detail.items():
            yield from _flat(inside, f"{field}.{name}" if field else str(name))
    elif isinstance(detail, list):
        for at, inside in enumerate(detail):
            # Of rows that were sent, those that are wrong are told by their place.
            yield from _flat(inside, f"{field}.{at}" if isinstance(inside, Mapping) else field)
    else:
        yield {"field": field, "code": getattr(detail, "code", "invalid"), "detail": str(detail)}
