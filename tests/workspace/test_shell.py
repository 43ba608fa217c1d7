"""The page of the workspace: the same for every step, and of use without JavaScript too."""

from __future__ import annotations

from django.test import Client

from ahsp.projects.models import Project
from ahsp.workspace.steps import FIRST, KNOWN
from tests.people import Cast, sign_in


def page_of(client: Client, project: Project, step: str = "") -> str:
    answer = client.get(f"/p/{project.code}/work/{step}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_step_has_its_address(project: Project, cast: Cast) -> None:
    client = sign_in(cast.ani)
    for step in KNOWN:
        page = page_of(client, project, f"{step}/")
        assert f'data-step="{step}" aria-current="page"' in page
        assert page.count('aria-current="page"') == 1
    assert f'data-step="{FIRST}" aria-current="page"' in page_of(client, project)


def test_a_step_that_is_none_is_not_found(project: Project, cast: Cast) -> None:
    answer = sign_in(cast.ani).get(f"/p/{project.code}/work/dapur/")
    assert answer.status_code == 404
    assert "dapur" in answer.content.decode()


def test_the_page_says_who_may_write_and_where_to_ask(project: Project, cast: Cast) -> None:
    owner, viewer = page_of(sign_in(cast.ani), project), page_of(sign_in(cast.citra), project)
    assert "data-may-write" in owner
    assert "data-may-write" not in viewer
    for page in (owner, viewer):
        assert f'data-api="/api/v2/projects/{project.code}/"' in page
        assert "csrfmiddlewaretoken" in page


def test_a_name_with_markup_stays_text(project: Project, cast: Cast) -> None:
    Project.objects.filter(pk=project.pk).update(name='"><img src=x onerror=alert(1)>')
    page = page_of(sign_in(cast.ani), project)
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_without_javascript_the_page_leads_to_the_read_view(project: Project, cast: Cast) -> None:
    page = page_of(sign_in(cast.ani), project)
    inside = page[page.index("<noscript>") : page.index("</noscript>")]
    assert f'href="/p/{project.code}/"' in inside


def test_read_pages_lead_to_the_workspace_and_back(project: Project, cast: Cast) -> None:
    client = sign_in(cast.ani)
    work = f"/p/{project.code}/work/"
    assert work in client.get(f"/p/{project.code}/").content.decode()
    assert work in client.get("/projects/").content.decode()
    assert f'href="/p/{project.code}/"' in page_of(client, project)
