"""Figures by page, from the counters as they stand: what the server and what browsers measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from ahsp.operations.watching.counters import Reading, quantile
from ahsp.operations.watching.tiles import written

MOST_ROWS = 25
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One view of the server. Times in milliseconds; `share` is of all time spent, 0 to 1."""

    view: str
    requests: int
    errors: int
    mean_ms: Decimal | None
    p95_ms: Decimal | None
    queries: Decimal | None
    share: Decimal


def views(counted: Reading) -> list[ViewRow]:
    """Those on which most time is spent first."""
    everything = counted.total("ahsp_request_seconds_sum") or 1.0
    found = []
    for view in counted.values("ahsp_requests_total", "view"):
        requests = counted.total("ahsp_requests_total", view=view)
        if not requests:
            continue
        seconds = counted.total("ahsp_request_seconds_sum", view=view)
        slow = quantile(counted.buckets("ahsp_request_seconds", view=view), 0.95)
        found.append(
            ViewRow(
                view=view,
                requests=int(requests),
                errors=int(_errors(counted, view)),
                mean_ms=written(1000 * seconds / requests, 1),
                p95_ms=_milliseconds(slow),
                queries=written(counted.total("ahsp_request_queries_sum", view=view) / requests, 1),
                share=Decimal(f"{seconds / everything:.4f}"),
            )
        )
    return _first(found, lambda row: row.share)


def _errors(counted: Reading, view: str) -> float:
    found = counted.matching("ahsp_requests_total", {"view": view})
    return sum(number for labels, number in found if labels["status"].startswith("5"))


@dataclass(frozen=True, slots=True)
class BrowserRow:
    """One page in the browsers of people: three of four measured at most this. Times in milliseconds."""

    page: str
    loads: int
    errors: int
    ttfb_ms: Decimal | None
    lcp_ms: Decimal | None
    inp_ms: Decimal | None
    shift: Decimal | None


def browsers(counted: Reading) -> list[BrowserRow]:
    """The pages loaded most often first."""
    pages = counted.values("ahsp_client_seconds_count", "page") | counted.values("ahsp_client_errors_total", "page")
    found = [
        BrowserRow(
            page=page,
            loads=int(counted.total("ahsp_client_seconds_count", page=page, timing="ttfb")),
            errors=int(counted.total("ahsp_client_errors_total", page=page)),
            ttfb_ms=_usual(counted, page, "ttfb"),
            lcp_ms=_usual(counted, page, "lcp"),
            inp_ms=_usual(counted, page, "inp"),
            shift=written(quantile(counted.buckets("ahsp_client_layout_shift", page=page), 0.75), 3),
        )
        for page in pages
    ]
    return _first(found, lambda row: row.loads)


def _usual(counted: Reading, page: str, timing: str) -> Decimal | None:
    return _milliseconds(quantile(counted.buckets("ahsp_client_seconds", page=page, timing=timing), 0.75))


def _milliseconds(seconds: float | None) -> Decimal | None:
    return None if seconds is None else written(1000 * seconds, 0)


def _first(rows: list[Row], key: Callable[[Row], Decimal | int]) -> list[Row]:
    return sorted(rows, key=key, reverse=True)[:MOST_ROWS]
