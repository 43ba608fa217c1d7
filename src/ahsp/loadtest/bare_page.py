"""The least a signed-in Django page does: a session from Redis, three queries, a small template."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from ahsp.accounts.access import memberships_of, person_of
from ahsp.projects.access import projects_of

PATH = "/bare/"
PROJECTS = 5
_PAGE = """<!doctype html><title>{{ person }}</title><p>{{ person.email }}</p>
{% for membership in memberships %}<h1>{{ membership.organization }}</h1>{% endfor %}
<ul>{% for project in projects %}<li>{{ project.code }} {{ project.name }}</li>{% endfor %}</ul>"""


@cache
def _template() -> Any:
    return engines["django"].from_string(_PAGE)


def bare(request: HttpRequest) -> HttpResponse:
    """Person, memberships, projects: one query each."""
    person = person_of(request)
    context = {"person": person, "memberships": memberships_of(person), "projects": projects_of(person)[:PROJECTS]}
    return HttpResponse(_template().render(context, request))


urlpatterns = [path(PATH[1:], bare)]
