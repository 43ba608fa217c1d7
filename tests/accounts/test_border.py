"""What requests may not be, and what every answer carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from ahsp.core.uploads import BoundedUploadHandler
from ahsp.exchange.models import BoqImport
from ahsp.projects.models import Project
from tests.people import Cast, sign_in


@pytest.mark.parametrize(
    "address",
    ["/projects/?q=%00", "/catalog/uji-2026/?division=%00", "/catalog/uji-2026/a/%00/", "/account/login/?next=/%00"],
)
@pytest.mark.usefixtures("project")
def test_nul_in_an_address_is_a_bad_request(cast: Cast, address: str) -> None:
    assert sign_in(cast.ani).get(address).status_code == 400


@pytest.mark.django_db
def test_nul_in_a_cookie_is_a_bad_request() -> None:
    answer = Client().get("/projects/", headers={"cookie": 'sessionid="\\000aaaaaaaaaaaa"'})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/projects/?q=%ff%fe",
        "/projects/?page=99999999999999999999",
        "/projects/?page=" + "9" * 5000,
        "/projects/?q=" + "a" * 5000,
        "/catalog/uji-2026/?page=-1&q=%ed%a0%80",
    ],
)
@pytest.mark.usefixtures("project")
def test_absurd_queries_are_answered(cast: Cast, address: str) -> None:
    assert sign_in(cast.ani).get(address).status_code == 200


@pytest.mark.parametrize("pk", ["99999999999999999999", "9" * 5000])
def test_an_id_that_no_row_can_have_is_not_found(project: Project, cast: Cast, pk: str) -> None:
    assert sign_in(cast.ani).get(f"/p/{project.code}/items/{pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/projects/", "/tidak-ada/", "/projects/example/", "/p/{code}/rab.json"])
def test_every_answer_is_private_and_carries_the_policy(project: Project, cast: Cast, address: str) -> None:
    headers = sign_in(cast.ani).get(address.format(code=project.code)).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self'" in headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused_under_the_same_policy() -> None:
    answer = Client().get("/account/login/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "Content-Security-Policy" in answer.headers


def test_a_request_beyond_the_limit_is_refused_before_its_body_is_read(
    project: Project, cast: Cast, settings: LazySettings
) -> None:
    settings.LARGEST_REQUEST = 1000
    upload = {"file": SimpleUploadedFile("boq.csv", b"x" * 2000), "notation": "auto"}
    answer = sign_in(cast.budi).post(reverse("exchange:import", kwargs={"code": project.code}), upload)
    assert answer.status_code == 413
    assert "20 MB" in answer.content.decode()


def test_a_file_beyond_the_limit_is_refused_in_its_form(project: Project, cast: Cast, settings: LazySettings) -> None:
    content = b"a" * (settings.LARGEST_UPLOAD + 1)
    upload = {"file": SimpleUploadedFile("besar.csv", content), "notation": "auto"}
    answer = sign_in(cast.budi).post(reverse("exchange:import", kwargs={"code": project.code}), upload)
    assert answer.status_code == 422
    assert "20 MB" in answer.content.decode()
    assert not BoqImport.objects.exists()


def test_of_a_file_beyond_the_limit_the_rest_is_counted_and_not_kept(settings: LazySettings) -> None:
    settings.LARGEST_UPLOAD = 100
    handler = BoundedUploadHandler()
    handler.new_file("file", "besar.csv", "text/csv", None)
    for start in range(0, 500, 50):
        handler.receive_data_chunk(b"x" * 50, start)
    with handler.file_complete(500) as file:
        assert (file.size, len(file.read())) == (500, 100)


WRITES = ["/projects/new/", "/projects/example/", "/language/", "/account/login/", "/account/logout/"]
WRITES += ["/p/{code}/settings/", "/p/{code}/import/", "/p/{code}/import/1/apply/"]


@pytest.mark.parametrize("address", WRITES)
def test_a_form_from_elsewhere_is_refused_with_a_page_of_ours(project: Project, cast: Cast, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ani, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(address.format(code=project.code))
    assert answer.status_code == 403
    assert "muat ulang halamannya" in answer.content.decode()


def test_another_method_gets_a_page_and_the_methods_that_do(project: Project, cast: Cast) -> None:
    answer = sign_in(cast.ani).post(reverse("estimates:rab", kwargs={"code": project.code}))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert "<h1>" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_ends_the_connection_asks_to_try_again_and_the_next_request_works(cast: Cast) -> None:
    client = sign_in(cast.ani)
    client.raise_request_exception = False
    with connection.execute_wrapper(_end_connection_once()):
        away = client.get(reverse("estimates:projects"))
    assert (away.status_code, away.headers["Retry-After"]) == (503, "5")
    assert "Basis data sedang sibuk" in away.content.decode()
    connection.close_if_unusable_or_obsolete()
    assert client.get(reverse("estimates:projects")).status_code == 200


def _end_connection_once() -> Callable[..., Any]:
    """PostgreSQL itself ends the connection that the next query would use."""
    ended: list[int] = []

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not ended:
            pid = connection.connection.info.backend_pid
            ended.append(pid)
            with psycopg.connect(
                connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]
            ) as other:
                other.execute("SELECT pg_terminate_backend(%s)", (pid,))
        return execute(sql, params, many, context)

    return wrapper
