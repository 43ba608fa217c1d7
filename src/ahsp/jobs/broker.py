"""Messages to the workers. A message says which row to look at and nothing else; losing one loses no work."""

from __future__ import annotations

import time
from collections.abc import Iterable
from uuid import UUID

import structlog
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from ahsp.celery import app
from ahsp.jobs.models import Job, State

RUN = "ahsp.jobs.run"
AWAY = (OperationalError, RedisError, OSError)
# While the broker is away pages do not wait for it again and again; the sweep sends what was not sent.
SECONDS_OF_REST = 3.0
_rests_until = 0.0
log = structlog.get_logger(__name__)


def send(pks: Iterable[UUID]) -> int:
    """Tell the workers of waiting jobs; how many the broker took. While it is away the sweep sends them later."""
    global _rests_until
    sent: list[UUID] = []
    if time.monotonic() < _rests_until:
        return 0
    try:
        for pk in pks:
            app.send_task(RUN, (str(pk),))
            sent.append(pk)
    except AWAY as error:
        _rests_until = time.monotonic() + SECONDS_OF_REST
        log.warning("broker.away", error=str(error) or type(error).__name__)
    if sent:
        Job.objects.filter(pk__in=sent, state=State.WAITING).update(sent_at=timezone.now())
    return len(sent)


def is_queue_empty() -> bool:
    """Whether no message waits for a worker; False while the broker is away."""
    queue = app.conf.task_default_queue
    try:
        with app.connection_for_write() as connection:
            try:
                found = connection.default_channel.queue_declare(queue=queue, passive=True)
            except connection.channel_errors:  # a queue that nobody has used yet
                return True
            return bool(found.message_count == 0)
    except AWAY:
        return False
