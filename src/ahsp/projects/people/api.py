"""Who may do what in a project."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.projects.access import open_project
from ahsp.projects.people.queries import members_body
from ahsp.projects.people.serializers import MembersSerializer


class MembersView(ApiView):
    tag = "projects"

    @described("members", {200: MembersSerializer})
    def get(self, request: Request, code: str) -> HttpResponse:
        """Who may do what in the project: roles in the organization, and those given in this project alone."""
        person = person_of(request)
        project = open_project(person, code).project
        office = project.organization
        return answer(
            request,
            {"organization": {"id": office.pk, "name": office.name}, "results": members_body(project, person.pk)},
        )


api_urls = [path("projects/<slug:code>/members/", MembersView.as_view(), name="members")]
