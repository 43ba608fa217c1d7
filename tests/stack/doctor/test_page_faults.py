"""The servers are well, and yet nobody can use the pages."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator

import pytest

from ahsp.operations.stack.ports import LOOPBACK, free_port
from tests.stack.doctor.conftest import TLS_NAME, Ward
from tests.stack.doctor.parts import REDIS_PASSWORD, web_part
from tests.stack.doctor.relays import Authority, Relay, says_https, stranger


def test_stopped(ward: Ward) -> None:
    port = free_port()
    name, cause, mend = ward.fault(address=f"http://{LOOPBACK}:{port}")
    assert name == "application.port"
    assert f"Nobody listens at {LOOPBACK}:{port}" in cause
    assert "./ahsp up" in mend


def test_hanging(ward: Ward) -> None:
    """It takes the request and never answers."""
    with Relay(ward.web_port, delay=3600) as silent:
        name, cause, _ = ward.fault(address=f"http://{LOOPBACK}:{silent.port}")
    assert name == "application.answer"
    assert "does not answer within" in cause


def test_another_program_on_its_port(ward: Ward) -> None:
    with stranger(greeting=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi") as port:
        name, cause, _ = ward.fault(address=f"http://{LOOPBACK}:{port}")
    assert name == "application.port"
    assert "something else than ahsp answers" in cause


def test_a_public_name_that_does_not_exist(ward: Ward) -> None:
    name, cause, mend = ward.fault(address="", public_url="https://rab.invalid")
    assert name == "public.name"
    assert "rab.invalid" in cause
    assert "AHSP_PUBLIC_URL" in mend


def test_a_name_that_is_not_allowed(ward: Ward) -> None:
    name, cause, mend = ward.fault(public_url="http://rab.example.go.id")
    assert name == "application.host"
    assert "does not answer to the name rab.example.go.id" in cause
    assert "AHSP_ALLOWED_HOSTS=rab.example.go.id" in mend


def test_a_proxy_that_sends_another_name(ward: Ward) -> None:
    def rename(request: bytes) -> bytes:
        return request.replace(b"Host: localhost", b"Host: upstream")

    with Relay(ward.web_port, request=rename) as proxy:
        name, cause, mend = ward.fault(public_url=f"http://localhost:{proxy.port}")
    assert name == "public.host"
    assert "the proxy sends another one" in cause
    assert "Host header" in mend


def test_a_proxy_behind_which_forms_are_refused(ward: Ward) -> None:
    """It asks under its own name, so that forms seem to come from elsewhere."""
    with Relay(ward.web_port, request=lambda request: request) as proxy:

        def rename(request: bytes) -> bytes:
            return request.replace(f"Host: localhost:{outer.port}".encode(), f"Host: {LOOPBACK}:1".encode())

        with Relay(proxy.port, request=rename) as outer:
            name, cause, mend = ward.fault(public_url=f"http://localhost:{outer.port}")
            origin = f"http://localhost:{outer.port}"
    assert name == "public.origin"
    assert f"refuses forms that come from {origin}" in cause
    assert f"AHSP_TRUSTED_ORIGINS={origin}" in mend


def test_https_that_the_application_does_not_know_of(ward: Ward) -> None:
    """The proxy speaks HTTPS at an address the application was not told."""
    name, cause, mend = ward.fault(public_url="https://localhost:1")
    assert name == "application.origin"
    assert "https://localhost:1" in cause
    assert "AHSP_TRUSTED_ORIGINS=https://localhost:1" in mend


def test_a_proxy_that_does_not_reach_the_application(ward: Ward) -> None:
    answer = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with stranger(greeting=answer) as port:
        name, cause, _ = ward.fault(public_url=f"http://localhost:{port}")
    assert name == "public.answer"
    assert "does not reach the application" in cause


@pytest.fixture
def static_moved(ward: Ward) -> Iterator[None]:
    built = ward.home.root / "static" / "build"
    shutil.move(built, built.with_name("moved"))
    yield
    shutil.move(built.with_name("moved"), built)


@pytest.mark.usefixtures("static_moved")
def test_missing_static_files(ward: Ward) -> None:
    name, cause, mend = ward.fault()
    assert name == "application.static"
    assert "/static/build/" in cause
    assert "collectstatic" in mend


def _public(ward: Ward) -> dict[str, object]:
    return {"public_url": f"https://{TLS_NAME}:{ward.tls_port}"}


@pytest.mark.parametrize(
    ("certified", "days", "words"),
    [
        (TLS_NAME, (-30.0, -1.0), "has expired"),
        (TLS_NAME, (2.0, 90.0), "not valid yet"),
        ("other.example", (-1.0, 90.0), "is for another name"),
    ],
)
def test_a_certificate_that_does_not_hold(
    ward: Ward, authority: Authority, certified: str, days: tuple[float, float], words: str
) -> None:
    context = authority.context(certified, *days)
    with Relay(ward.web_port, port=ward.tls_port, tls=context, request=says_https):
        name, cause, mend = ward.fault(**_public(ward))
    assert name == "public.certificate"
    assert words in cause
    assert mend


def test_a_certificate_of_nobody_we_trust(ward: Ward, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with Relay(ward.web_port, port=ward.tls_port, tls=authority.context(TLS_NAME, -1, 90), request=says_https):
        name, cause, mend = ward.fault(**_public(ward))
    assert name == "public.certificate"
    assert "nobody this machine trusts" in cause
    assert "SSL_CERT_FILE" in mend


def test_plain_http_where_https_should_be(ward: Ward) -> None:
    with Relay(ward.web_port, port=ward.tls_port):
        name, cause, _ = ward.fault(**_public(ward))
    assert name == "public.certificate"
    assert "nobody speaks TLS" in cause


@pytest.mark.parametrize(("days", "code"), [(90.0, ""), (5.0, "doctor.certificate_soon")])
def test_a_proxy_with_a_certificate_that_holds(ward: Ward, authority: Authority, days: float, code: str) -> None:
    """The whole way through TLS passes; an end within two weeks is a note."""
    with Relay(ward.web_port, port=ward.tls_port, tls=authority.context(TLS_NAME, -1, days), request=says_https):
        results = {one.name: one for one in ward.examine(**_public(ward))}
    assert all(one.ok for one in results.values())
    assert results["public.certificate"].code == code
    assert {"public.answer", "public.origin", "public.static", "public.stream"} <= results.keys()


def test_an_address_that_is_none(ward: Ward) -> None:
    name, cause, mend = ward.fault(public_url="rab.example.go.id")
    assert name == "settings"
    assert "AHSP_PUBLIC_URL" in cause
    assert "https://" in mend


class _Gathers:
    """A proxy that passes a stream on only when it has ended."""

    def __init__(self) -> None:
        self._holds = threading.Event()

    def __call__(self, request: bytes) -> bytes:
        if b"GET /livez/stream " in request:
            self._holds.wait(3600)
        return request

    def let_go(self) -> None:
        self._holds.set()


def test_a_proxy_that_gathers_events(ward: Ward) -> None:
    gathers = _Gathers()
    with Relay(ward.web_port, request=gathers) as proxy:
        try:
            name, cause, mend = ward.fault(public_url=f"http://localhost:{proxy.port}")
        finally:
            gathers.let_go()
    assert name == "public.stream"
    assert "do not arrive" in cause
    assert "proxy_buffering off" in mend


def test_a_proxy_that_answers_streams_itself(ward: Ward) -> None:
    def elsewhere(request: bytes) -> bytes:
        return request.replace(b"GET /livez/stream ", b"GET /livez ")

    with Relay(ward.web_port, request=elsewhere) as proxy:
        name, cause, _ = ward.fault(public_url=f"http://localhost:{proxy.port}")
    assert name == "public.stream"
    assert "status 200 and application/json" in cause


@pytest.fixture
def deaf(ward: Ward) -> Iterator[int]:
    """The port of a web server whose user of Redis may do everything but hear channels."""
    with ward.cache.client() as client:
        client.acl_setuser("deaf", enabled=True, passwords=[f"+{REDIS_PASSWORD}"], keys=["*"], commands=["+@all"])
        port = free_port()
        url = ward.cache.url.replace("redis://:", "redis://deaf:")
        web = web_part(ward.home, port, {**ward.environment, "REDIS_URL": url, "CELERY_BROKER_URL": ward.cache.url})
        web.start()
        yield port
        web.stop()
        client.acl_deluser("deaf")


def test_a_web_server_that_does_not_hear_redis(ward: Ward, deaf: int) -> None:
    name, cause, mend = ward.fault(address=f"http://{LOOPBACK}:{deaf}")
    assert name == "application.stream"
    assert "does not hear Redis" in cause
    assert "allchannels" in mend
