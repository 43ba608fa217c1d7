"""Quantities from dimensions: one whole journey, with the keyboard as far as a spreadsheet has it."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from ahsp.estimates.models import TakeoffLine, WorkItem
from tests.browser.offices import priced_project
from tests.browser.workspace import paste
from tests.people import Cast


def row(page: Page, pane: str, place: int) -> Locator:
    return page.locator(f".volume-{pane} .grid-row[data-place='{place}']:not([hidden])")


def blank(page: Page, pane: str) -> Locator:
    return page.locator(f".volume-{pane} .grid-row.is-draft:not([hidden])").last


def item_row(page: Page, item: WorkItem) -> Locator:
    return page.locator(".volume-items .grid-row:not([hidden])").filter(has_text=item.description[:18])


def cell(row: Locator, column: int) -> Locator:
    return row.locator(f"[data-column='{column}']")


def type_cells(page: Page, *texts: str) -> None:
    """From the active cell to the right; the last is left with Enter, which begins the line below."""
    for at, text in enumerate(texts):
        page.keyboard.type(text)
        page.keyboard.press("Enter" if at == len(texts) - 1 else "Tab")


def measure(page: Page) -> None:
    """A parameter by its name and formula, and two lines; the parameter's name is put in with a press."""
    figure = page.locator(".volume-figure")
    cell(blank(page, "parameters"), 0).click()
    type_cells(page, "tinggi", "1,5*2")
    expect(cell(row(page, "parameters", 0), 2)).to_have_text("3")
    cell(blank(page, "sheet"), 0).click()
    for text in ("As A", "2", "4,5", ""):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.type("2*")
    cell(row(page, "parameters", 0), 0).click()
    page.keyboard.press("Enter")
    expect(figure).to_contain_text("54,00")
    type_cells(page, "Pintu", "", "", "", "", "0,8*2,1")
    expect(figure).to_contain_text("52,32")
    expect(cell(row(page, "sheet", 1), 7)).to_have_text("−1,68")


def refer(page: Page, item: WorkItem, to: WorkItem) -> Locator:
    """`item` is twice `to`: its name is put in with a press, and the formula stays in sight. The row of `item`."""
    follower = item_row(page, item)
    cell(follower, 2).click()
    page.keyboard.type("=2*")
    cell(item_row(page, to), 1).click()
    page.keyboard.press("Enter")
    expect(cell(follower, 2)).to_have_text("104,64")
    cell(follower, 1).click()
    expect(page.locator(".volume-note code")).to_have_text(f"=2*v{to.tag}")
    return follower


def mend_what_was_pasted(page: Page) -> None:
    """What is no number stays as it came, with what is wrong with it."""
    cell(blank(page, "sheet"), 0).click()
    paste(page, "As B\t1\t2,5\nAs C\t2 m\t3")
    wrong = cell(row(page, "sheet", 3), 1)
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".volume-note")).to_contain_text("4")
    wrong.click()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator(".volume-figure")).to_contain_text("60,82")


def downloaded(page: Page) -> dict[object, object]:
    """The quantities of the back-up volume by what items are called."""
    page.get_by_role("button", name="Unduh back-up volume").click()
    page.get_by_role("button", name="Buku kerja dengan rumus").click()
    with page.expect_download() as started:
        page.locator("#job-tray").get_by_role("link", name="Unduh").click()
    book = load_workbook(io.BytesIO(started.value.path().read_bytes()), data_only=True)
    return {cells[10]: cells[8] for cells in book["Volume"].iter_rows(values_only=True)}


def test_a_quantity_is_taken_off_and_others_follow(visit: Any, cast: Cast, worker: None) -> None:  # noqa: ARG001
    project = priced_project(cast)
    first, second = WorkItem.objects.filter(project=project).order_by("section__position", "position")[:2]
    page = visit(cast.ani).go(f"/p/{project.code}/work/volume/?item=i{first.pk}")
    measure(page)
    follower = refer(page, second, first)
    # The parameter moves both, in one step that can be undone.
    cell(row(page, "parameters", 0), 1).click()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(cell(follower, 2)).to_have_text("140,64")
    page.keyboard.press("Control+z")
    expect(cell(follower, 2)).to_have_text("104,64")
    cell(item_row(page, first), 1).click()
    mend_what_was_pasted(page)
    assert TakeoffLine.objects.filter(item=first).count() == 4
    found = downloaded(page)
    assert (found[f"v{first.tag}"], found[f"v{second.tag}"]) == (60.82, 121.64)
