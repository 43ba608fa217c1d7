"""What is asked of the workers: documents and copies."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer
from ahsp.core.api.pages import CURSOR, LIMIT, one_page
from ahsp.core.api.problems import ApiError
from ahsp.core.api.reading import values_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.exchange.requests import request_copy, request_document
from ahsp.exchange.serializers import JobInSerializer
from ahsp.exchange.versions.api import api_urls as of_versions
from ahsp.jobs.access import jobs_of
from ahsp.jobs.api import LATEST, job_body
from ahsp.jobs.models import Job
from ahsp.jobs.serializers import JobSerializer, JobsSerializer
from ahsp.projects.access import Right, open_project

KEY = "[A-Za-z0-9._-]{1,40}"
_KEY = re.compile(KEY, re.ASCII)
ONCE = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": f"^{KEY}$"},
    OpenApiParameter.HEADER,
    description="A random text: sent again with the same, the request asks for the same copy, not for a second one.",
)


def _accepted(request: Request, job: Job) -> HttpResponse:
    address = reverse("api:job", kwargs={"pk": job.pk})
    return answer(request, job_body(job), status=202, location=address)


class JobsView(ApiView):
    tag = "jobs"
    refusals = (404,)

    @described("jobs", {200: JobsSerializer}, parameters=[LIMIT, CURSOR])
    def get(self, request: Request) -> HttpResponse:
        """Your jobs, latest first."""
        found, following = one_page(request, jobs_of(person_of(request)), LATEST)
        return answer(request, {"results": [job_body(job) for job in found], "next": following})

    @described("job_create", {202: JobSerializer}, request=JobInSerializer)
    def post(self, request: Request) -> HttpResponse:
        """Have a document made; the answer says where to ask how far it is."""
        person = person_of(request)
        values = values_of(request, JobInSerializer)
        project = open_project(person, values["project"]).project
        language = values.get("language") or get_language() or "id"
        job = request_document(project=project, person=person, ending=values["format"], language=language)
        return _accepted(request, job)


class CopyView(ApiView):
    tag = "projects"

    @described("project_copy", {202: JobSerializer}, parameters=[ONCE])
    def post(self, request: Request, code: str) -> HttpResponse:
        """Have the project copied, whole; the result of the job holds the code of the copy."""
        person = person_of(request)
        project = open_project(person, code).require(Right.WRITE)
        return _accepted(request, request_copy(project=project, person=person, once=_once(request)))


def _once(request: Request) -> str:
    given: str = request.headers.get("Idempotency-Key", "")
    if given and not _KEY.fullmatch(given):
        raise ApiError(400, "api.parameter", {"name": "Idempotency-Key", "value": given[:40], "allowed": KEY})
    return given


api_urls = [
    path("jobs/", JobsView.as_view(), name="jobs"),
    path("projects/<slug:code>/copy/", CopyView.as_view(), name="project_copy"),
    *of_versions,
]
