"""The door to jobs: each is its person's own."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from ahsp.accounts.models import Person
from ahsp.core.errors import NotFound
from ahsp.jobs.models import Job, JobFile


def jobs_of(person: Person) -> QuerySet[Job]:
    """The jobs of `person`, latest first, without the content of their files."""
    return (
        Job.objects.filter(person=person).select_related("file").defer("file__content").order_by("-created_at", "-id")
    )


def open_job(person: Person, pk: UUID) -> Job:
    """Raises NotFound for a stranger as for a job that does not exist."""
    job = jobs_of(person).filter(pk=pk).first()
    if job is None:
        raise NotFound("job.not_found")
    return job


def open_file(person: Person, pk: UUID) -> JobFile:
    """What the job `pk` of `person` made, with its content. Raises NotFound."""
    job = open_job(person, pk)
    file = JobFile.objects.filter(job=job).first()
    if file is None:
        raise NotFound("job.no_file")
    return file
