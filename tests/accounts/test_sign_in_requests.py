"""Whatever is sent to the sign-in page, an answer comes that is no fault of the server."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ahsp.accounts.models import Membership, Person
from tests.accounts.signing_in import QUICK_HASHERS, WRONG, attempt
from tests.people import PASSWORD, Cast

ADDRESS = "/account/login/"
FORM = "application/x-www-form-urlencoded"
EMAIL = "ani%40example.com"


@pytest.fixture(autouse=True)
def quick_hashes(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = QUICK_HASHERS


@dataclass(frozen=True)
class Sent:
    """One request. `says` is the status it gets."""

    body: bytes | str
    says: int = 200
    kind: str = FORM
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()


def part(name: str, value: str) -> str:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'


REQUESTS: dict[str, Sent] = {
    "right": Sent(f"login={EMAIL}&password={PASSWORD}", 302),
    "nothing": Sent(""),
    "no password": Sent(f"login={EMAIL}"),
    "empty password": Sent(f"login={EMAIL}&password="),
    "no account": Sent(f"password={PASSWORD}"),
    "NUL in the account": Sent(f"login=a%00{EMAIL}&password=x"),
    "NUL in the password": Sent(f"login={EMAIL}&password=%00"),
    "NUL in the field's name": Sent(f"login%00={EMAIL}&password=x"),
    "broken UTF-8": Sent(b"login=%ff%fe%40example.com&password=%c3%28"),
    "raw bytes": Sent(b"login=\xff\xfe@example.com&password=\x80\x81"),
    "half a surrogate": Sent("login=%ed%a0%80%40example.com&password=%ed%a0%80"),
    "characters beyond the first plane": Sent("login=%f0%9f%8f%97%40example.com&password=%f0%9f%8f%97"),
    "letters that grow in lower case": Sent("login=%c4%b0%40example.com&password=x"),
    "control characters": Sent("login=a%0d%0ab%40example.com&password=%1b%5b31m"),
    "an account without end": Sent("login=" + "a" * 100_000 + "%40example.com&password=x"),
    "a password without end": Sent(f"login={EMAIL}&password=" + "a" * 1_000_000),
    "more than is read": Sent("login=" + "a" * 3_000_000, 400),
    "lists": Sent(f"login=x&login={EMAIL}&password=y&password={PASSWORD}", 302),
    "brackets": Sent(f"login[]={EMAIL}&password[a]=b"),
    "a thousand fields": Sent("&".join(f"f{number}=1" for number in range(2000)), 400),
    "a number": Sent("login=1&password=1"),
    "SQL": Sent("login=%27%20OR%201%3D1--%40example.com&password=%27"),
    "markup": Sent("login=%3Cscript%3E%40example.com&password=%3C"),
    "JSON": Sent(json.dumps({"login": "ani@example.com", "password": PASSWORD}), kind="application/json"),
    "broken JSON": Sent('{"login":', kind="application/json"),
    "text": Sent("hello", kind="text/plain"),
    "no content type": Sent("login=a", kind=""),
    "a content type that is none": Sent("login=a", kind="/;;charset"),
    "a charset that is none": Sent("login=a&password=b", 200, f"{FORM}; charset=nonsense"),
    "another charset": Sent("login=a&password=b", 400, f"{FORM}; charset=utf-16"),
    "parts": Sent(
        part("login", "ani@example.com") + part("password", PASSWORD) + "--b--\r\n",
        302,
        "multipart/form-data; boundary=b",
    ),
    "parts without boundary": Sent("--b", 400, "multipart/form-data"),
    "parts cut off": Sent(
        '--b\r\nContent-Disposition: form-data; name="login"\r\n\r\nani', 200, "multipart/form-data; boundary=b"
    ),
    "parts with NUL": Sent(
        part("login", "a\x00@example.com") + part("password", "\x00") + "--b--\r\n",
        kind="multipart/form-data; boundary=b",
    ),
    "a file for a password": Sent(
        part("login", "ani@example.com").encode()
        + b'--b\r\nContent-Disposition: form-data; name="password"; filename="p"\r\n\r\nx\r\n--b--\r\n',
        kind="multipart/form-data; boundary=b",
    ),
    "unknown transfer encoding": Sent(
        part("login", "!!!").replace('"\r\n\r\n', '"\r\nContent-Transfer-Encoding: base64\r\n\r\n') + "--b--\r\n",
        kind="multipart/form-data; boundary=b",
    ),
    "NUL in next": Sent(f"login={EMAIL}&password={PASSWORD}", 400, query="?next=%00"),
    "NUL in the hidden next": Sent(f"login={EMAIL}&password={PASSWORD}&next=%00", 302),
    "another site as next": Sent(f"login={EMAIL}&password={PASSWORD}&next=https%3A%2F%2Fevil.example", 302),
    "line breaks as next": Sent(f"login={EMAIL}&password={PASSWORD}&next=%2F%0d%0aSet-Cookie%3Aa", 302),
    "next without end": Sent(f"login={EMAIL}&password={PASSWORD}&next=%2F" + "a" * 50_000, 302),
    "as JavaScript asks": Sent("login=a", headers=(("X-Requested-With", "XMLHttpRequest"),)),
    "wants JSON": Sent("login=a", headers=(("Accept", "application/json"),)),
    "htmx": Sent("login=a", headers=(("HX-Request", "true"),)),
    "a session that is none": Sent(f"login={EMAIL}&password=x", headers=(("Cookie", "sessionid=" + "x" * 3000),)),
    "a session that is gone": Sent(
        f"login={EMAIL}&password={PASSWORD}", 302, headers=(("Cookie", "sessionid=" + "a" * 32),)
    ),
    "a cookie that is none": Sent("login=a", headers=(("Cookie", '=;;;"\\'),)),
    "a forwarded address that is none": Sent("login=a", headers=(("X-Forwarded-For", "\xff, <>"),)),
    "a length that is none": Sent("login=a", 400, headers=(("Content-Length", "abc"),)),
    "a length below nothing": Sent("login=a", 400, headers=(("Content-Length", "-1"),)),
}


def send(sent: Sent, client: Client | None = None) -> Any:
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.headers}
    if "HTTP_CONTENT_LENGTH" in headers:
        headers["CONTENT_LENGTH"] = headers.pop("HTTP_CONTENT_LENGTH")
    client = client or Client(raise_request_exception=False)
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body
    return client.generic("POST", ADDRESS + sent.query, body, sent.kind, **headers)


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.usefixtures("cast")
def test_every_request_is_answered(name: str) -> None:
    sent = REQUESTS[name]
    answer = send(sent)
    assert answer.status_code == sent.says
    assert "evil.example" not in answer.headers.get("Location", "")
    assert "\n" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.usefixtures("cast")
def test_without_a_token_of_ours_it_is_refused_with_a_page(name: str) -> None:
    answer = send(REQUESTS[name], Client(enforce_csrf_checks=True, raise_request_exception=False))
    assert answer.status_code in {400, 403}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "LOGIN"])
@pytest.mark.usefixtures("cast")
def test_every_method_is_answered(method: str) -> None:
    answer = Client(raise_request_exception=False).generic(method, ADDRESS, b"login=a", FORM)
    assert answer.status_code in {200, 405}


NAMES = ["login", "password", "next", "remember", "csrfmiddlewaretoken"]
texts = st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1"))
fields = st.dictionaries(
    st.sampled_from(["login", "password", "next", "remember", "csrfmiddlewaretoken"]) | texts, texts
)


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=fields)
def test_no_form_makes_it_fail(cast: Cast, typed: dict[str, str]) -> None:
    answer = Client(raise_request_exception=False).post(ADDRESS, typed)
    assert answer.status_code < 500
    assert cast.ani.email == "ani@example.com"


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=500), kind=st.sampled_from([FORM, "multipart/form-data; boundary=b", "text/plain"]))
@pytest.mark.usefixtures("cast")
def test_no_body_makes_it_fail(body: bytes, kind: str) -> None:
    assert send(Sent(body, kind=kind)).status_code < 500


def test_a_disabled_account_is_told_so_once_its_password_is_right(cast: Cast) -> None:
    Person.objects.filter(pk=cast.ani.pk).update(is_active=False)
    assert attempt(cast.ani.email, WRONG).status_code == 200
    client = Client()
    answer = attempt(cast.ani.email, client=client)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account_inactive"))
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "dinonaktifkan" in page.content.decode()
    assert client.get(reverse("estimates:projects")).status_code == 302


def test_somebody_without_an_organization_gets_in(cast: Cast) -> None:
    Membership.objects.filter(person=cast.ani).delete()
    client = Client()
    assert attempt(cast.ani.email, client=client).status_code == 302
    assert client.get(reverse("estimates:projects")).status_code == 200


def test_somebody_without_a_password_is_a_stranger(cast: Cast) -> None:
    cast.ani.set_unusable_password()
    cast.ani.save()
    assert attempt(cast.ani.email).status_code == 200


def test_a_form_sent_twice_leads_to_the_same_place(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(ADDRESS)
    form = {"login": cast.ani.email, "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    answers = [client.post(ADDRESS, form) for _ in range(2)]
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(302, reverse("estimates:projects"))] * 2


def test_the_session_gets_another_key_and_keeps_nothing_of_the_one_before(cast: Cast) -> None:
    client = Client()
    attempt(cast.ani.email, client=client)
    first = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    attempt(cast.budi.email, client=client)
    assert client.cookies["sessionid"].value != first
    stolen = Client()
    stolen.cookies["sessionid"] = first
    assert stolen.get(reverse("estimates:projects")).status_code == 302
