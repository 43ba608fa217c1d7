"""What is refused, and how: problems that a program can read, whatever is sent."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client

from ahsp.accounts.models import Scope
from ahsp.accounts.services import create_token
from ahsp.core.cache import TolerantRedisCache
from ahsp.projects.models import Project
from tests.api.program import PROBLEM, Program, read, refused
from tests.people import PASSWORD, Cast, sign_in


@pytest.fixture(autouse=True)
def rested() -> Iterator[None]:
    """No test leaves the cache to its rest after a server that was away."""
    yield
    TolerantRedisCache._away, TolerantRedisCache._rests_until = False, 0.0
    TolerantRedisCache._lost.clear()


@pytest.fixture
def ani(filled: Project, cast: Cast) -> Program:
    return Program(cast.ani, filled)


def test_nobody_is_told_how_to_sign_in(filled: Project) -> None:
    answer = Client().get(f"/api/v2/projects/{filled.code}/")
    assert refused(answer) == (401, "api.sign_in")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="ahsp"'


def test_a_session_writes_with_its_csrf_token_only(filled: Project, cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ani, backend="allauth.account.auth_backends.AuthenticationBackend")
    body = {"data": json.dumps({"name": "Lain"}), "content_type": "application/json"}
    seen = {"If-Match": f'"{filled.revision}"'}
    address = f"/api/v2/projects/{filled.code}/"
    assert refused(client.patch(address, **body, headers=seen)) == (403, "request.not_ours")
    assert client.get("/projects/").status_code == 200
    client.get("/api/v2/docs/")
    token = client.cookies["csrftoken"].value
    assert client.patch(address, **body, headers={**seen, "X-CSRFToken": token}).status_code == 200


@pytest.mark.parametrize(("scope", "status"), [(Scope.READ, 403), (Scope.WRITE, 200)])
def test_a_token_needs_no_csrf_token_but_the_scope(scope: Scope, status: int, filled: Project, cast: Cast) -> None:
    _, text = create_token(person=cast.ani, name="Uji", scope=scope, days=1)
    client = Client(enforce_csrf_checks=True)
    headers = {"Authorization": f"Bearer {text}", "If-Match": f'"{filled.revision}"', "Accept-Language": "en"}
    address = f"/api/v2/projects/{filled.code}/"
    answer = client.patch(address, '{"name": "Lain"}', content_type="application/json", headers=headers)
    assert answer.status_code == status
    assert answer.headers["Content-Language"] == "en"
    me = read(client.get("/api/v2/me/", headers=headers))
    assert (me["email"], me["token"]["scope"]) == (cast.ani.email, scope.value)
    if scope is Scope.READ:
        assert refused(answer) == (403, "token.read_only")


@pytest.mark.parametrize(
    ("method", "path", "headers", "expected"),
    [
        ("get", "nothing/", {}, (404, "api.address")),
        ("post", "nothing/", {}, (404, "api.address")),
        ("get", "/api/v3/", {}, (404, "api.address")),
        ("get", "projects", {}, (404, "api.address")),
        ("delete", "projects/", {}, (405, "api.method")),
        ("options", "projects/", {}, (405, "api.method")),
        ("get", "projects/", {"Accept": "text/html"}, (406, "api.not_acceptable")),
        ("get", "projects/?format=xml", {}, 200),
        ("get", "projects/tidak-ada/", {}, (404, "project.not_found")),
        ("get", "projects/?limit=0", {}, (400, "api.parameter")),
        ("get", "projects/?limit=201", {}, (400, "api.parameter")),
        ("get", "projects/?limit=²", {}, (400, "api.parameter")),
        ("get", "projects/?sort=price", {}, (400, "api.parameter")),
        ("get", "projects/?organization=-1", {}, (400, "api.parameter")),
        ("get", "projects/?q=%00", {}, (400, "api.unreadable")),
        ("get", "projects/%00/", {}, (400, "api.unreadable")),
        ("get", "projects/?q=%ff%fe%ed%a0%80", {}, 200),
        ("get", "editions/tidak-ada/", {}, (404, "edition.unknown")),
        ("get", "editions/uji-2026/analyses/%ed%a0%80/", {}, (404, "analysis.unknown")),
        ("get", f"editions/uji-2026/analyses/?q={'9' * 5000}", {}, 200),
        ("get", "jobs/not-a-uuid/", {}, (404, "api.address")),
    ],
)
def test_addresses(method: str, path: str, headers: dict[str, str], expected: Any, ani: Program) -> None:
    answer = ani.ask(method, path, **headers)
    if isinstance(expected, int):
        assert answer.status_code == expected
    else:
        assert refused(answer) == expected
    if answer.status_code == 405:
        assert answer.headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", (400, "api.unreadable")),
        (b"[]", (400, "api.unreadable")),
        (b"", (422, "api.invalid")),
        (b'"text"', (400, "api.unreadable")),
        (b'{"name": NaN}', (400, "api.unreadable")),
        (b'{"name": "\xff\xfe"}', (400, "api.unreadable")),
        (b'{"name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", (400, "api.unreadable")),
        (b'{"organization": ' + b"9" * 5_000 + b"}", (400, "api.unreadable")),
        (b'{"organization": 1e400}', (422, "api.invalid")),
        (b'{"name": "\\u0000"}', (422, "api.invalid")),
        (b'{"name": "\\ud800"}', (422, "api.invalid")),
        (b'{"name": {"a": 1}, "edition": [], "price_book": null, "vat_date": 20260115}', (422, "api.invalid")),
        (b'{"name": "' + b"x" * 3 * 1024 * 1024 + b'"}', (413, "api.too_large")),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_bodies(body: bytes, expected: tuple[int, str], ani: Program) -> None:
    assert refused(ani.ask("post", "projects/", body)) == expected


def test_another_media_type_is_refused(ani: Program) -> None:
    answer = ani.client.post("/api/v2/projects/", {"name": "x"})
    assert refused(answer) == (415, "api.media_type")


def _cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%",
        "é",
        "A" * 5000,
        _cursor("[]"),
        _cursor("[" * 1400),
        _cursor('[1,"2026-01-01",1]'),
        _cursor('[1,"0001-01-01T00:00:00+14:00",1]'),
        _cursor('[1,"9999-12-31T23:59:59-14:00",1]'),
        _cursor('[0,"a\\u0000",1]'),
        _cursor('[0,"\\ud800",1]'),
        _cursor(f'[1,"2026-01-01T00:00:00+00:00",{2**63}]'),
        _cursor('["2026-01-01T00:00:00+00:00",true]'),
        _cursor("[1,2]"),
        _cursor("[9223372036854775808,1]"),
        _cursor('["2026-01-01T00:00:00+00:00","x"]'),
    ],
)
@pytest.mark.parametrize("path", ["projects/?sort=name", "projects/?sort=changed", "jobs/?", "CODE/changes/?"])
def test_cursors_that_no_list_gave(path: str, cursor: str, ani: Program, filled: Project) -> None:
    answer = ani.ask("get", f"{path.replace('CODE', f'projects/{filled.code}')}&cursor={quote(cursor)}")
    if answer.status_code == 200:
        # A place that could be one: a list that begins there.
        assert read(answer)["next"] is None
    else:
        assert refused(answer) == (400, "api.cursor")


def test_who_asks_too_much_is_told_when_to_come_back(ani: Program, settings: Any) -> None:
    cache.clear()
    settings.API_REQUESTS_PER_MINUTE = 2
    answers = [ani.ask("get", "me/") for _ in range(6)]
    # The minute may turn once in between.
    late = [answer for answer in answers if answer.status_code == 429]
    assert late
    assert refused(late[0]) == (429, "api.too_many")
    assert 1 <= int(late[0].headers["Retry-After"]) <= 61
    assert Program(ani.person).client.get("/projects/").status_code == 200


def test_without_a_cache_nothing_is_counted_and_everything_answers(ani: Program, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1
    with socket.create_server(("127.0.0.1", 0)) as gone:
        address = f"redis://127.0.0.1:{gone.getsockname()[1]}/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": address}}
    for path in ("", "recap/", "rab/", "recap/"):
        read(ani.inside("get", path))
    read(ani.inside("post", "items/", {"code": "1.1"}), 201)


def test_a_problem_is_in_the_language_of_the_person(ani: Program) -> None:
    indonesian = ani.ask("get", "projects/tidak-ada/")
    ani.client.cookies["ahsp_language"] = "en"
    english = ani.ask("get", "projects/tidak-ada/")
    assert json.loads(indonesian.content)["detail"] != json.loads(english.content)["detail"]
    assert json.loads(english.content)["title"] == "Not Found"


def test_a_page_is_still_a_page(cast: Cast) -> None:
    answer = sign_in(cast.ani).get("/p/tidak-ada/")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] != PROBLEM
    assert PASSWORD not in answer.content.decode()
