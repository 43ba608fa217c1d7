"""The page of the workspace. Its steps are fetched by the browser, so it is the same page for each of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ahsp.accounts.access import person_of
from ahsp.core.errors import NotFound
from ahsp.projects.access import open_project
from ahsp.workspace.steps import FIRST, KNOWN, TOGETHER, WORK


@require_safe
def shell(request: HttpRequest, code: str, step: str = FIRST) -> HttpResponse:
    """workspace/shell.html with `door`, `project`, `step` (Step), `first`, and the steps as `work` and `together`."""
    door = open_project(person_of(request), code)
    if step not in KNOWN:
        raise NotFound("workspace.no_step", {"step": step})
    context = {
        "door": door,
        "project": door.project,
        "step": KNOWN[step],
        "first": FIRST,
        "work": WORK,
        "together": TOGETHER,
    }
    return render(request, "workspace/shell.html", context)
