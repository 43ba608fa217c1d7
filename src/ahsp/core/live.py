"""What happens in a project is told to whoever has it open, through Redis' channels.

A message is a hint, never the truth: whoever hears it asks for the rows. So one that is lost because Redis is away
loses nothing, and publishing never makes an act fail. `frontend/src/workspace/live.ts` hears them in a browser.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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


def _send(project_id: int, message: str) -> None:
    cache.ask(0, lambda client: client.publish(channel(project_id), message))  # type: ignore[attr-defined]
