"""The change log and the history of a row."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import path
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer, not_modified
from ahsp.core.api.etags import entity_tag
from ahsp.core.api.pages import CURSOR, LIMIT, Order, one_page, read_number
from ahsp.core.api.problems import ApiError
from ahsp.core.api.reading import number_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.core.errors import NotFound, Refused
from ahsp.projects.access import open_project
from ahsp.projects.log.bodies import change_body, moments, with_rows
from ahsp.projects.log.queries import Filter, changes, changes_by_revision, history_of, logged, rows_of
from ahsp.projects.log.readable import merged, readable
from ahsp.projects.log.serializers import ChangeRowsSerializer, ChangesSerializer, RowHistorySerializer
from ahsp.projects.log.titles import titles
from ahsp.projects.log.words import worded_kinds
from ahsp.projects.models import Project
from ahsp.projects.tables import is_there, key_of, read_key

LATEST = Order("revision", descending=True, read=read_number)
AS_WRITTEN = Order("revision", descending=False, read=read_number)
JAKARTA = ZoneInfo("Asia/Jakarta")
LONGEST = 120


def _text(name: str, text: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, description=text)


FILTERS = [
    OpenApiParameter("person", {"type": "integer", "minimum": 1}, description="Who did it."),
    _text("act", "Acts such as “items.set”, or families of acts such as “items”, with commas between them."),
    _text("key", "The row it wrote, such as “i12”."),
    _text("from", "A day of Jakarta, or a moment with its zone: from then on."),
    _text("to", "A day, which counts itself, or a moment, which does not."),
    _text("q", "Words of what was written, or of what the rows are called now."),
]


def _moment(request: Request, name: str, *, end: bool = False) -> datetime | None:
    given = request.GET.get(name, "")
    if not given:
        return None
    try:
        day = date.fromisoformat(given) if len(given) == len("2026-01-31") else None
        found = parse_datetime(given) if day is None else datetime.combine(day, time(), JAKARTA)
        if found is not None and found.tzinfo is not None:
            return found + timedelta(days=1) if day is not None and end else found
    except (ValueError, OverflowError):
        pass
    raise ApiError(400, "api.parameter", {"name": name, "value": given[:40], "allowed": "2026-01-31"})


def row_of(key: str, project: Project) -> tuple[str, int]:
    """Raises NotFound for what is no key."""
    try:
        return read_key(key, "".join(worded_kinds()))
    except Refused as refused:
        raise NotFound("row.not_found", {"key": key[:40], "project": project.name}) from refused


def _filter(request: Request, project: Project) -> Filter:
    key = request.GET.get("key", "")
    return Filter(
        person=number_of(request, "person"),
        acts=tuple(filter(None, request.GET.get("act", "")[:LONGEST].split(","))),
        row=row_of(key, project) if key else None,
        since=_moment(request, "from"),
        until=_moment(request, "to", end=True),
        words=tuple(request.GET.get("q", "")[:LONGEST].replace("\0", " ").split()),
    )


def _tag(project: Project) -> str:
    """Columns and choices are named in the language of the person."""
    return entity_tag(project, get_language() or "id")


class ChangesView(ApiView):
    tag = "projects"
    has_revision = True

    @described("changes", {200: ChangesSerializer}, parameters=[*FILTERS, LIMIT, CURSOR])
    def get(self, request: Request, code: str) -> HttpResponse:
        """Who did what to the project, latest first, with what stood in its rows before and after."""
        project = open_project(person_of(request), code).project
        known = not_modified(request, _tag(project))
        if known is not None:
            return known
        found, following = one_page(request, changes(project, _filter(request, project)), LATEST)
        data = {"revision": project.revision, "results": with_rows(project, found), "next": following}
        return answer(request, data, tag=_tag(project))


class ChangeView(ApiView):
    tag = "projects"

    @described("change", {200: ChangeRowsSerializer}, parameters=[LIMIT, CURSOR])
    def get(self, request: Request, code: str, revision: int) -> HttpResponse:
        """Everything that one change did, row by row."""
        project = open_project(person_of(request), code).project
        change = changes_by_revision(project, [revision]).get(revision)
        if change is None:
            raise NotFound("change.not_found", {"revision": str(revision)})
        found, following = one_page(request, rows_of(project, revision), AS_WRITTEN)
        rows = readable(project, merged(map(logged, found)))
        return answer(request, {"change": change_body(change), "results": rows, "next": following})


class HistoryView(ApiView):
    tag = "projects"

    @described("row_history", {200: RowHistorySerializer}, parameters=[LIMIT, CURSOR])
    def get(self, request: Request, code: str, key: str) -> HttpResponse:
        """Everything that was ever done to one row, latest first."""
        project = open_project(person_of(request), code).project
        kind, pk = row_of(key, project)
        found, following = one_page(request, history_of(project, kind, pk), LATEST)
        present = is_there(project, kind, pk)
        if not (found or present):
            raise NotFound("row.not_found", {"key": key, "project": project.name})
        title = titles(project, [(kind, pk)]).get(key_of(kind, pk), "")
        data = {"key": key, "title": title, "present": present, "results": moments(project, found), "next": following}
        return answer(request, data)


api_urls = [
    path("projects/<slug:code>/changes/", ChangesView.as_view(), name="changes"),
    path("projects/<slug:code>/changes/<int:revision>/", ChangeView.as_view(), name="change"),
    path("projects/<slug:code>/rows/<slug:key>/history/", HistoryView.as_view(), name="row_history"),
]
