"""Documents out of a project: asked for here, made by a job. JSON alone is quick enough to be answered at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from ahsp.accounts.access import person_of
from ahsp.exchange.documents.rab import to_json
from ahsp.exchange.exports import rab_document
from ahsp.exchange.requests import request_document
from ahsp.jobs.views import answer
from ahsp.projects.access import open_project


@require_POST
def document(request: HttpRequest, code: str) -> HttpResponse:
    """Let a job make the document in `format`; the job's card for htmx, else its page. Raises AhspError."""
    person = person_of(request)
    project = open_project(person, code).project
    ending, language = request.POST.get("format", ""), get_language() or "id"
    return answer(request, request_document(project=project, person=person, ending=ending, language=language))


@require_safe
def rab_json(request: HttpRequest, code: str) -> HttpResponse:
    """The RAB as JSON, in the shape of `./ahsp price --json`."""
    project = open_project(person_of(request), code).project
    shown = to_json(rab_document(project, get_language() or "id"))
    return JsonResponse(shown, json_dumps_params={"ensure_ascii": False})
