"""What happens to the row of a job while workers come, go and die. Each act is one conditional UPDATE."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ahsp.jobs.models import Job, JobFile, State

if TYPE_CHECKING:
    from ahsp.jobs.work import KeptFile

KEPT = timedelta(days=7)
# Several heartbeats long, so that a busy machine is not taken for a dead one.
SILENCE = timedelta(seconds=20)
UNHEARD = timedelta(seconds=5)
UNHEARD_BEHIND_OTHERS = timedelta(minutes=5)
BATCH = 200


def expiry(now: datetime) -> datetime:
    return now + KEPT


def claim(pk: UUID, worker: str) -> Job | None:
    """Take a waiting job for `worker`, or None if there is nothing to take: it runs, is done, or is not there."""
    now = timezone.now()
    taken = Job.objects.filter(pk=pk, state=State.WAITING).update(
        state=State.RUNNING, attempt=F("attempt") + 1, started_at=now, heartbeat_at=now, worker=worker[:300], percent=0
    )
    return Job.objects.select_related("person", "organization").filter(pk=pk).first() if taken else None


def held(job: Job) -> QuerySet[Job]:
    """The row, as long as this attempt has it."""
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, state=State.RUNNING)


def finish(
    job: Job, result: Mapping[str, Any], file: KeptFile | None, conclusion: tuple[str, Mapping[str, str]]
) -> bool:
    """Write the result in place of an earlier one, in the caller's transaction; False if the attempt lost the job."""
    now = timezone.now()
    done = held(job).filter(cancel_requested=False)
    if not done.update(
        state=State.DONE,
        percent=100,
        message_code=conclusion[0],
        message_data=dict(conclusion[1]),
        result=dict(result),
        finished_at=now,
        heartbeat_at=now,
        expires_at=expiry(now),
    ):
        return False
    JobFile.objects.filter(job=job).delete()
    if file is not None:
        JobFile.objects.create(
            job=job, name=file.name, content_type=file.content_type, size=len(file.content), content=file.content
        )
    return True


def end(job: Job, state: State, code: str = "", data: Mapping[str, str] | None = None) -> None:
    """End an attempt without a result. An attempt that lost the job changes nothing."""
    now = timezone.now()
    held(job).update(state=state, error_code=code, error_data=dict(data or {}), finished_at=now, expires_at=expiry(now))


@transaction.atomic
def take_back(*, node: str = "", incarnation: str = "") -> int:
    """Let jobs of dead workers wait again, or fail after their last attempt; how many.

    Dead is who has been silent for SILENCE, and at once whoever was the worker `node` before `incarnation`.
    """
    now = timezone.now()
    dead = Q(heartbeat_at__lt=now - SILENCE)
    if node:
        dead |= Q(worker__startswith=f"{node}#") & ~Q(worker=f"{node}#{incarnation}")
    rows = Job.objects.select_for_update(skip_locked=True).filter(dead, state=State.RUNNING).order_by("pk")[:BATCH]
    found = [(job.pk, job.cancel_requested, job.attempt < job.last_attempt, job.attempt) for job in rows]
    unwanted = [pk for pk, cancelled, _, _ in found if cancelled]
    again = [pk for pk, cancelled, may, _ in found if may and not cancelled]
    lost = [(pk, attempt) for pk, cancelled, may, attempt in found if not may and not cancelled]
    ended: dict[str, Any] = {"finished_at": now, "expires_at": expiry(now)}
    Job.objects.filter(pk__in=unwanted).update(state=State.CANCELLED, **ended)
    Job.objects.filter(pk__in=again).update(state=State.WAITING, sent_at=None, percent=0, worker="")
    for pk, attempt in lost:
        given_up = {"error_code": "job.given_up", "error_data": {"times": str(attempt)}}
        Job.objects.filter(pk=pk).update(state=State.FAILED, **given_up, **ended)
    return len(found)


def unheard(*, queue_is_empty: bool) -> list[UUID]:
    """Waiting jobs of which no message is under way, oldest first.

    A message that was sent and is in no queue was taken just now or lost with the broker; one that may stand behind
    others is sent again only after minutes. A message too many does no harm.
    """
    now = timezone.now()
    patience = UNHEARD if queue_is_empty else UNHEARD_BEHIND_OTHERS
    waiting = Job.objects.filter(Q(sent_at__isnull=True) | Q(sent_at__lt=now - patience), state=State.WAITING)
    return list(waiting.order_by("created_at").values_list("pk", flat=True)[:BATCH])


def delete_expired() -> int:
    """Forget finished jobs and their files once their time is over; how many."""
    old = Job.objects.filter(expires_at__lt=timezone.now()).order_by("expires_at").values_list("pk", flat=True)
    count = 0
    while batch := list(old[:BATCH]):
        Job.objects.filter(pk__in=batch).delete()
        count += len(batch)
    return count
