"""Who has a project open, on which step and in which cell. Kept in Redis only, and forgotten by itself.

Each window of a browser is one entry, alive as long as its stream is; the process that holds the stream says so every
few seconds. The commands are the same for a client that waits and for one of asyncio.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache

from ahsp.core import live

SECONDS_ALIVE = 45.0
"""Without a sign of life; three heartbeats of a stream."""
_SECONDS_KEPT = 300
MOST_SHOWN = 100
MOVED = "moved"
"""In an event "presence": the one window that is elsewhere now. Without it somebody came or went."""


@dataclass(frozen=True, slots=True)
class Here:
    """A window: whose it is, its step, and the cell in the form "i12.quantity" ("" for none)."""

    person: int
    name: str
    initials: str
    tab: str
    step: str = ""
    cell: str = ""

    @property
    def member(self) -> str:
        """Its own name among those of the project; nobody can name another person's."""
        return f"{self.person}:{self.tab}"


def _alive(project_id: int) -> str:
    return f"{live.channel(project_id)}:alive"


def _places(project_id: int) -> str:
    return f"{live.channel(project_id)}:places"


def add(pipe: Any, project_id: int, here: Here, *, only_new: bool = False) -> None:
    """Queue the commands that make the window be there; `only_new` keeps the place where it is known to be."""
    set_place = pipe.hsetnx if only_new else pipe.hset
    set_place(_places(project_id), here.member, json.dumps(asdict(here)))
    keep_alive(pipe, project_id, [here.member])


def keep_alive(pipe: Any, project_id: int, members: Iterable[str]) -> None:
    """Queue the commands that say these windows are still there."""
    until = time.time() + SECONDS_ALIVE
    pipe.zadd(_alive(project_id), dict.fromkeys(members, until))
    pipe.expire(_alive(project_id), _SECONDS_KEPT)
    pipe.expire(_places(project_id), _SECONDS_KEPT)


def remove(pipe: Any, project_id: int, member: str) -> None:
    """Queue the commands that let a window be gone."""
    pipe.zrem(_alive(project_id), member)
    pipe.hdel(_places(project_id), member)


def ask(pipe: Any, project_id: int) -> None:
    """Queue the question who is there; the last two answers of the pipe go to `people`."""
    pipe.zremrangebyscore(_alive(project_id), "-inf", time.time())
    pipe.zrange(_alive(project_id), 0, MOST_SHOWN - 1)
    pipe.hgetall(_places(project_id))


def people(alive: Iterable[bytes], places: Mapping[bytes, bytes]) -> list[dict[str, Any]]:
    """The windows that are there, each as {person, name, initials, tab, step, cell}."""
    return [json.loads(places[member]) for member in alive if member in places]


def move(project_id: int, here: Here) -> None:
    """Note where a window is now and tell the others; nothing while Redis is away."""

    def act(client: Any) -> None:
        with client.pipeline() as pipe:
            add(pipe, project_id, here)
            pipe.execute()

    cache.ask(None, act)  # type: ignore[attr-defined]
    live.publish(project_id, {MOVED: asdict(here)}, kind="presence")
