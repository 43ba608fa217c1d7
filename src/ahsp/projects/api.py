"""The change log of a project, and what every write inside a project does. The project itself shows totals, so it is
an address of `estimates`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer, not_modified
from ahsp.core.api.etags import entity_tag
from ahsp.core.api.pages import CURSOR, LIMIT, Order, one_page, read_number
from ahsp.core.api.problems import ApiError
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.core.errors import Conflict
from ahsp.projects.access import open_project
from ahsp.projects.models import Change, Project
from ahsp.projects.people.api import api_urls as of_people
from ahsp.projects.queries import changes_of, changes_since
from ahsp.projects.serializers import ChangesSerializer

LATEST = Order("revision", descending=True, read=read_number)


@contextmanager
def telling_what_changed(project: Project, expected: int) -> Iterator[None]:
    """A write that meets another revision than `expected` answers with what was written since."""
    try:
        # Also for a write that would change nothing: whoever sent it believes in another state.
        if project.revision != expected:
            raise Conflict("project.changed", {"expected": str(expected), "revision": str(project.revision)})
        yield
    except Conflict as conflict:
        if conflict.code != "project.changed":
            raise
        more = {"revision": int(conflict.data["revision"]), "changes": changes_since(project, expected)}
        raise ApiError(409, conflict.code, conflict.data, more=more) from conflict


def _change(change: Change) -> dict[str, object]:
    person = change.person
    return {
        "revision": change.revision,
        "act": change.act,
        "at": change.at,
        "person": {"id": person.pk, "name": str(person)} if person else None,
        "data": change.data,
    }


class ChangesView(ApiView):
    tag = "projects"
    has_revision = True

    @described("changes", {200: ChangesSerializer}, parameters=[LIMIT, CURSOR])
    def get(self, request: Request, code: str) -> HttpResponse:
        """Who did what to the project, latest first."""
        project = open_project(person_of(request), code).project
        tag = entity_tag(project)
        known = not_modified(request, tag)
        if known is not None:
            return known
        found, following = one_page(request, changes_of(project), LATEST)
        results = [_change(change) for change in found]
        return answer(request, {"revision": project.revision, "results": results, "next": following}, tag=tag)


api_urls = [
    path("projects/<slug:code>/changes/", ChangesView.as_view(), name="changes"),
    *of_people,
]
