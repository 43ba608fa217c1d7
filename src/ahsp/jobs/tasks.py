"""What the workers do. A message names a row; everything true about a job stands there."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_init, worker_ready
from django.conf import settings
from django.db import InterfaceError, OperationalError

from ahsp.celery import app
from ahsp.core.errors import AhspError, Forbidden
from ahsp.jobs import running
from ahsp.jobs.broker import AWAY, RUN, is_queue_empty, send
from ahsp.jobs.models import State
from ahsp.jobs.registry import kind_of
from ahsp.jobs.work import Cancelled, Superseded, Work, beating

log = structlog.get_logger(__name__)
_incarnation = ""


@app.task(name=RUN, bind=True)  # type: ignore[untyped-decorator]
def run(self: Any, job_id: str) -> None:
    """Do the job, unless there is nothing to do any more."""
    job = running.claim(UUID(job_id), f"{self.request.hostname or ''}#{_incarnation}")
    if job is None:
        return
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(job=job_id, kind=job.kind, attempt=job.attempt)
    work = Work(job)
    with beating(work):
        _do(work)


def _do(work: Work) -> None:
    """Every way a job can end. A database that is away ends nothing: the attempt falls silent and is swept up."""
    job = work.job
    try:
        if not job.person.is_active:
            raise Forbidden("job.person_inactive")
        kind_of(job.kind).handler(work)
        if not work.is_completed:
            with work.completion():
                pass
        log.info("job.done")
    except Cancelled:
        running.end(job, State.CANCELLED)
        log.info("job.cancelled")
    except Superseded:
        log.info("job.superseded")
    except (OperationalError, InterfaceError) as error:
        log.warning("job.database_away", error=str(error))
    except AhspError as error:
        running.end(job, State.FAILED, error.code, error.data)
        log.info("job.refused", code=error.code)
    except SoftTimeLimitExceeded:
        minutes = str(settings.CELERY_TASK_SOFT_TIME_LIMIT // 60)
        running.end(job, State.FAILED, "job.too_long", {"minutes": minutes})
        log.warning("job.too_long")
    except Exception:
        running.end(job, State.FAILED, "job.unexpected", {"job": str(job.pk)})
        log.exception("job.unexpected")


@app.task(name="ahsp.jobs.sweep")  # type: ignore[untyped-decorator]
def sweep(node: str = "", incarnation: str = "") -> None:
    """Take up again what dead workers and a dead broker left."""
    taken = running.take_back(node=node, incarnation=incarnation)
    waiting = running.unheard(queue_is_empty=is_queue_empty())
    sent = send(waiting)
    if taken or sent:
        log.info("jobs.swept", taken_back=taken, sent=sent)


@app.task(name="ahsp.jobs.expire")  # type: ignore[untyped-decorator]
def expire() -> None:
    """Forget what is older than it is kept."""
    if count := running.delete_expired():
        log.info("jobs.expired", count=count)


@worker_init.connect  # type: ignore[untyped-decorator]
def _name_incarnation(**_: Any) -> None:
    """Before the processes of the pool are made, which inherit it: two lives of one worker are told apart."""
    global _incarnation
    _incarnation = uuid.uuid4().hex[:12]


@worker_ready.connect  # type: ignore[untyped-decorator]
def _sweep_at_start(sender: Any, **_: Any) -> None:
    """What an earlier life of this worker was doing is free at once."""
    try:
        sweep.apply_async(kwargs={"node": sender.hostname, "incarnation": _incarnation})
    except AWAY as error:
        log.warning("broker.away", error=str(error))
