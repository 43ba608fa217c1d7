"""An analysis modified from the bill: its differences beside the reference, undone, copied, replaced everywhere."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from ahsp.estimates.models import ProjectAnalysis, WorkItem
from tests.browser.offices import priced_project
from tests.browser.workspace import expect_saved
from tests.people import Cast

COEFFICIENT, BEFORE, EFFECT = 2, 5, 6


def line(page: Page, text: str) -> Locator:
    return page.locator(".analysis-sheet .grid-row:not([hidden])").filter(has_text=text).first


def named(page: Page, text: str) -> Locator:
    return page.locator(".analysis-sheet").get_by_role("gridcell", name=text, exact=True)


def cell(row: Locator, column: int) -> Locator:
    return row.locator(f"[data-column='{column}']")


def modify_from_the_bill(page: Page, item: WorkItem) -> None:
    """This line alone, from the inspector of the bill."""
    page.locator(".boq-grid .grid-row:not([hidden])").filter(has_text=item.code).first.locator(".grid-cell").nth(
        2
    ).click()
    page.get_by_role("tab", name="Analisa").click()
    page.get_by_role("button", name="Ubah untuk pekerjaan ini saja").click()
    expect(page.locator(".analysis-name")).to_contain_text(f"{item.code}-M1")


def change_a_coefficient(page: Page) -> None:
    """The difference stands beside the reference, with its effect; Ctrl+Z takes it back, Ctrl+Y does it again."""
    worker = line(page, "Pekerja")
    cell(worker, COEFFICIENT).click()
    page.keyboard.type("0,9")
    page.keyboard.press("Enter")
    expect(cell(worker, BEFORE)).to_have_text("≠ 0,75")
    expect(cell(worker, EFFECT)).to_have_text("+18.000")
    page.keyboard.press("Control+z")
    expect(cell(worker, BEFORE)).to_have_text("")
    page.keyboard.press("Control+y")
    expect(cell(worker, BEFORE)).to_have_text("≠ 0,75")
    expect_saved(page)


def add_a_resource(page: Page) -> None:
    """Found by a few letters, with its price; only the coefficient is typed."""
    cell(line(page, "Ketik nama alat"), 0).click()
    page.keyboard.type("molen")
    expect(page.get_by_role("listbox", name="Sumber daya yang dikenal")).to_contain_text("Molen")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("0,05")
    page.keyboard.press("Enter")
    expect(page.locator(".analysis-sheet .is-added").first).to_have_text("+ baru")
    expect_saved(page)


def replace_everywhere(page: Page) -> None:
    """The effect is told before anything is written."""
    cell(line(page, "Mandor"), 0).click()
    page.get_by_role("button", name="Ganti sumber daya").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nama").nth(1).fill("Kepala Tukang")
    dialog.get_by_role("option").filter(has_text="Kepala Tukang").first.click()
    expect(dialog).to_contain_text("pekerjaan berubah")
    expect(dialog).to_contain_text("Total sesudahnya")
    assert ProjectAnalysis.objects.count() == 1
    dialog.get_by_role("button", name="Ganti", exact=True).click()
    expect(named(page, "Kepala Tukang")).to_be_visible()
    expect_saved(page)


def test_an_analysis_is_modified_compared_and_replaced(visit: Any, cast: Cast) -> None:
    project = priced_project(cast)
    item = WorkItem.objects.get(project=project, code="1.2.1.1.1")
    page: Page = visit(cast.ani).go(f"/p/{project.code}/work/boq/")
    modify_from_the_bill(page, item)
    change_a_coefficient(page)
    add_a_resource(page)
    used = page.locator(".analyses-list .grid-row:not([hidden])").filter(has_text="1.2.1.1.1-M1")
    expect(used).to_have_count(1)
    replace_everywhere(page)
    assert ProjectAnalysis.objects.count() > 100
    page.keyboard.press("Escape")
    page.locator(".analysis-sheet .grid-table").focus()
    page.keyboard.press("Control+z")
    expect(named(page, "Mandor")).to_be_visible()
    expect_saved(page)
    assert ProjectAnalysis.objects.get(project=project).code == "1.2.1.1.1-M1"
