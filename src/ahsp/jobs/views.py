"""One's own jobs: all of them, one of them, its file; cancelling and trying again."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from ahsp.accounts.access import person_of
from ahsp.jobs import services
from ahsp.jobs.access import jobs_of, open_file, open_job
from ahsp.jobs.models import Job, JobFile
from ahsp.jobs.presentation import shown

PER_PAGE = 25


def answer(request: HttpRequest, job: Job) -> HttpResponse:
    """The card of `job` for htmx, its page for whoever comes without: what every act on a job answers.

    The field `place` says where it was asked: "tray" beside a page, "list" among all jobs.
    """
    if getattr(request, "htmx", False):
        tray = request.POST.get("place") == "tray"
        return render(request, "jobs/partials/card.html", {"shown": shown(job), "tray": tray})
    return redirect("jobs:index") if request.POST.get("place") == "list" else redirect("jobs:job", pk=job.pk)


def lead_on(job: Job) -> HttpResponse:
    """To the page of `job`, which goes on to what the job makes."""
    return redirect(reverse("jobs:job", kwargs={"pk": job.pk}) + "?go")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """jobs/list.html with `page` (of Job), `jobs` (of Shown, the same rows) and `unfinished`, whether to look again."""
    page = Paginator(jobs_of(person_of(request)), PER_PAGE).get_page(request.GET.get("page"))
    jobs = [shown(job) for job in page]
    context = {"page": page, "jobs": jobs, "unfinished": any(one.poll for one in jobs)}
    return render(request, "jobs/list.html", context)


@require_safe
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """jobs/job.html, or jobs/partials/card.html for htmx, with `shown`. With `?go` it leads on to what was made."""
    found = shown(open_job(person_of(request), pk))
    go, htmx = "go" in request.GET, getattr(request, "htmx", False)
    if go and found.opens:
        return HttpResponseClientRedirect(found.opens) if htmx else redirect(found.opens)
    context = {"shown": found, "tray": "tray" in request.GET, "go": go}
    return render(request, "jobs/partials/card.html" if htmx else "jobs/job.html", context)


@require_safe
def file(request: HttpRequest, pk: UUID) -> FileResponse:
    """What the job made."""
    return as_file(open_file(person_of(request), pk))


def as_file(found: JobFile) -> FileResponse:
    """`found` to keep under its name."""
    content = BytesIO(bytes(found.content))
    return FileResponse(content, as_attachment=True, filename=found.name, content_type=found.content_type)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel and show it."""
    return answer(request, services.cancel(job=open_job(person_of(request), pk)))


@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try again and show it."""
    return answer(request, services.retry(job=open_job(person_of(request), pk)))
