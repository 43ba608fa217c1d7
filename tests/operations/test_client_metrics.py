"""What browsers tell: only signed in, only what is asked for, only so often; and where it comes out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from prometheus_client import REGISTRY

from ahsp.accounts.models import Scope
from ahsp.accounts.services import create_token
from ahsp.operations.api import LARGEST_BODY, VisitThrottle
from tests.people import Cast, sign_in

ADDRESS = "/api/v2/client-metrics/"
VISIT: dict[str, Any] = {
    "page": "estimates:rab",
    "timings": {"ttfb_ms": 31.5, "dcl_ms": 180, "load_ms": 240, "lcp_ms": 260, "inp_ms": 48, "layout_shift": 0.01},
    "errors": [{"message": "TypeError: x is undefined", "source": "main-BLrZz872.js", "line": 3}],
}


@pytest.fixture(autouse=True)
def no_visits_yet() -> None:
    cache.clear()


def tell(client: Client, visit: object) -> int:
    return int(client.post(ADDRESS, json.dumps(visit), content_type="application/json").status_code)


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_a_visit_is_counted_by_its_page(cast: Cast) -> None:
    lcp = {"page": "estimates:rab", "timing": "lcp"}
    before = counted("ahsp_client_seconds_sum", **lcp)
    errors = counted("ahsp_client_errors_total", page="estimates:rab")
    assert tell(sign_in(cast.citra), VISIT) == 204
    assert counted("ahsp_client_seconds_sum", **lcp) == pytest.approx(before + 0.26)
    assert counted("ahsp_client_errors_total", page="estimates:rab") == errors + 1
    figures = Client().get("/metrics").content.decode()
    assert 'ahsp_client_seconds_bucket{le="0.4",page="estimates:rab",timing="lcp"}' in figures


def test_only_people_who_signed_in_tell(cast: Cast) -> None:
    assert tell(Client(), VISIT) == 401
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in(cast.ani).cookies
    assert tell(strict, VISIT) == 403
    _token, program = create_token(person=cast.ani, name="Skrip", scope=Scope.WRITE, days=1)
    headers = {"Authorization": f"Bearer {program}"}
    assert Client().post(ADDRESS, VISIT, content_type="application/json", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"page": "estimates:unknown"},
        {"page": "/p/rahasia/"},
        {"page": None},
        {"person": "ani"},
        {"timings": {"ttfb_ms": -1}},
        {"timings": {"ttfb_ms": 10**9}},
        {"timings": {"ttfb_ms": "31"}},
        {"timings": {"ttfb_ms": True}},
        {"timings": {"cookie": 1}},
        {"timings": []},
        {"errors": [{"message": "x" * 201, "source": "", "line": 0}]},
        {"errors": [{"message": "x", "source": "", "line": 1.5}]},
        {"errors": [{"message": "x", "source": "", "line": 0, "user": "ani"}]},
        {"errors": [{"message": "x", "source": "", "line": 0}] * 6},
    ],
    ids=str,
)
def test_anything_else_is_refused_and_counts_nothing(cast: Cast, change: dict[str, Any]) -> None:
    before = counted("ahsp_client_seconds_count", page="estimates:rab", timing="ttfb")
    assert tell(sign_in(cast.ani), {**VISIT, **change}) == 422
    assert counted("ahsp_client_seconds_count", page="estimates:rab", timing="ttfb") == before


@pytest.mark.parametrize("body", ["", "[]", "null", '{"page": NaN}', "{", '"x"', "[" * 3000])
def test_what_is_no_visit_at_all_is_refused(cast: Cast, body: str) -> None:
    answer = sign_in(cast.ani).post(ADDRESS, body, content_type="application/json")
    assert answer.status_code in {400, 422}


def test_a_large_body_is_refused_before_it_is_read(cast: Cast) -> None:
    body = json.dumps({**VISIT, "page": "x" * LARGEST_BODY})
    assert sign_in(cast.ani).post(ADDRESS, body, content_type="application/json").status_code == 413


def test_one_person_tells_only_so_often(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VisitThrottle, "most", 3)
    ani, citra = sign_in(cast.ani), sign_in(cast.citra)
    assert [tell(ani, VISIT) for _ in range(4)] == [204, 204, 204, 429]
    assert tell(citra, VISIT) == 204
