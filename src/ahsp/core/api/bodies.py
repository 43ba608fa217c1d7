"""Answers in JSON: encoded once for each revision, compressed once, and sent as they are."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from ahsp.core.api.etags import COMPRESSED, entity_tag, is_known
from ahsp.core.one_moment import Revised
from ahsp.core.revision_cache import by_revision

JSON = "application/json"
# What the answer to one address differs by: the person, their language, and what the browser can unpack.
VARY = ("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cookie")
# The level that takes a fifth of the time of the usual one and leaves a tenth more.
LEVEL = 4
# Above it the middleware would compress, and weaken the tag.
WORTH_COMPRESSING = 200


def plain(value: Decimal | None) -> str | None:
    """All digits, no exponent: 1E+3 is "1000"; nothing stays nothing."""
    return None if value is None else f"{value:f}"


def _otherwise(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def encode(data: Any) -> bytes:
    """JSON in UTF-8; decimals are strings of all their digits, times are ISO 8601."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_otherwise).encode()


def answer(request: HttpRequest, data: Any, *, status: int = 200, tag: str = "", location: str = "") -> HttpResponse:
    """`data` as JSON."""
    body = encode(data)
    packed = pack(body) if len(body) >= WORTH_COMPRESSING and _unpacks(request) else None
    response = _response(body if packed is None else packed, tag, packed=packed is not None)
    response.status_code = status
    if location:
        response.headers["Location"] = location
    return response


def pack(body: bytes) -> bytes:
    """`body` as it goes over the wire, the same bytes for the same body."""
    return gzip.compress(body, LEVEL, mtime=0)


def not_modified(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304 for whoever has the body of `tag` already, else None."""
    if not is_known(request, tag):
        return None
    response = _response(b"", tag, packed=False)
    response.status_code = 304
    del response.headers["Content-Type"]
    return response


def answer_by_revision(request: HttpRequest, name: str, revised: Revised, make: Callable[[], Any]) -> HttpResponse:
    """What `make` gives for the project in the language of the request: kept as ready bytes.

    Asked with the tag of the present revision, nothing is calculated and nothing read.
    """
    language = get_language() or "id"
    tag = entity_tag(revised, language)
    known = not_modified(request, tag)
    if known is not None:
        return known
    packed = by_revision(f"api-{name}", revised, lambda: pack(encode(make())), vary=language)
    tag = entity_tag(revised, language)
    if _unpacks(request):
        return _response(packed, tag, packed=True)
    return _response(gzip.decompress(packed), tag, packed=False)


def answer_part_by_revision(
    request: HttpRequest, name: str, revised: Revised, make: Callable[[], Sequence[Any]], choose: Callable[[int], int]
) -> HttpResponse:
    """One of the bodies that `make` gives together, for whoever asks for one soon asks for the others.

    `choose` is given how many there are and gives the number of the one that is asked for.
    """
    language = get_language() or "id"
    tag = entity_tag(revised, language)
    known = not_modified(request, tag)
    if known is not None:
        return known
    packed = by_revision(f"api-{name}", revised, lambda: tuple(pack(encode(body)) for body in make()), vary=language)
    tag = entity_tag(revised, language)
    part = packed[choose(len(packed))]
    if _unpacks(request):
        return _response(part, tag, packed=True)
    return _response(gzip.decompress(part), tag, packed=False)


def _unpacks(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _response(body: bytes, tag: str, *, packed: bool) -> HttpResponse:
    response = HttpResponse(body, content_type=JSON)
    patch_vary_headers(response, VARY)
    response.headers["Content-Language"] = get_language() or "id"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
        tag = tag and f'{tag[:-1]}{COMPRESSED}"'
    if tag:
        response.headers["ETag"] = tag
        # Kept by the browser of one person and asked about each time: 304 is what the tag is for.
        response.headers["Cache-Control"] = "private, no-cache"
    return response
