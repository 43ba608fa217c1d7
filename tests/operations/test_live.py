"""What is told to the people who have a project open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from redis import Redis

from ahsp.core import live

pytestmark = pytest.mark.django_db(transaction=True)
PROJECT = 4711


@contextmanager
def listening(project_id: int = PROJECT) -> Iterator[list[dict[str, Any]]]:
    """What arrives on the channel of a project; the list is filled when the block ends."""
    heard: list[dict[str, Any]] = []
    with Redis.from_url(settings.REDIS_URL) as client, client.pubsub() as subscription:
        subscription.subscribe(live.channel(project_id))
        assert subscription.get_message(timeout=10)
        yield heard
        client.publish(live.channel(project_id), "end")
        while (message := subscription.get_message(timeout=10)) and message["data"] != b"end":
            heard.append(json.loads(message["data"]))


def test_an_event_is_sent_when_its_transaction_is_committed() -> None:
    event = {"revision": 7, "act": "items.set", "person": "Rina", "keys": ["i12"]}
    with listening() as heard, transaction.atomic():
        live.publish(PROJECT, event)
    assert heard == [{"kind": "change", "data": event}]


def test_nothing_is_sent_of_what_is_rolled_back() -> None:
    with listening() as heard:
        with pytest.raises(LookupError), transaction.atomic():
            live.publish(PROJECT, {"revision": 8})
            raise LookupError
        live.publish(PROJECT + 1, {"revision": 8})
    assert heard == []


def test_a_large_change_names_no_rows() -> None:
    with listening() as heard:
        live.publish(PROJECT, {"keys": [f"i{number}" for number in range(live.MOST_KEYS + 1)]})
    assert [message["data"] for message in heard] == [{"keys": []}]
