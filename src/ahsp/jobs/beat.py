"""The trace that beat leaves with whatever it sends: by it the doctor sees from anywhere that beat lives."""

from __future__ import annotations

from functools import cache
from typing import Any

import structlog
from celery.signals import after_task_publish, beat_init
from django.conf import settings
from redis import Redis, RedisError

# Sweeps are sent every few seconds, so a trace this old means that none are.
SECONDS_A_TRACE_LIVES = 60
TRACE = "ahsp:beat"
log = structlog.get_logger(__name__)


@beat_init.connect  # type: ignore[untyped-decorator]
def _begin(**_: Any) -> None:
    """Only in the process of beat: others send the same tasks now and then."""
    after_task_publish.connect(_leave_trace, weak=False)
    # Its first message is seconds away.
    _leave_trace()


def _leave_trace(**_: Any) -> None:
    try:
        _client().set(TRACE, "1", ex=SECONDS_A_TRACE_LIVES)
    except RedisError as error:
        log.warning("beat.no_trace", error=type(error).__name__)


@cache
def _client() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
