"""The WSGI application inside an ASGI server: one hop to a thread and one back for each request.

Libraries for it hop for every part of a request; decision 0014 has what that costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import structlog

from ahsp.core.streams.asgi import Headers, Receive, Scope, Send, begin, go_on
from ahsp.core.streams.environ import ClientGone, body_of, environ_of
from ahsp.core.streams.threads import Threads

log = structlog.get_logger(__name__)
WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# What a thread brings at once of an answer that comes in parts, such as a file.
BYTES_AT_ONCE = 256 * 1024


@dataclass(slots=True)
class Answer:
    """`rest` has what follows `first`; it must not ask the database, for any thread may be the one to fetch it."""

    status: int
    headers: Headers
    first: bytes
    rest: Iterator[bytes] | None
    close: Callable[[], None]


class Bridge:
    """Asks a WSGI application in `threads`; bodies of more than `most` bytes are not read."""

    def __init__(self, application: WsgiApplication, threads: Threads, most: int) -> None:
        self._application, self._threads, self._most = application, threads, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await body_of(scope, receive, self._most)
        except ClientGone:
            return
        answer = await self.ask(environ_of(scope, body))
        await self.send(answer, send)

    async def ask(self, environ: dict[str, Any]) -> Answer:
        """What the application answers."""
        return await self._threads.run(lambda: _ask(self._application, environ))

    async def send(self, answer: Answer, send: Send) -> None:
        """Send all of it. No thread waits for a client that reads slowly."""
        await begin(send, answer.status, answer.headers)
        rest = answer.rest
        await go_on(send, answer.first, more=rest is not None)
        if rest is None:
            return
        more = True
        try:
            while more:
                part, more = await self._threads.run(lambda: _some(rest))
                await go_on(send, part, more=more)
        finally:
            await self._threads.run(answer.close)


def _ask(application: WsgiApplication, environ: dict[str, Any]) -> Answer:
    """In a thread. What the application did not expect is its own to answer; what gets through here is a 500."""
    start = _Start()
    parts: Iterable[bytes] = ()
    more = False
    try:
        parts = application(environ, start)
        iterator = iter(parts)
        first, more = _some(iterator)
    except Exception:
        log.exception("bridge.failed", path=environ["PATH_INFO"])
        return Answer(500, [(b"content-type", b"text/plain")], b"Internal Server Error", None, _nothing)
    finally:
        close: Callable[[], None] = getattr(parts, "close", _nothing)
        if not more:
            close()
    return Answer(start.status, start.headers, first, iterator if more else None, close)


def _nothing() -> None:
    pass


def _some(parts: Iterator[bytes]) -> tuple[bytes, bool]:
    """At least BYTES_AT_ONCE of `parts`, and whether there may be more."""
    taken: list[bytes] = []
    size = 0
    for part in parts:
        taken.append(part)
        size += len(part)
        if size >= BYTES_AT_ONCE:
            return b"".join(taken), True
    return b"".join(taken), False


class _Start:
    """WSGI's `start_response`."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: Headers = []

    def __call__(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:  # noqa: ARG002
        self.status = int(status.partition(" ")[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
