"""Answers compressed for browsers that take gzip."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from ahsp.core.fragments import PiecedResponse, gzipped, gzipped_around

TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0+)?\s*(,|$))", re.IGNORECASE)
# A workbook or a PDF is compressed already.
COMPRESSIBLE = re.compile(r"text/|application/(problem\+)?json|image/svg|application/(javascript|xml)", re.IGNORECASE)
# Below it, the header and the work cost more than what is spared.
WORTH_COMPRESSING = 512


class CompressionMiddleware:
    """As Django's GZipMiddleware, at a level for pages that are made once and sent once. Kept fragments of a page are
    not compressed again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or response.has_header("Content-Encoding"):
            return response
        if not COMPRESSIBLE.match(response.headers.get("Content-Type", "")):
            return response
        pieces = response.pieces if isinstance(response, PiecedResponse) else None
        if pieces is None and len(response.content) < WORTH_COMPRESSING:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")):
            return response
        compressed = gzipped_around(*pieces) if pieces is not None else gzipped(response.content)
        if pieces is not None or len(compressed) < len(response.content):
            _send(response, compressed)
        return response


def _send(response: HttpResponse, compressed: bytes) -> None:
    response.content = compressed
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(compressed))
    etag = response.headers.get("ETag", "")
    if etag.startswith('"'):
        # The same content in other bytes: equal only in meaning (RFC 9110, 8.8.1).
        response.headers["ETag"] = f"W/{etag}"
