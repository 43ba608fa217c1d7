"""The one connection by which a process hears Redis, for all streams it holds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
SECONDS_OF_REST = (0.25, 2.0)
"""Between two tries: the first, doubled up to the second."""
SECONDS_OF_SILENCE = 10.0
CLIENT_NAME = "ahsp-live"
"""Our connections in the list of the server, where others who listen are workers."""
_SECONDS_BETWEEN_PINGS = 3.0
# Always heard, so that the connection is never without a channel.
_OWN_CHANNEL = "ahsp:live"


def connect(url: str, seconds: float) -> Redis:
    """A client that gives up after `seconds` and tries nothing again by itself."""
    client: Redis = Redis.from_url(
        url,
        socket_connect_timeout=seconds,
        socket_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
        client_name=CLIENT_NAME,
    )
    return client


class Subscription:
    """Hears the channels in `wanted` and comes back by itself.

    `heard(channel, message)` is called for each message; `confirmed(channel)` once messages of a channel cannot be
    missed any more, again after each absence; `lost()` when the server went away.
    """

    def __init__(
        self,
        client: Redis,
        *,
        heard: Callable[[str, bytes], None],
        confirmed: Callable[[str], None],
        lost: Callable[[], None],
    ) -> None:
        self._client = client
        self._heard, self._confirmed, self._lost = heard, confirmed, lost
        self._wanted: set[str] = {_OWN_CHANNEL}
        self._confirmed_ones: set[str] = set()
        self._pubsub: PubSub | None = None
        self._last_heard = 0.0

    @property
    def is_there(self) -> bool:
        """Whether the server answered last."""
        return _OWN_CHANNEL in self._confirmed_ones

    def is_confirmed(self, channel: str) -> bool:
        """Whether messages of `channel` arrive now."""
        return channel in self._confirmed_ones

    async def want(self, channel: str) -> None:
        """Hear `channel` from now on, or as soon as the server is there."""
        self._wanted.add(channel)
        if self._pubsub is not None:
            await self._try(self._pubsub.subscribe(channel))

    async def unwant(self, channel: str) -> None:
        """Hear `channel` no more."""
        self._wanted.discard(channel)
        self._confirmed_ones.discard(channel)
        if self._pubsub is not None:
            await self._try(self._pubsub.unsubscribe(channel))

    async def _try(self, command: Any) -> None:
        try:
            await command
        except (RedisError, OSError):
            # Whoever reads from the connection meets the same and begins anew, with what is wanted then.
            return

    async def run(self) -> None:
        """For ever; ends when it is cancelled."""
        rest, longest = SECONDS_OF_REST
        while True:
            try:
                await self._listen()
            except (RedisError, OSError, TimeoutError) as error:
                if self._was_there():
                    rest = SECONDS_OF_REST[0]
                    log.warning("live.away", error=str(error))
            await asyncio.sleep(rest)
            rest = min(2 * rest, longest)

    def _was_there(self) -> bool:
        was = bool(self._confirmed_ones)
        self._confirmed_ones.clear()
        if was:
            self._lost()
        return was

    async def _listen(self) -> None:
        pubsub = self._client.pubsub()
        try:
            asked = set(self._wanted)
            await pubsub.subscribe(*asked)
            self._pubsub = pubsub
            if later := self._wanted - asked:
                await pubsub.subscribe(*later)
            self._last_heard = pinged = time.monotonic()
            while True:
                message = await pubsub.get_message(timeout=_SECONDS_BETWEEN_PINGS)
                now = time.monotonic()
                if message is not None:
                    self._last_heard = now
                    self._take(message)
                elif now - self._last_heard > SECONDS_OF_SILENCE:
                    raise TimeoutError("Redis says nothing")
                if now - pinged > _SECONDS_BETWEEN_PINGS:
                    pinged = now
                    await pubsub.ping()
        finally:
            self._pubsub = None
            await pubsub.aclose()  # type: ignore[no-untyped-call]

    def _take(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "message":
            self._heard(message["channel"].decode(), message["data"])
        elif kind == "subscribe":
            channel = message["channel"].decode()
            if channel == _OWN_CHANNEL:
                log.info("live.back")
            if channel in self._wanted:
                self._confirmed_ones.add(channel)
                self._confirmed(channel)
