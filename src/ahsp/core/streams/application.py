"""The one ASGI application: streams in the event loop, everything else through the bridge."""

from __future__ import annotations

import asyncio
import re
import signal
from io import BytesIO

import structlog
from django.conf import settings

from ahsp.core.streams.asgi import Receive, Scope, Send
from ahsp.core.streams.bridge import Bridge, WsgiApplication
from ahsp.core.streams.environ import environ_of
from ahsp.core.streams.hub import Hub
from ahsp.core.streams.opening import KEY, Grant, Opening
from ahsp.core.streams.stream import Stream
from ahsp.core.streams.subscription import connect
from ahsp.core.streams.threads import Threads

log = structlog.get_logger(__name__)
THREADS = 4
# As deploy/proxy/nginx.conf has them, where they are not buffered.
STREAM = re.compile(r"/api/v2/projects/[^/]+/live/|/livez/stream")
_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Application:
    """Made once for each process; serves as many loops as ask `lifespan`, in practice one."""

    def __init__(self, wsgi: WsgiApplication) -> None:
        self._bridge = Bridge(wsgi, Threads(THREADS), settings.LARGEST_REQUEST)
        self._hub: Hub | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._hub is not None and scope["method"] == "GET" and STREAM.fullmatch(scope["path"]):
            await self._stream(self._hub, scope, receive, send)
        else:
            await self._bridge(scope, receive, send)

    async def _stream(self, hub: Hub, scope: Scope, receive: Receive, send: Send) -> None:
        """The view decides; without its grant its own answer is what the client gets."""
        environ = environ_of(scope, BytesIO())
        opening = hub.opening()
        answer = await self._bridge.ask({**environ, KEY: opening})
        if opening.granted is None:
            await self._bridge.send(answer, send)
            return
        stream = Stream(opening.granted, environ, answer.headers)
        await hub.join(stream)
        try:
            await stream.run(receive, send)
        finally:
            await hub.leave(stream)

    async def _ask_again(self, stream: Stream) -> tuple[int, Grant | None]:
        opening = Opening()
        answer = await self._bridge.ask({**stream.environ, "wsgi.input": BytesIO(), KEY: opening})
        return answer.status, opening.granted

    async def _live(self, receive: Receive, send: Send) -> None:
        """ASGI's lifespan: the hub lives from the start of the process to its end."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._hub = Hub(connect(settings.REDIS_URL, settings.REDIS_TIMEOUT), self._ask_again)
                self._hub.start()
                _when_asked_to_stop(self._hub)
                await send({"type": "lifespan.startup.complete"})
            else:
                if self._hub is not None:
                    await self._hub.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _when_asked_to_stop(hub: Hub) -> None:
    """Streams end as soon as the signal comes: the server waits for its clients before it says that it ends.

    The server's own handler is called by the loop; this one, by Python, does not take its place.
    """
    loop = asyncio.get_running_loop()
    for signum in _STOP_SIGNALS:
        signal.signal(signum, lambda *_: loop.call_soon_threadsafe(hub.end_all))
