"""What is asked of the workers: documents and copies."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer
from ahsp.core.api.pages import CURSOR, LIMIT, one_page
from ahsp.core.api.reading import values_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.exchange.requests import request_document
from ahsp.exchange.serializers import JobInSerializer
from ahsp.jobs.access import jobs_of
from ahsp.jobs.api import LATEST, job_body
from ahsp.jobs.models import Job
from ahsp.jobs.serializers import JobSerializer, JobsSerializer
from ahsp.projects.access import open_project


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


api_urls = [path("jobs/", JobsView.as_view(), name="jobs")]
