"""A job as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language

from ahsp.core.errors import NotFound
from ahsp.core.issue_texts import issue_text
from ahsp.jobs.models import Job, JobFile, State
from ahsp.jobs.registry import kind_of

# Small jobs are done within moments, so a young one is looked at sooner than an old one.
YOUNG = timedelta(seconds=3)
OFTEN, ORDINARY = "250ms", "1s"


@dataclass(frozen=True, slots=True)
class Shown:
    """`label` says what is done, `text` how it goes; `poll` is when to look again, "" once it is finished."""

    job: Job
    label: str
    text: str
    file: JobFile | None
    opens: str
    begins: str
    may_be_retried: bool
    poll: str


def shown(job: Job) -> Shown:
    """`job` with its words in the reader's language."""
    label, opens, begins = job.kind, "", ""
    try:
        kind = kind_of(job.kind)
    except NotFound:  # made by another version of the program
        kind = None
    if kind is not None:
        label = kind.label(job)
        opens = kind.opens(job) if job.state == State.DONE else ""
        begins = kind.begins(job) if job.state == State.FAILED else ""
    return Shown(
        job=job,
        label=label,
        text=_text(job),
        file=getattr(job, "file", None) if job.state == State.DONE else None,
        opens=opens,
        begins=begins,
        may_be_retried=job.may_be_retried and not begins,
        poll=_poll(job),
    )


def _text(job: Job) -> str:
    language = get_language() or "id"
    if job.state == State.WAITING:
        forgotten = job.sent_at is None and timezone.now() - job.created_at > YOUNG
        return issue_text("job.waits_for_broker" if forgotten else "job.waits", {}, language)
    if job.state == State.FAILED:
        return issue_text(job.error_code, job.error_data, language)
    if job.state == State.CANCELLED or not job.message_code:
        return ""
    return issue_text(job.message_code, job.message_data, language)


def _poll(job: Job) -> str:
    if not job.is_unfinished:
        return ""
    return OFTEN if timezone.now() - job.created_at < YOUNG else ORDINARY
