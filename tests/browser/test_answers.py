"""What the pages answer when a person chooses how they look, and when something goes wrong."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.offices import priced_project
from tests.people import Cast


def test_the_theme_is_there_from_the_first_byte_of_the_next_page(visit: Any, cast: Cast) -> None:
    visitor = visit(cast.ani, "auto")
    page = visitor.go("/projects/")
    page.locator(".avatar-button").click()
    page.get_by_role("button", name="Gelap").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    answer = visitor.context.request.get(f"{visitor.address}/catalog/")
    assert 'data-theme="dark"' in answer.text()


def test_words_and_numbers_change_language_together(visit: Any, cast: Cast) -> None:
    page = visit(cast.ani).go(f"/p/{priced_project(cast).code}/")
    total = page.get_by_role("contentinfo", name="Total")
    indonesian = re.search(r"Rp\s[\d.,]+", total.inner_text())
    assert indonesian is not None
    page.locator(".avatar-button").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Cost estimate (RAB)")).to_be_visible()
    expect(page.get_by_role("contentinfo", name="Total")).to_contain_text(indonesian[0].replace(".", ","))


def test_a_lost_connection_is_told_and_the_page_stays(visit: Any, cast: Cast) -> None:
    visitor = visit(cast.ani)
    page = visitor.go(f"/p/{priced_project(cast).code}/")
    page.route("**/items/*/", lambda route: route.abort())
    page.get_by_role("row").filter(has_text="bouwplank").click()
    expect(page.locator(".toast-error")).to_contain_text("Server tidak menjawab")
    expect(page.locator("tr.item").first).to_be_visible()
    page.get_by_role("button", name="Tutup", exact=True).last.click()
    expect(page.locator(".toast")).to_have_count(0)
    visitor.complaints.clear()


def test_a_refused_request_is_told_where_its_answer_would_stand(visit: Any, cast: Cast) -> None:
    visitor = visit(cast.ani)
    project = priced_project(cast)
    page = visitor.go(f"/p/{project.code}/")
    project.items.get(code="1.1.4.2").delete()
    page.get_by_role("row").filter(has_text="bouwplank").click()
    alert = page.get_by_role("complementary", name="Rincian").get_by_role("alert")
    expect(alert).to_be_visible()
    page.get_by_role("row").filter(has_text="Mobilisasi").click()
    expect(alert).to_have_count(0)
    visitor.complaints.clear()


def test_a_refused_file_says_why_beside_the_field(visit: Any, cast: Cast) -> None:
    visitor = visit(cast.ani)
    page = visitor.go(f"/p/{priced_project(cast).code}/import/")
    page.get_by_label("1.234,56 (Indonesia)").check()
    file = {"name": "bukan.xlsx", "mimeType": "application/octet-stream", "buffer": b"bukan buku kerja"}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Baca berkas").click()
    expect(page.get_by_role("alert")).to_contain_text("bukan.xlsx")
    expect(page.get_by_label("1.234,56 (Indonesia)")).to_be_checked()
    visitor.complaints.clear()
