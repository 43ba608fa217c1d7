"""Slow work as a person watches it: the card beside a page, the list of jobs, a copy that opens by itself."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from ahsp.exchange.requests import request_document
from ahsp.jobs.models import Job, JobFile, State
from ahsp.projects.models import Project
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.offices import LONG_NAME, priced_project
from tests.browser.test_pages import faults_of
from tests.jobs.inline import worker
from tests.people import Cast


def jobs_in_every_state(project: Project, cast: Cast) -> list[Job]:
    """One job in each state, with whatever a job in that state shows."""
    values: dict[str, Any] = {"person": cast.ani, "kind": "document", "title": project.name}
    values["arguments"] = {"code": project.code, "format": "pdf"}
    writing = {"message_code": "job.writing", "message_data": {"file": "rab-" + "gedung" * 20 + ".pdf"}}
    refused = {"error_code": "project.changed", "error_data": {"expected": "3", "revision": "5"}}
    done = Job.objects.create(**values, state=State.DONE)
    JobFile.objects.create(job=done, name="rab.pdf", content_type="application/pdf", size=123456, content=b"%PDF")
    return [
        done,
        Job.objects.create(**values),
        Job.objects.create(**values, **writing, state=State.RUNNING, percent=42),
        Job.objects.create(**values, state=State.CANCELLED),
        Job.objects.create(**values, **refused, state=State.FAILED),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_of_jobs_are_sound(visit: Any, cast: Cast, window: dict[str, int], theme: str) -> None:
    project = priced_project(cast, LONG_NAME)
    visitor = visit(cast.ani, theme, viewport=window)
    paths = ["/jobs/", *(f"/jobs/{job.pk}/" for job in jobs_in_every_state(project, cast))]
    found = {path: faults for path in paths if (faults := faults_of(visitor.go(path)))}
    assert not found
    empty = visit(cast.budi, theme, viewport=window).go("/jobs/")
    assert faults_of(empty) == []


def test_a_document_is_cancelled_tried_again_and_arrives(visit: Any, cast: Cast) -> None:
    page = visit(cast.ani).go(f"/p/{priced_project(cast).code}/recap/")
    page.locator("summary", has_text="Unduh").click()
    page.get_by_role("button", name="PDF").first.click()
    card = page.get_by_role("region", name="Tugas").get_by_role("article", name="RAB sebagai PDF")
    expect(card).to_contain_text("Menunggu giliran")
    assert faults_of(page) == []
    card.get_by_role("button", name="Batalkan").click()
    expect(card).to_contain_text("dibatalkan")
    with page.expect_download(timeout=60_000) as waiting, worker():
        card.get_by_role("button", name="Coba lagi").click()
        expect(card).to_have_count(1)
        expect(card).to_contain_text("selesai", timeout=60_000)
    assert waiting.value.suggested_filename.endswith(".pdf")
    card.get_by_role("button", name="Tutup").click()
    expect(card).to_have_count(0)


def test_the_same_document_asked_for_again_is_one_card(visit: Any, cast: Cast) -> None:
    project = priced_project(cast)
    request_document(project=project, person=cast.ani, ending="xlsx", language="id")
    page = visit(cast.ani).go(f"/p/{project.code}/")
    for _ in range(2):
        page.locator("summary", has_text="Unduh").click()
        with page.expect_response("**/documents/"):
            page.get_by_role("button", name="XLSX").first.click()
    expect(page.locator(".job-card")).to_have_count(1)


def test_a_copy_opens_by_itself(visit: Any, cast: Cast) -> None:
    page = visit(cast.ani).go(f"/p/{priced_project(cast).code}/settings/")
    with worker():
        page.get_by_role("button", name="Salin proyek").click()
        page.wait_for_url("**/p/*/", timeout=60_000)
    expect(page.locator(".switcher summary")).to_contain_text("Gedung Kantor Pelayanan (salinan)")
    expect(page.get_by_role("contentinfo", name="Total")).to_contain_text("Rp")
