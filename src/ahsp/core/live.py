"""What happens in a project is told to whoever has it open, through Redis' channels.

A message is a hint, never the truth: whoever hears it asks for the rows. So one that is lost because Redis is away
loses nothing, and publishing never makes an act fail. `frontend/src/workspace/live.ts` hears them in a browser.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

MOST_KEYS = 50
"""Keys of rows in one message; of a larger change none are named, and who hears it asks what changed."""


def channel(project_id: int) -> str:
    """The channel of a project. Channels are common to all databases of a server, so ours is part of the name."""
    database = urlsplit(settings.REDIS_URL).path.strip("/") or "0"
    return f"ahsp:live:{database}:{project_id}"


def publish(project_id: int, event: Mapping[str, Any], kind: str = "change") -> None:
    """Tell those who have the project open, once the transaction is committed; at once outside of one.

    `kind` is the name of the event in the browser: "change" {revision, act, person, keys}, "presence", "access".
    Tolerates that Redis is away.
    """
    data = dict(event)
    if len(data.get("keys", ())) > MOST_KEYS:
        data["keys"] = []
    message = json.dumps({"kind": kind, "data": data}, separators=(",", ":"))
    transaction.on_commit(lambda: _send(project_id, message), robust=True)


def publish_where_open(choose: Callable[[frozenset[int]], Iterable[int]], event: Mapping[str, Any], kind: str) -> None:
    """The same for many projects at once, after the commit: `choose` is given the ids of those that somebody has open,
    which are few, and gives those that are meant."""

    def tell() -> None:
        opened = _open_projects()
        for project_id in choose(opened) if opened else ():
            publish(project_id, event, kind)

    transaction.on_commit(tell, robust=True)


def _open_projects() -> frozenset[int]:
    """Ids of the projects whose channel somebody hears, in whichever process."""
    prefix = channel(0)[:-1]
    heard = cache.ask([], lambda client: client.pubsub_channels(f"{prefix}*"))  # type: ignore[attr-defined]
    names = (name.decode() if isinstance(name, bytes) else str(name) for name in heard)
    return frozenset(int(name[len(prefix) :]) for name in names if name[len(prefix) :].isdigit())


def _send(project_id: int, message: str) -> None:
    cache.ask(0, lambda client: client.publish(channel(project_id), message))  # type: ignore[attr-defined]
