"""One's own jobs: how far each is, its file, cancelling and trying again. What they do is asked for in `exchange`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.urls import path, reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer
from ahsp.core.api.pages import Order, read_time, read_uuid
from ahsp.core.api.schema import described
from ahsp.core.api.views import AnyContent, ApiView
from ahsp.core.issue_texts import issue_text
from ahsp.jobs import services
from ahsp.jobs.access import open_file, open_job
from ahsp.jobs.models import Job, State
from ahsp.jobs.presentation import shown
from ahsp.jobs.serializers import JobSerializer
from ahsp.jobs.views import as_file

LATEST = Order("created_at", descending=True, read=read_time, read_pk=read_uuid)
OFFICE = "application/vnd.openxmlformats-officedocument"
FILES = ("application/pdf", f"{OFFICE}.spreadsheetml.sheet", f"{OFFICE}.wordprocessingml.document")


def job_body(job: Job) -> dict[str, Any]:
    """A job as JobSerializer describes it."""
    found = shown(job)
    same = ("kind", "title", "state", "percent", "result", "cancel_requested")
    times = ("created_at", "started_at", "finished_at", "expires_at")
    return {
        "id": str(job.pk),
        "label": found.label,
        "project": job.project_code,
        "text": found.text,
        **{name: getattr(job, name) for name in (*same, *times)},
        "error": _error(job, found.text),
        "file": found.file
        and {
            "name": found.file.name,
            "content_type": found.file.content_type,
            "size": found.file.size,
            "address": reverse("api:job_file", kwargs={"pk": job.pk}),
        },
    }


def _error(job: Job, text: str) -> dict[str, Any] | None:
    if job.state != State.FAILED:
        return None
    return {"code": job.error_code, "data": job.error_data, "text": text or issue_text(job.error_code, {}, "id")}


class JobView(ApiView):
    tag = "jobs"

    @described("job", {200: JobSerializer})
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """How far a job is, and what came out."""
        return answer(request, job_body(open_job(person_of(request), pk)))


class CancelView(ApiView):
    tag = "jobs"

    @described("job_cancel", {200: JobSerializer})
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """End a job that waits, ask a running one to stop; a finished one stays as it is."""
        return answer(request, job_body(services.cancel(job=open_job(person_of(request), pk))))


class RetryView(ApiView):
    tag = "jobs"
    refusals = (409,)

    @described("job_retry", {200: JobSerializer})
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Let a failed or cancelled job wait again."""
        return answer(request, job_body(services.retry(job=open_job(person_of(request), pk))))


class FileView(ApiView):
    """The file is what it is: Accept is not asked."""

    tag = "jobs"
    content_negotiation_class = AnyContent

    @described("job_file", {(200, content_type): OpenApiTypes.BINARY for content_type in FILES})
    def get(self, request: Request, pk: UUID) -> FileResponse:
        """What the job made."""
        return as_file(open_file(person_of(request), pk))


api_urls = [
    path("jobs/<uuid:pk>/", JobView.as_view(), name="job"),
    path("jobs/<uuid:pk>/cancel/", CancelView.as_view(), name="job_cancel"),
    path("jobs/<uuid:pk>/retry/", RetryView.as_view(), name="job_retry"),
    path("jobs/<uuid:pk>/file/", FileView.as_view(), name="job_file"),
]
