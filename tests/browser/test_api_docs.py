"""The description of the API in a real browser, under the policy of every page: nothing inline, nothing foreign."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from ahsp.projects.models import Project
from tests.browser.offices import priced_project
from tests.people import Cast


def test_the_description_is_browsed_and_tried_out(visit: Any, cast: Cast) -> None:
    project = priced_project(cast)
    visitor = visit(cast.ani)
    foreign: list[str] = []
    visitor.page.on("request", lambda sent: foreign.append(sent.url) if visitor.address not in sent.url else None)
    page = visitor.go("/api/v2/docs/")
    operation = page.locator("#operations-projects-project_change")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_placeholder("code").fill(project.code)
    operation.get_by_placeholder("If-Match").fill(f'"{project.revision}"')
    operation.locator("textarea").fill('{"name": "Dari keterangan"}')
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table tbody .response-col_status").first).to_contain_text("200")
    assert Project.objects.get(pk=project.pk).name == "Dari keterangan"
    # Pictures inside the style sheet are data of our own origin.
    assert not [url for url in foreign if not url.startswith("data:")]
