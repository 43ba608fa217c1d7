"""RAB and recapitulation from the cache: what they show follows the project, its language and nobody's session."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ahsp.catalog.queries import read_catalog
from ahsp.estimates.services import import_boq
from ahsp.projects.models import Project
from tests.builders import bill
from tests.people import Cast, sign_in

BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 10.333
2 | 1.2 | Urugan <pasir> | m3 | 4
# Lain-lain
3 |     | Mobilisasi | ls | 1 | 5000000
"""
PAGES = ("estimates:rab", "estimates:recap")


def fill(project: Project, cast: Cast, text: str = BILL) -> None:
    import_boq(
        project=project, person=cast.ani, children=bill(text), replace=True, source="x", expected=project.revision
    )


def page(client: Client, name: str, project: Project) -> str:
    answer = client.get(reverse(name, args=[project.code]))
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_was_seen_asks_for_nothing_but_person_and_project(name: str, project: Project, cast: Cast) -> None:
    fill(project, cast)
    client = sign_in(cast.ani)
    read_catalog()
    first = page(client, name, project)
    with CaptureQueriesContext(connection) as captured:
        second = page(client, name, project)
    statements = [one["sql"][:150] for one in captured.captured_queries]
    assert len(statements) == 2, "\n".join(statements)
    assert second.count("<tr") == first.count("<tr") > 3


@pytest.mark.parametrize("name", PAGES)
def test_a_change_shows_at_once(name: str, project: Project, cast: Cast) -> None:
    fill(project, cast)
    client = sign_in(cast.ani)
    assert "Tanah" in page(client, name, project)
    fill(project, cast, "# Atap\n1 | 1.3 | Plesteran | m2 | 3")
    changed = page(client, name, project)
    assert "Atap" in changed
    assert "Tanah" not in changed


@pytest.mark.parametrize("name", PAGES)
def test_each_language_has_its_own(name: str, project: Project, cast: Cast) -> None:
    fill(project, cast)
    client = sign_in(cast.ani)
    indonesian = page(client, name, project)
    client.cookies["ahsp_language"] = "en"
    english = page(client, name, project)
    assert "5.000.000,00" in indonesian
    assert "5,000,000.00" in english
    assert "5,000,000.00" in page(client, name, project)


@pytest.mark.parametrize("name", PAGES)
def test_what_is_kept_says_nothing_of_who_looked_first(name: str, project: Project, cast: Cast) -> None:
    fill(project, cast)
    assert cast.ani.email in page(sign_in(cast.ani), name, project)
    seen = page(sign_in(cast.citra), name, project)
    assert cast.ani.email not in seen
    assert reverse("exchange:import", args=[project.code]) not in seen


@pytest.mark.parametrize("name", PAGES)
def test_without_a_bill_they_offer_the_import(name: str, project: Project, cast: Cast) -> None:
    empty = page(sign_in(cast.ani), name, project)
    assert reverse("exchange:import", args=[project.code]) in empty
    assert "<tbody" not in empty


def test_what_people_type_is_escaped(project: Project, cast: Cast) -> None:
    fill(project, cast)
    shown = page(sign_in(cast.ani), "estimates:rab", project)
    assert "Urugan &lt;pasir&gt;" in shown
    assert "<pasir>" not in shown
