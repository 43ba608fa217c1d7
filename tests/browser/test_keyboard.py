"""The main acts without a pointer."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.offices import priced_project
from tests.people import PASSWORD, Cast


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('tr')?.id ?? document.activeElement.tagName"))


def test_signing_in(visit: Any, cast: Cast) -> None:
    page = visit().go("/account/login/")
    page.keyboard.type(cast.ani.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mulai dengan sebuah proyek")).to_be_visible()


def test_the_first_stop_leads_past_the_bars_to_the_content(visit: Any, cast: Cast) -> None:
    page = visit(cast.ani).go(f"/p/{priced_project(cast).code}/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Langsung ke isi")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_walking_folding_and_opening_rows(visit: Any, cast: Cast) -> None:
    page = visit(cast.ani).go(f"/p/{priced_project(cast).code}/")
    rows = page.locator("tr[role=row][id]")
    rows.first.focus()
    top, first, second = (rows.nth(place).get_attribute("id") for place in range(3))

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused(page) == second
    page.keyboard.press("ArrowUp")
    assert focused(page) == first
    page.keyboard.press("ArrowLeft")
    assert focused(page) == top
    page.keyboard.press("ArrowLeft")
    expect(rows.nth(1)).to_be_hidden()

    page.reload()
    expect(rows.first).to_have_attribute("aria-expanded", "false")
    expect(rows.nth(1)).to_be_hidden()
    rows.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    inspector = page.get_by_role("complementary", name="Rincian")
    expect(inspector.get_by_role("heading", name=re.compile("Mobilisasi"))).to_be_visible()
    assert focused(page) == first
    page.keyboard.press("End")
    last = rows.last.get_attribute("id")
    assert focused(page) == last


def test_searching_from_anywhere(visit: Any, cast: Cast) -> None:
    page = visit(cast.ani).go("/projects/")
    page.keyboard.press("/")
    search = page.get_by_role("combobox")
    expect(search).to_be_focused()
    page.keyboard.type("2.2.1.4.5")
    expect(page.get_by_role("option", name="2.2.1.4.5").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/a/2\.2\.1\.4\.5/$"))
    page.keyboard.press("Control+k")
    page.keyboard.type("buat")
    expect(page.get_by_role("option", name="Buat proyek")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(search).to_be_hidden()


def test_searching_for_a_project_by_name(visit: Any, cast: Cast) -> None:
    project = priced_project(cast)
    page = visit(cast.ani).go("/catalog/")
    page.keyboard.press("Control+k")
    page.keyboard.type(project.name)
    expect(page.get_by_role("option", name=project.name)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/p/{project.code}/$"))


def test_the_inspector_folds_and_keeps_its_width(visit: Any, cast: Cast) -> None:
    address = f"/p/{priced_project(cast).code}/"
    page = visit(cast.ani).go(address)
    handle = page.get_by_role("separator")
    before = int(handle.get_attribute("aria-valuenow") or 0)
    handle.focus()
    page.keyboard.press("ArrowLeft")
    page.reload()
    expect(handle).to_have_attribute("aria-valuenow", str(before + 16))
    assert page.locator(".inspector").bounding_box()["width"] == before + 16
    page.get_by_role("main").get_by_role("button", name="Rincian").press("Enter")
    expect(page.locator(".inspector")).to_be_hidden()
