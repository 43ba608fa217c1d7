"""A WSGI application behind the bridge: what it is asked with, and what comes out."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from ahsp.core.streams.bridge import BYTES_AT_ONCE, Bridge
from ahsp.core.streams.environ import BYTES_IN_MEMORY
from ahsp.core.streams.threads import Threads
from tests.streams.clients import Peer, scope

MOST = 2 * 1024 * 1024
Start = Callable[..., Any]


class Asked:
    """A WSGI application that notes what it is asked with and answers `parts`."""

    def __init__(self, *parts: bytes) -> None:
        self.environ: dict[str, Any] = {}
        self.body = b""
        self.closed = 0
        self.threads: set[int] = set()
        self._parts = parts

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        self.environ = environ
        self.body = environ["wsgi.input"].read()
        self.threads.add(threading.get_ident())
        start("203 Fine", [("X-Two", "a"), ("Set-Cookie", "b"), ("Set-Cookie", "c")])
        return _Parts(self)

    def parts(self) -> Iterator[bytes]:
        yield from self._parts


class _Parts:
    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def __iter__(self) -> Iterator[bytes]:
        return self._asked.parts()

    def close(self) -> None:
        self._asked.closed += 1


def ask(application: Any, peer_of: Callable[[], Peer] = Peer, threads: int = 1, **request: Any) -> Peer:
    async def whole() -> Peer:
        peer = peer_of()
        await Bridge(application, Threads(threads), MOST)(scope(**request), peer.receive, peer.send)
        return peer

    return asyncio.run(whole())


def test_an_answer_in_small_parts_is_sent_at_once_and_closed() -> None:
    asked = Asked(b"one ", b"two")
    peer = ask(asked)
    assert (peer.status, peer.body, len(peer.messages), asked.closed) == (203, b"one two", 2, 1)
    assert peer.messages[0]["headers"] == [(b"x-two", b"a"), (b"set-cookie", b"b"), (b"set-cookie", b"c")]


def test_a_large_answer_comes_whole_in_several_messages() -> None:
    parts = [bytes([number]) * 50_000 for number in range(30)]
    asked = Asked(*parts)
    peer = ask(asked, threads=3)
    assert peer.body == b"".join(parts)
    assert peer.is_whole
    assert len(peer.messages) > len(peer.body) // (BYTES_AT_ONCE + 50_000)
    assert asked.closed == 1


def test_headers_become_those_of_wsgi() -> None:
    asked = Asked()
    given = [
        ("content-type", "text/plain"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("x-forwarded-for", "198.51.100.1"),
        ("x-forwarded-for", "198.51.100.2"),
        # Could pass for the one above, which only a proxy may write.
        ("x_forwarded_for", "203.0.113.9"),
    ]
    ask(asked, headers=given)
    environ = asked.environ
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_FORWARDED_FOR"] == "198.51.100.1,198.51.100.2"
    assert environ["REMOTE_ADDR"] == "192.0.2.7"


@pytest.mark.parametrize(
    ("raw", "path"),
    [(b"/p/caf%C3%A9/", "/p/caf\xc3\xa9/"), (b"/bad%FFbytes", "/bad\xffbytes"), (b"/a%2Fb?c=%20", "/a/b")],
)
def test_a_path_keeps_its_bytes(raw: bytes, path: str) -> None:
    asked = Asked()
    ask(asked, raw_path=raw)
    assert asked.environ["PATH_INFO"] == path


@pytest.mark.parametrize("size", [1, BYTES_IN_MEMORY, BYTES_IN_MEMORY + 1, MOST])
def test_a_body_arrives_whole(size: int) -> None:
    asked = Asked()
    body = bytes(index % 251 for index in range(4096)) * (size // 4096 + 1)
    body = body[:size]
    middle = size // 2
    ask(asked, lambda: Peer(body[:middle], body[middle:]), method="POST", headers=[("content-length", str(size))])
    assert hashlib.sha256(asked.body).digest() == hashlib.sha256(body).digest()


@pytest.mark.parametrize("announced", [str(MOST + 1), "many", "-1", "9" * 30])
def test_a_body_that_is_refused_is_not_read(announced: str) -> None:
    asked, peers = Asked(), []

    def peer_of() -> Peer:
        peers.append(Peer(b"x" * 10))
        return peers[0]

    ask(asked, peer_of, method="POST", headers=[("content-length", announced)])
    assert (asked.body, peers[0].asked) == (b"", 0)
    assert asked.environ["CONTENT_LENGTH"] == announced


def test_nobody_is_asked_for_a_client_that_left_while_sending() -> None:
    asked = Asked()

    def peer_of() -> Peer:
        peer = Peer()
        peer.leave()
        return peer

    peer = ask(asked, peer_of, method="POST", headers=[("content-length", "10")])
    assert (asked.environ, peer.messages) == ({}, [])


def test_an_application_that_breaks_is_a_500_and_the_thread_lives_on() -> None:
    async def both() -> tuple[Peer, Peer]:
        first, second = Peer(), Peer()
        bridge = Bridge(_breaks_once(), Threads(1), MOST)
        await bridge(scope(), first.receive, first.send)
        await bridge(scope(), second.receive, second.send)
        return first, second

    first, second = asyncio.run(both())
    assert (first.status, second.status, second.body) == (500, 200, b"well")


def _breaks_once() -> Any:
    times: list[int] = []

    def application(_environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        times.append(1)
        if len(times) == 1:
            raise LookupError("broken")
        start("200 OK", [])
        return [b"well"]

    return application


def test_no_more_threads_work_than_there_are() -> None:
    asked = Asked(b"x")

    async def many() -> None:
        bridge = Bridge(asked, Threads(3), MOST)
        peers = [Peer() for _ in range(60)]
        await asyncio.gather(*(bridge(scope(), peer.receive, peer.send) for peer in peers))
        assert all(peer.body == b"x" for peer in peers)

    asyncio.run(many())
    assert 1 <= len(asked.threads) <= 3
