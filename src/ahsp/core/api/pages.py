"""Long lists, a page at a time: a cursor names the last row of the page before, so none is missed or repeated."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter

from ahsp.core.api.problems import ApiError

PAGE = 50
LARGEST_PAGE = 200
LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE}, description="Rows of a page."
)
CURSOR = OpenApiParameter("cursor", str, description="From `next` of the page before; it means nothing by itself.")
_MOST_CHARS = 2_000
_LARGEST_ID = 2**63 - 1


def read_time(value: Any) -> datetime:
    found = parse_datetime(value) if isinstance(value, str) else None
    if found is None or found.tzinfo is None or not 1970 <= found.year <= 9000:
        raise ValueError("not a time")
    return found


def read_number(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= _LARGEST_ID:
        raise ValueError("not a number")
    return value


def read_uuid(value: Any) -> UUID:
    if not isinstance(value, str):
        raise ValueError("not an id")
    return UUID(value)


@dataclass(frozen=True, slots=True)
class Order:
    """By `field`, then by id, both downwards if `descending`; `read` and `read_pk` bring them back from JSON or raise
    ValueError."""

    field: str
    descending: bool
    read: Callable[[Any], Any]
    read_pk: Callable[[Any], Any] = read_number


def page_size(request: HttpRequest) -> int:
    """`limit` of the address. Raises ApiError for anything but 1 to LARGEST_PAGE."""
    given = request.GET.get("limit", str(PAGE))
    if not (given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= LARGEST_PAGE):
        raise ApiError(400, "api.parameter", {"name": "limit", "value": given[:40], "allowed": f"1–{LARGEST_PAGE}"})
    return int(given)


def one_page(request: HttpRequest, rows: QuerySet[Any], order: Order) -> tuple[list[Any], str | None]:
    """The rows behind the cursor of the address, and the address of the next page; one query."""
    size = page_size(request)
    minus = "-" if order.descending else ""
    rows = rows.order_by(f"{minus}{order.field}", f"{minus}pk")
    given = request.GET.get("cursor")
    if given is not None:
        rows = rows.filter(_behind(order, *_opened(given, order)))
    found = list(rows[: size + 1])
    more = found[size:]
    found = found[:size]
    return found, _next(request, found[-1], order) if more else None


def _behind(order: Order, value: Any, pk: Any) -> Q:
    after = "lt" if order.descending else "gt"
    return Q(**{f"{order.field}__{after}": value}) | Q(**{order.field: value, f"pk__{after}": pk})


def _next(request: HttpRequest, last: Model, order: Order) -> str:
    value, pk = getattr(last, order.field), last.pk
    if isinstance(value, datetime):
        value = value.isoformat()
    return with_cursor(request, _closed([value, str(pk) if isinstance(pk, UUID) else pk]))


def with_cursor(request: HttpRequest, cursor: str) -> str:
    """The address of the request with another cursor: a path, so that it holds behind whatever proxy."""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{request.path}?{query.urlencode()}"


def _closed(parts: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts, ensure_ascii=False).encode()).decode().rstrip("=")


def _opened(cursor: str, order: Order) -> tuple[Any, Any]:
    try:
        if len(cursor) > _MOST_CHARS:
            raise ValueError("too long")
        packed = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        value, pk = json.loads(base64.b64decode(packed, altchars=b"-_", validate=True))
        return order.read(value), order.read_pk(pk)
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise ApiError(400, "api.cursor") from error
