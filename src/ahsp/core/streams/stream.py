"""One stream: server-sent events to one window of a browser.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Mapping
from typing import Any

from ahsp.core.streams.asgi import Headers, Receive, Send, begin, go_on
from ahsp.core.streams.opening import Grant

HEADERS: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"private, no-store"),
    # A proxy that gathers answers would keep events back.
    (b"x-accel-buffering", b"no"),
]
RETRY_MS = 2000
# An event and no comment: a browser cannot hear comments, and by silence it knows a connection that is dead.
HEARTBEAT = b"event: here\ndata: {}\n\n"
# A window that has not taken these is not buffered for: it comes back and asks what it missed.
MOST_WAITING = 100
SECONDS_TO_SEND = 20.0
SECONDS_BETWEEN_LOOKS_AT_THE_DOOR = 60.0
# A stream that nobody reads any more may look alive for long; so each ends once in a while and is opened again.
SECONDS_TO_LIVE = (1500.0, 2100.0)
SECONDS_A_PROBE_LIVES = 20.0
# Of the view's answer, what says something of a body that is not sent.
_NOT_OURS = {b"content-type", b"content-length", b"content-encoding", b"cache-control", b"etag", b"vary"}


def event(kind: str, data: Mapping[str, Any]) -> bytes:
    """One event as it goes over the wire. JSON has no line feed outside of its strings, and escapes those inside."""
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


class Stream:
    """What one window is still to be told; `environ` is the request that opened it, to ask at the door again."""

    def __init__(self, grant: Grant, environ: Mapping[str, Any], headers: Headers) -> None:
        """`headers` are those of the view's answer: most of them hold for the stream as well."""
        self.grant = grant
        self.environ = environ
        self._headers = [*HEADERS, *(header for header in headers if header[0] not in _NOT_OURS)]
        now = time.monotonic()
        self.look_again_at = now + SECONDS_BETWEEN_LOOKS_AT_THE_DOOR
        spread = random.uniform(*SECONDS_TO_LIVE)  # noqa: S311 hides nothing
        self.ends_at = now + (SECONDS_A_PROBE_LIVES if grant.is_probe else spread)
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue(MOST_WAITING)
        self._dropped = asyncio.Event()

    def tell(self, chunk: bytes) -> None:
        """Send `chunk` when its turn comes. A window that has fallen behind too far is dropped."""
        self._put(chunk)

    def end(self) -> None:
        """End once everything is told."""
        self._put(None)

    def _put(self, chunk: bytes | None) -> None:
        try:
            self._waiting.put_nowait(chunk)
        except asyncio.QueueFull:
            self._dropped.set()

    async def run(self, receive: Receive, send: Send) -> None:
        """Until the window goes, falls behind or is ended."""
        tasks = [
            asyncio.create_task(self._write(send)),
            asyncio.create_task(_until_gone(receive)),
            asyncio.create_task(self._dropped.wait()),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _write(self, send: Send) -> None:
        await begin(send, 200, self._headers)
        await go_on(send, f"retry: {RETRY_MS}\n\n".encode(), more=True)
        more = True
        while more:
            chunks = [await self._waiting.get()]
            while not self._waiting.empty():
                chunks.append(self._waiting.get_nowait())
            more = None not in chunks
            body = b"".join(chunk for chunk in chunks if chunk is not None)
            async with asyncio.timeout(SECONDS_TO_SEND):
                await go_on(send, body, more=more)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
