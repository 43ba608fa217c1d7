"""The stream of a project and the presence in it. Neither asks more of the database than the door does."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core import presence
from ahsp.core.api.problems import ApiError
from ahsp.core.api.reading import values_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import AnyContent, ApiView
from ahsp.core.presence import Here
from ahsp.core.streams.opening import KEY, Grant, Opening
from ahsp.projects.access import ProjectDoor, open_project
from ahsp.workspace.live.serializers import TAB, PresenceSerializer
from ahsp.workspace.steps import FIRST, KNOWN

_EVENT = {"type": "object", "properties": {name: {"type": "string"} for name in ("event", "data", "id")}}
_TAB = OpenApiParameter("tab", {"type": "string", "pattern": TAB}, description="A name of its own for each window.")
_STEP = OpenApiParameter("step", {"type": "string", "enum": sorted(KNOWN)}, description="Where the window is.")
EVENTS = "text/event-stream"


class LiveView(ApiView):
    """The door of a stream; the event loop goes on with what is granted here."""

    tag = "workspace"
    content_negotiation_class = AnyContent

    @described("live", {(200, EVENTS): _EVENT}, parameters=[_TAB, _STEP])
    def get(self, request: Request, code: str) -> HttpResponse:
        """Server-sent events of the project.

        `access` says what the person may do, at the beginning and when it changes; `state` whether changes arrive;
        `change` that something was written, with its revision and the keys of few rows; `presence` who is here.
        """
        door = open_project(person_of(request), code)
        opening = request.META.get(KEY)
        if isinstance(opening, Opening):
            opening.grant(_grant(request, door))
        # A server that cannot stream says so, lest the browser asks again and again.
        return HttpResponse(b'event: state\ndata: {"live":null}\n\n', content_type=EVENTS)


def _grant(request: Request, door: ProjectDoor) -> Grant:
    tab, step = request.GET.get("tab", "0"), request.GET.get("step", FIRST)
    if not re.fullmatch(TAB, tab):
        raise ApiError(400, "api.parameter", {"name": "tab", "value": tab[:40], "allowed": TAB})
    if step not in KNOWN:
        raise ApiError(400, "api.parameter", {"name": "step", "value": step[:40], "allowed": ", ".join(KNOWN)})
    person = person_of(request)
    rights = {"role": door.role, "rights": sorted(right.value for right in door.rights)}
    return Grant(door.project.pk, person.pk, str(person), person.initials, rights, tab, step)


class PresenceView(ApiView):
    tag = "workspace"

    @described("tell_presence", {204: None}, request=PresenceSerializer)
    def post(self, request: Request, code: str) -> HttpResponse:
        """Tell those who have the project open where the person is now. Whoever may look may tell."""
        person = person_of(request)
        project = open_project(person, code).project
        told = values_of(request, PresenceSerializer)
        here = Here(person.pk, str(person), person.initials, told["tab"], told["step"], told.get("cell", ""))
        presence.move(project.pk, here)
        return HttpResponse(status=204)


live_urls = [
    path("projects/<slug:code>/live/", LiveView.as_view(), name="live"),
    path("projects/<slug:code>/presence/", PresenceView.as_view(), name="presence"),
]
