"""Settings of a project. The list of projects shows totals, so it is a page of `estimates`."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ahsp.accounts.access import person_of
from ahsp.accounts.models import Person
from ahsp.core.errors import Conflict
from ahsp.projects.access import open_project
from ahsp.projects.forms import CreateForm, SettingsForm
from ahsp.projects.models import Project, make_code
from ahsp.projects.services import change_settings, create_project, settings_changed_since

JAKARTA = ZoneInfo("Asia/Jakarta")


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """projects/create.html with `form` (CreateForm)."""
    person = person_of(request)
    initial = {"vat_date": datetime.now(JAKARTA).date()}
    form = CreateForm(request.POST or None, person=person, initial=initial)
    if form.is_valid():
        membership = form.cleaned_data.pop("organization")
        project = create_project(person=person, membership=membership, values=form.cleaned_data)
        return redirect("exchange:import", code=project.code)
    return render(request, "projects/create.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, code: str) -> HttpResponse:
    """projects/settings.html with `form` (SettingsForm), `door`, `project` (as stored), `step`.

    `once` is a random text that tells one press of the button that copies from another.
    """
    person = person_of(request)
    door = open_project(person, code)
    form = SettingsForm(request.POST or None, instance=copy(door.project), person=person)
    status = 200
    if request.method == "POST":
        door.require_write()
        status = _save(form, door.project, person)
    if status == 302:
        messages.success(request, _("Settings saved"))
        return redirect("projects:settings", code=code)
    context = {"form": form, "door": door, "project": door.project, "step": "settings", "once": make_code()}
    return render(request, "projects/settings.html", context, status=status)


def _save(form: SettingsForm, project: Project, person: Person) -> int:
    """The HTTP status that follows: saved 302, wrong 422, changed by somebody else since 409."""
    if not form.is_valid():
        return 422
    values = dict(form.cleaned_data)
    expected = values.pop("revision") or 0
    try:
        change_settings(project=project, person=person, expected=expected, values=values)
    except Conflict:
        form.ask_again(project, settings_changed_since(project, expected))
        return 409
    return 302
