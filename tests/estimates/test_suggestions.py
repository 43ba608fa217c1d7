"""Own projects in the one search."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ahsp.projects.models import Project
from tests.people import Cast, sign_in

pytestmark = pytest.mark.django_db


def names(cast_member: object, words: str) -> list[str]:
    answer = sign_in(cast_member).get(reverse("estimates:suggest_projects"), {"q": words})
    return [found["name"] for found in answer.json()["results"]]


def test_words_in_any_order_and_case_find_a_project(project: Project, cast: Cast) -> None:
    words = " ".join(reversed(project.name.upper().split()))
    assert names(cast.ani, words) == [project.name]
    assert names(cast.ani, "zzz") == []


def test_without_words_the_latest_projects_are_offered(project: Project, cast: Cast) -> None:
    assert names(cast.ani, "") == [project.name]


def test_projects_of_other_organizations_stay_hidden(project: Project, cast: Cast) -> None:
    assert names(cast.dedi, project.name) == []
