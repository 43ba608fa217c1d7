"""Files in: upload, preview, import of a bill of quantities."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ahsp.accounts.access import first_writable_membership, person_of
from ahsp.core.errors import FileRefused
from ahsp.core.rendering import error_text
from ahsp.exchange.access import open_import
from ahsp.exchange.demo import make_example_project
from ahsp.exchange.forms import NOTATIONS, ApplyForm, UploadForm
from ahsp.exchange.preview import choose, count
from ahsp.exchange.requests import LARGE_BILL, request_copy, request_import
from ahsp.exchange.services import apply_import, keep_upload, read_import
from ahsp.jobs.views import lead_on
from ahsp.projects.access import Right, open_project

ROWS_PER_PAGE = 500


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """exchange/import.html with `form` (UploadForm), `door`, `project`, `step`; a refused file says why there."""
    person = person_of(request)
    door = open_project(person, code)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        project = door.require_write()
        if form.is_valid():
            data = form.cleaned_data
            try:
                waiting = keep_upload(project=project, person=person, upload=data["file"], notation=data["notation"])
                return redirect("exchange:preview", code=code, pk=waiting.pk)
            except FileRefused as refused:
                form.add_error("file", error_text(refused))
    context = {"form": form, "door": door, "project": door.project, "step": "boq"}
    return render(request, "exchange/import.html", context, status=422 if form.errors else 200)


@require_safe
def preview(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """exchange/preview.html with `boq`, `page` (of BoqRow), `counts`, `show`, `form` (ApplyForm), `waiting`.

    `notation` is how the file was read now, `notations` are the choices.
    """
    person = person_of(request)
    door = open_project(person, code)
    waiting = open_import(person, door.project, pk)
    notation = request.GET.get("notation", waiting.notation)
    notation = notation if notation in dict(NOTATIONS) else waiting.notation
    boq = read_import(waiting, notation)
    show = request.GET.get("show", "all")
    page = Paginator(choose(boq, show), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    form = ApplyForm(initial={"notation": notation, "revision": door.project.revision, "mode": "replace"})
    context = {"door": door, "project": door.project, "step": "boq", "waiting": waiting, "boq": boq}
    context |= {"page": page, "counts": count(boq), "show": show, "form": form}
    context |= {"notation": notation, "notations": NOTATIONS}
    return render(request, "exchange/preview.html", context)


@require_POST
def example(request: HttpRequest) -> HttpResponse:
    """Make the example project and open it."""
    person = person_of(request)
    project = make_example_project(person=person, membership=first_writable_membership(person))
    return redirect("estimates:rab", code=project.code)


@require_POST
def apply(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Write the previewed bill and go back to the RAB; of a large one a job does it, whose page leads there."""
    person = person_of(request)
    project = open_project(person, code).require_write()
    waiting = open_import(person, project, pk)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return redirect("exchange:preview", code=code, pk=pk)
    data = form.cleaned_data
    if len(waiting.content) > LARGE_BILL:
        return lead_on(request_import(waiting=waiting, person=person, values=data))
    replace, notation = data["mode"] == "replace", data["notation"]
    apply_import(waiting=waiting, person=person, replace=replace, notation=notation, expected=data["revision"])
    messages.success(request, _("Bill of quantities imported from %(file)s") % {"file": waiting.file_name})
    return redirect("estimates:rab", code=code)


@require_POST
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """Let a job copy the project; its page leads on to the copy."""
    person = person_of(request)
    project = open_project(person, code).require(Right.WRITE)
    return lead_on(request_copy(project=project, person=person, once=request.POST.get("once", "")))
