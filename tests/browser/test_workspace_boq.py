"""A bill is put in order without the mouse: pasted, filled down, moved, indented, copied and removed; all of it is
undone and done again, and the page shows the totals of the API throughout."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ahsp.estimates.models import WorkItem
from ahsp.projects.models import Project
from tests.acting import carry_out
from tests.browser.offices import empty_project, priced_project
from tests.browser.test_journey import rupiah
from tests.browser.test_pages import faults_of
from tests.browser.workspace import expect_saved
from tests.people import Cast

CLIPBOARD = ["clipboard-read", "clipboard-write"]
DESCRIPTION, QUANTITY = "Uraian pekerjaan", "Volume"
BLOCK = """\
A\tPEKERJAAN TANAH\t\t\t
1\tGalian tanah\tm3\t1.250\t80.000
2\tUrugan pasir\tm3\t=2*(3+4)\t150.000
\tJumlah A\t\t\t102.100.000
B\tPEKERJAAN LAIN\t\t\t
1\tPagar <b>sementara</b>\tm1\t30\t250.000
2\tPapan nama\tbh\tdua\t500.000
"""
PASTED = ["PEKERJAAN TANAH", "> Galian tanah", "> Urugan pasir", "PEKERJAAN LAIN", "> Pagar <b>sementara</b>"]
# Rows are drawn in no order; where they stand is told to screen readers. A ">" for each level below the first.
SHOWN = """() => [...document.querySelectorAll("[role=treegrid] [role=row][aria-level]:not(.is-draft, [hidden])")]
  .sort((a, b) => a.ariaRowIndex - b.ariaRowIndex)
  .map((row) => ">".repeat(row.ariaLevel - 1) + " " + row.querySelector(".grid-label").textContent)
  .map((text) => text.trim())"""
NESTED = [PASTED[0], PASTED[2], PASTED[1], "> PEKERJAAN LAIN", ">> Pagar <b>sementara</b>"]


@pytest.fixture
def project(cast: Cast) -> Project:
    return empty_project(cast)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def expect_rows(page: Page, rows: list[str]) -> None:
    page.wait_for_function(
        f"wanted => JSON.stringify(({SHOWN})()) === wanted", arg=json.dumps(rows, separators=(",", ":"))
    )


def expect_the_total_of_the_api(page: Page, project: Project) -> str:
    """The rounded total, which stands on the page as the API gives it."""
    expect_saved(page)
    address = f"/api/v2/projects/{project.code}/recap/"
    total: str = page.evaluate("path => fetch(path).then(answer => answer.json())", address)["rounded_total"]
    expect(page.locator("[data-total]")).to_contain_text(rupiah(total))
    return total


def go_to(page: Page, words: str, title: str = DESCRIPTION) -> None:
    """The cursor to a cell, by arrows from the corner."""
    rows = [text.lstrip("> ") for text in page.evaluate(SHOWN)]
    press(page, "Control+Home", *["ArrowDown"] * rows.index(words))
    column = page.get_by_role("columnheader", name=title)
    for _ in range(9):
        if "is-current" in (column.get_attribute("class") or ""):
            return
        press(page, "ArrowRight")
    pytest.fail(f"no way to {title}")


def paste(page: Page) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", BLOCK)
    press(page, "Control+v")
    dialog = page.get_by_role("dialog", name="Tempel dari lembar kerja")
    expect(dialog.get_by_text("“dua” bukan bilangan")).to_be_visible()
    write = dialog.get_by_role("button", name="Tempel")
    expect(write).to_be_disabled()
    dialog.get_by_label("Lewati baris bermasalah").press("Space")
    write.press("Enter")
    expect(dialog).to_be_hidden()


def put_in_order(page: Page, project: Project) -> Iterator[str]:
    """Work on the pasted bill; the total after each act."""
    go_to(page, "Galian tanah", QUANTITY)
    press(page, "Shift+ArrowDown", "Control+d")
    yield expect_the_total_of_the_api(page, project)
    go_to(page, "Urugan pasir")
    press(page, "Alt+ArrowUp")
    expect_rows(page, [PASTED[0], PASTED[2], PASTED[1], *PASTED[3:]])
    yield expect_the_total_of_the_api(page, project)
    go_to(page, "PEKERJAAN LAIN")
    press(page, "Alt+Shift+ArrowRight")
    expect_rows(page, NESTED)
    yield expect_the_total_of_the_api(page, project)
    go_to(page, NESTED[-1].lstrip("> "))
    press(page, "Control+Shift+d")
    expect_rows(page, [*NESTED, NESTED[-1]])
    yield expect_the_total_of_the_api(page, project)
    go_to(page, "PEKERJAAN LAIN")
    press(page, "Control+-")
    question = page.get_by_role("dialog", name="Masih dipakai di tempat lain")
    expect(question).to_contain_text("2 baris di dalamnya")
    question.get_by_role("button", name="Lanjutkan").press("Enter")
    expect_rows(page, NESTED[:3])
    yield expect_the_total_of_the_api(page, project)


def test_a_bill_is_put_in_order_on_the_keyboard(visit: Any, cast: Cast, project: Project) -> None:
    visitor = visit(cast.ani, permissions=CLIPBOARD)
    page = visitor.go(f"/p/{project.code}/work/")
    expect(page.get_by_role("treegrid")).to_be_focused()
    paste(page)
    expect_rows(page, PASTED)
    totals = [expect_the_total_of_the_api(page, project), *put_in_order(page, project)]
    assert len(set(totals)) == 4

    for total in [*reversed(totals[:-1]), "0"]:
        press(page, "Control+z")
        expect(page.locator("[data-total]")).to_contain_text(rupiah(total))
    expect_rows(page, [])
    for total in totals:
        press(page, "Control+y")
        expect(page.locator("[data-total]")).to_contain_text(rupiah(total))
    expect_rows(page, NESTED[:3])
    expect_the_total_of_the_api(page, project)
    # The browser itself logs that the server asked first.
    visitor.complaints[:] = [said for said in visitor.complaints if "409" not in said]


def test_rows_changed_since_a_version_are_shown_and_stay_in_the_address(visit: Any, cast: Cast) -> None:
    project = priced_project(cast)
    carry_out(cast.budi, project, "versions.save", name="Untuk rapat")
    item = WorkItem.objects.filter(project=project, code="1.1.4.2").get()
    cell = {"key": f"i{item.pk}", "version": None, "values": {"quantity": "97"}}
    revision = project.changes.latest("revision").revision
    carry_out(cast.budi, project, "items.set", cells=[cell])
    page = visit(cast.ani).go(f"/p/{project.code}/work/boq/")
    states = page.get_by_label("Tampilkan", exact=True)
    states.select_option("since")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("awal hari").last).to_have_value(re.compile(r"\d{4}-\d\d-\d\d"))
    dialog.get_by_label("versi").last.select_option(str(revision))
    assert faults_of(page, axe=False) == []
    dialog.get_by_role("button", name="Tampilkan").click()
    expect_rows(page, ["PEKERJAAN PERSIAPAN", "> Pemasangan bouwplank"])
    expect(states.locator("option:checked")).to_have_text("Berubah sejak Untuk rapat (1)")
    page.reload()
    expect_rows(page, ["PEKERJAAN PERSIAPAN", "> Pemasangan bouwplank"])
    expect(states.locator("option:checked")).to_have_text(f"Berubah sejak revisi {revision} (1)")
    states.select_option("since")
    page.keyboard.press("Escape")
    expect(states.locator("option:checked")).to_have_text(f"Berubah sejak revisi {revision} (1)")
