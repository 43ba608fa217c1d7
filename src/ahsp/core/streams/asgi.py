"""The shapes of ASGI, https://asgi.readthedocs.io/en/latest/specs/www.html."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


async def begin(send: Send, status: int, headers: Headers) -> None:
    """The status and the headers of an answer."""
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def go_on(send: Send, body: bytes, *, more: bool) -> None:
    """A part of the body; waits while the client is slower than we are."""
    await send({"type": "http.response.body", "body": body, "more_body": more})
