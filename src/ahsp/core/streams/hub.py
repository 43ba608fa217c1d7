"""All streams of one process: who hears which project, what Redis tells them, and when each is looked at again."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from ahsp.core import live, presence
from ahsp.core.metrics import count_streams
from ahsp.core.streams.opening import Grant, Opening
from ahsp.core.streams.stream import HEARTBEAT, SECONDS_BETWEEN_LOOKS_AT_THE_DOOR, Stream, event
from ahsp.core.streams.subscription import Subscription

log = structlog.get_logger(__name__)
MOST_STREAMS = 400
MOST_OF_A_PERSON = 20
SECONDS_BETWEEN_HEARTBEATS = 15.0
SECONDS_BETWEEN_TICKS = 1.0
# The door could not be asked: the database is away, say. Who is inside stays so long.
SECONDS_TO_ASK_AGAIN = 5.0
# A process that found Redis away leaves it alone for two seconds, and what it would have told then is lost.
SECONDS_UNTIL_ALL_SPEAK = 3.0
LOST: dict[str, Any] = {"role": None, "rights": []}

AskAtTheDoor = Callable[[Stream], Awaitable[tuple[int, Grant | None]]]
"""The status of the answer that the request of a stream gets now, and what was granted."""


class Hub:
    """`ask` asks at the door again; it may take a thread, so one stream at a time is asked for."""

    def __init__(self, client: Redis, ask: AskAtTheDoor) -> None:
        self._client = client
        self._ask = ask
        self._by_channel: dict[str, set[Stream]] = defaultdict(set)
        self._of_person: Counter[int] = Counter()
        self._to_ask: asyncio.Queue[Stream] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._ending = False
        # Projects in which somebody came or went, and what was told last of who is there.
        self._stirred: set[int] = set()
        self._told_people: dict[int, bytes] = {}
        self._was_lost = False
        self._settled_at: float | None = None
        self._beat_at = time.monotonic() + SECONDS_BETWEEN_HEARTBEATS
        self.subscription = Subscription(client, heard=self._heard, confirmed=self._confirmed, lost=self._lost)

    def start(self) -> None:
        """Hear Redis and look after the streams, until `close`."""
        for act in (self.subscription.run, self._tick, self._look_at_the_next_door):
            self._tasks.append(asyncio.create_task(self._for_ever(act)))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    def opening(self) -> Opening:
        """What a view is asked with for one more stream."""
        return Opening(
            has_room=not self._ending and len(self) < MOST_STREAMS,
            open_of_person=self._of_person,
            most=MOST_OF_A_PERSON,
        )

    def __len__(self) -> int:
        return self._of_person.total()

    async def join(self, stream: Stream) -> None:
        """Let the stream hear its project. It is told `state` once it can miss nothing any more."""
        grant = stream.grant
        channel = live.channel(grant.project_id)
        self._of_person[grant.person_id] += 1
        count_streams(len(self))
        first = not self._by_channel[channel]
        self._by_channel[channel].add(stream)
        if not grant.is_probe:
            stream.tell(event("access", grant.rights))
        if self._ending:
            stream.end()
        if first:
            await self.subscription.want(channel)
        if not self.subscription.is_there or self.subscription.is_confirmed(channel):
            stream.tell(_state(live=self.subscription.is_there))
        if people := self._told_people.get(grant.project_id):
            stream.tell(people)
        await self._note(grant, lambda pipe: presence.add(pipe, grant.project_id, _here(grant), only_new=True))

    async def leave(self, stream: Stream) -> None:
        grant = stream.grant
        channel = live.channel(grant.project_id)
        self._of_person[grant.person_id] -= 1
        self._of_person += Counter()
        count_streams(len(self))
        streams = self._by_channel[channel]
        streams.discard(stream)
        if not streams:
            del self._by_channel[channel]
            self._told_people.pop(grant.project_id, None)
            await self.subscription.unwant(channel)
        # Whoever is sent away by a restart comes back at once.
        if not self._ending and not any(_here(other.grant).member == _here(grant).member for other in streams):
            await self._note(grant, lambda pipe: presence.remove(pipe, grant.project_id, _here(grant).member))

    def end_all(self) -> None:
        """The process is to end: let every browser go and come back to another. Safe to call from a signal handler
        through the loop."""
        self._ending = True
        for stream in self._all():
            stream.end()

    def _all(self) -> Iterable[Stream]:
        return [stream for streams in self._by_channel.values() for stream in streams]

    def _heard(self, channel: str, message: bytes) -> None:
        try:
            told = json.loads(message)
            kind, data = str(told["kind"]), dict(told["data"])
        except (ValueError, KeyError, TypeError):
            log.warning("live.unreadable", channel=channel)
            return
        streams = self._by_channel.get(channel, set())
        if kind == "access":
            for stream in streams:
                self._to_ask.put_nowait(stream)
            return
        if kind == "presence" and presence.MOVED not in data:
            self._stirred.update(stream.grant.project_id for stream in streams)
            return
        chunk = event(kind, data)
        for stream in streams:
            stream.tell(chunk)

    def _confirmed(self, channel: str) -> None:
        if self._was_lost:
            self._was_lost, self._settled_at = False, time.monotonic() + SECONDS_UNTIL_ALL_SPEAK
        for stream in self._by_channel.get(channel, set()):
            stream.tell(_state(live=True))

    def _lost(self) -> None:
        self._was_lost, self._settled_at = True, None
        for stream in self._all():
            stream.tell(_state(live=False))

    async def _note(self, grant: Grant, command: Callable[[Any], None]) -> None:
        """Change who is there and let every process ask anew. Without Redis nobody is shown."""
        if grant.is_probe:
            return
        message = json.dumps({"kind": "presence", "data": {}})
        with contextlib.suppress(RedisError, OSError):
            async with self._client.pipeline() as pipe:
                command(pipe)
                pipe.publish(live.channel(grant.project_id), message)
                await pipe.execute()

    async def _tell_people(self) -> None:
        """Who is there now, to the projects where somebody came or went: asked once, however many did."""
        projects = [one for one in self._stirred if live.channel(one) in self._by_channel]
        self._stirred.clear()
        if not projects:
            return
        with contextlib.suppress(RedisError, OSError):
            async with self._client.pipeline(transaction=False) as pipe:
                for project_id in projects:
                    presence.ask(pipe, project_id)
                answers = await pipe.execute()
            for number, project_id in enumerate(projects):
                self._tell_if_different(project_id, presence.people(*answers[3 * number + 1 : 3 * number + 3]))

    def _tell_if_different(self, project_id: int, people: list[dict[str, Any]]) -> None:
        chunk = event("presence", {"people": people})
        if self._told_people.get(project_id) != chunk:
            self._told_people[project_id] = chunk
            for stream in self._by_channel.get(live.channel(project_id), ()):
                stream.tell(chunk)

    async def _for_ever(self, act: Callable[[], Awaitable[None]]) -> None:
        """Whatever nobody foresaw is logged and must not end it."""
        while True:
            try:
                await act()
            except Exception:
                log.exception("live.failed")
                await asyncio.sleep(SECONDS_BETWEEN_TICKS)

    async def _tick(self) -> None:
        await asyncio.sleep(SECONDS_BETWEEN_TICKS)
        now = time.monotonic()
        for stream in self._all():
            if now > stream.ends_at:
                stream.end()
            elif now > stream.look_again_at:
                stream.look_again_at = now + SECONDS_BETWEEN_LOOKS_AT_THE_DOOR
                self._to_ask.put_nowait(stream)
        if now > self._beat_at:
            self._beat_at = now + SECONDS_BETWEEN_HEARTBEATS
            await self._beat()
        if self._settled_at is not None and now > self._settled_at:
            self._settled_at = None
            for stream in self._all():
                stream.tell(_state(live=True))
        await self._tell_people()

    async def _beat(self) -> None:
        for stream in self._all():
            stream.tell(HEARTBEAT)
            self._stirred.add(stream.grant.project_id)
        with contextlib.suppress(RedisError, OSError):
            async with self._client.pipeline(transaction=False) as pipe:
                for streams in self._by_channel.values():
                    grants = [stream.grant for stream in streams if not stream.grant.is_probe]
                    for grant in grants:
                        presence.add(pipe, grant.project_id, _here(grant), only_new=True)
                await pipe.execute()

    async def _look_at_the_next_door(self) -> None:
        stream = await self._to_ask.get()
        if stream in self._by_channel.get(live.channel(stream.grant.project_id), ()):
            await self._look_at_the_door(stream)

    async def _look_at_the_door(self, stream: Stream) -> None:
        status, granted = await self._ask(stream)
        if granted is not None:
            if granted.rights != stream.grant.rights:
                stream.tell(event("access", granted.rights))
            stream.grant = granted
        elif status in {401, 403, 404}:
            stream.tell(event("access", LOST))
            stream.end()
        else:
            stream.look_again_at = time.monotonic() + SECONDS_TO_ASK_AGAIN


def _here(grant: Grant) -> presence.Here:
    return presence.Here(grant.person_id, grant.person, grant.initials, grant.tab, grant.step)


def _state(*, live: bool) -> bytes:
    return event("state", {"live": live})
