"""Acts of people on jobs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ahsp.accounts.models import Organization, Person
from ahsp.core.errors import Conflict, TooMany
from ahsp.jobs.broker import send
from ahsp.jobs.models import ATTEMPTS, UNFINISHED, Job, State
from ahsp.jobs.registry import kind_of
from ahsp.jobs.running import expiry

MOST_UNFINISHED = 20


@transaction.atomic
def enqueue(
    *,
    person: Person,
    organization: Organization | None,
    kind: str,
    title: str,
    project_code: str = "",
    arguments: Mapping[str, Any],
    key: str = "",
) -> Job:
    """The job that does this: sent to the workers once the transaction is through.

    A job of the person with the same `kind` and `key` that is under way, or whose result is still there, is the
    answer instead. Raises TooMany.
    """
    kind_of(kind)
    if key and (known := _with_key(person, kind, key)):
        return known
    if Job.objects.filter(person=person, state__in=UNFINISHED).count() >= MOST_UNFINISHED:
        raise TooMany("job.too_many", {"limit": str(MOST_UNFINISHED)})
    job = Job(
        person=person,
        organization=organization,
        kind=kind,
        title=title[:250],
        project_code=project_code,
        arguments=dict(arguments),
        key=key,
    )
    # Of two that ask for the same at once the second writes nothing and finds the first.
    Job.objects.bulk_create([job], ignore_conflicts=True)
    if key and (first := _with_key(person, kind, key)) is not None:
        job = first
    transaction.on_commit(partial(send, [job.pk]))
    return job


def _with_key(person: Person, kind: str, key: str) -> Job | None:
    same = Job.objects.filter(person=person, kind=kind, key=key, state__in=[*UNFINISHED, State.DONE])
    same.filter(expires_at__lte=timezone.now()).delete()
    return same.first()


def cancel(*, job: Job) -> Job:
    """End a waiting job at once and ask a running one to stop; a finished one stays as it is."""
    waiting = Job.objects.filter(pk=job.pk, state=State.WAITING)
    now = timezone.now()
    if not waiting.update(state=State.CANCELLED, cancel_requested=True, finished_at=now, expires_at=expiry(now)):
        Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()
    return job


@transaction.atomic
def retry(*, job: Job) -> Job:
    """Let a failed or cancelled job wait again; if the same is under way already, that one. Raises Conflict."""
    if job.key and (known := _with_key(job.person, job.kind, job.key)):
        return known
    again = Job.objects.filter(pk=job.pk).filter(Q(state=State.FAILED) | Q(state=State.CANCELLED))
    if not again.update(
        state=State.WAITING,
        percent=0,
        message_code="",
        message_data={},
        error_code="",
        error_data={},
        cancel_requested=False,
        last_attempt=F("attempt") + ATTEMPTS,
        sent_at=None,
        finished_at=None,
        expires_at=None,
    ):
        raise Conflict("job.not_retried")
    transaction.on_commit(partial(send, [job.pk]))
    job.refresh_from_db()
    return job
