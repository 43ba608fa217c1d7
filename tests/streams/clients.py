"""The other side of an ASGI application: what a web server says to it, and what it hears."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

GONE = {"type": "http.disconnect"}


def scope(path: str = "/", method: str = "GET", headers: Iterable[tuple[str, str]] = (), **more: Any) -> dict[str, Any]:
    raw = path.encode()
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": raw,
        "query_string": b"",
        "server": ("127.0.0.1", 8000),
        "client": ("192.0.2.7", 50000),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
        **more,
    }


class Peer:
    """Sends `parts` of a body; with `reads` unset it never takes what is sent to it. `leave` closes its connection."""

    def __init__(self, *parts: bytes, reads: bool = True) -> None:
        self._parts = list(parts)
        self._left = asyncio.Event()
        self._reads = reads
        self.asked = 0
        self.messages: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        self.asked += 1
        if self._parts:
            return {"type": "http.request", "body": self._parts.pop(0), "more_body": bool(self._parts)}
        await self._left.wait()
        return GONE

    async def send(self, message: Any) -> None:
        if not self._reads and message["type"] == "http.response.body":
            await self._left.wait()
        self.messages.append(dict(message))

    def leave(self) -> None:
        self._left.set()

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.messages[0]["headers"]}

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages[1:])

    @property
    def is_whole(self) -> bool:
        return not self.messages[-1].get("more_body", True)
