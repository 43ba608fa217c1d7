"""Prices of a project: one whole journey, by typing, by list and by purchase unit, with what each does to the total."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from playwright.sync_api import Locator, Page, expect

from ahsp.estimates.models import ProjectConversion, ProjectPrice
from tests.browser.offices import priced_project
from tests.browser.test_takeoff import paste
from tests.browser.workspace import expect_saved
from tests.people import Cast


def cell(page: Page, name: str, column: int) -> Locator:
    rows = page.locator(".price-grid .grid-body .grid-row:not([hidden])")
    row = rows.filter(has=page.get_by_text(name, exact=True)).first
    return row.locator(f"[data-column='{column}']")


RECORDED, PER, STATE = 3, 4, 6


def type_a_price(page: Page) -> None:
    """The first missing one is where the cursor begins; its effect shows before it is written."""
    total = page.locator("[data-total]")
    before = total.inner_text()
    page.keyboard.type("1.250.000")
    expect(page.locator("[data-supposed]")).to_contain_text("jika disimpan")
    assert total.inner_text() == before
    page.keyboard.press("Enter")
    expect(total).not_to_have_text(before)
    expect(page.locator("[data-supposed]")).to_have_count(0)


def bring_a_list(page: Page, name: str, unit: str) -> None:
    """Rows of a spreadsheet: one fits, one needs to know how its unit is read, one is no resource of the project."""
    cell(page, name, 1).click()
    head = "Uraian\tSatuan\tHarga\tSumber\n"
    paste(page, f"{head}{name}\t{unit}\t131.500,00\tSurvei <b>pasar</b>\nEmas\tgram\t9,5\t\nMandor\tOH\t12.500\t")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator(".tag-ok")).to_contain_text(["1 ditulis", "ditulis"])
    expect(dialog.locator(".tag-bad").first).to_have_text("1 tidak terbaca")
    dialog.locator("select").first.select_option("id")
    expect(dialog.locator(".tag-ok").first).to_have_text("2 ditulis")
    dialog.get_by_role("button", name="Tulis 2 harga").click()
    expect(cell(page, name, STATE)).to_have_text("◆ proyek")


def look_for(page: Page, words: str) -> None:
    """Only rows in sight are in the page."""
    page.locator("[data-filter]").fill(words)


def buy_by_the_bag(page: Page, name: str) -> None:
    look_for(page, name)
    cell(page, name, RECORDED).click()
    page.keyboard.press("Control+u")
    dialog = page.locator("dialog[open]")
    for label, text in (("Satuan beli", "zak"), ("1 zak", "50"), ("Harga per zak", "72.500")):
        dialog.get_by_label(label).fill(text)
    expect(dialog.locator(".price-form-note")).to_have_text("= Rp 1.450 per kg")
    page.keyboard.press("Enter")
    expect(cell(page, name, RECORDED)).to_have_text("72.500")
    expect(cell(page, name, PER)).to_have_text("zak")
    expect(page.locator(".price-now")).to_contain_text("1.450")
    expect(page.locator("[data-panel-body] .facts")).to_contain_text("1 zak = 50 kg")


def suppose(page: Page) -> None:
    page.get_by_role("button", name="Pengandaian").click()
    page.locator(".price-slider input.input").first.fill("10")
    expect(page.locator("[data-supposed]")).to_contain_text("seandainya")
    expect(page.locator(".price-outcome tbody tr").first).to_contain_text("Upah")
    expect(page.locator(".price-outcome > .meta")).to_contain_text("Tidak ikut berubah:")
    page.locator(".price-what-if-head").get_by_role("button", name="Tutup").click()
    expect(page.locator("[data-supposed]")).to_have_count(0)


def test_a_project_is_priced_by_typing_by_list_and_by_the_bag(visit: Any, cast: Cast) -> None:
    project = priced_project(cast)
    visitor = visit(cast.budi)
    page = visitor.go(f"/p/{project.code}/work/prices/")
    expect(page.locator(".price-grid .grid-cell.is-active")).to_be_visible()
    type_a_price(page)
    bring_a_list(page, "Pekerja", "OH")
    buy_by_the_bag(page, "Semen Portland")
    revision = project.__class__.objects.get(pk=project.pk).revision
    suppose(page)
    assert project.__class__.objects.get(pk=project.pk).revision == revision
    own = {one.name: one for one in ProjectPrice.objects.filter(project=project)}
    assert own["Pekerja"].source == "Survei <b>pasar</b>"
    assert (own["Mandor"].price, own["Semen Portland"].purchase_unit) == (12_500, "zak")
    assert ProjectConversion.objects.get(project=project).factor == Decimal(50)
    look_for(page, "")
    # A price that cannot be read stays where it was typed and says why; three steps back undo the three acts.
    cell(page, "Mandor", RECORDED).click()
    page.keyboard.type("12,500")
    page.keyboard.press("Enter")
    expect(cell(page, "Mandor", RECORDED)).to_have_attribute("data-state", "error")
    visitor.complaints = [one for one in visitor.complaints if "422" not in one]
    for _ in range(3):
        page.keyboard.press("Control+z")
    look_for(page, "Semen Portland")
    expect(cell(page, "Semen Portland", PER)).to_have_text("kg")
    expect(page.locator("[data-supposed]")).to_have_count(0)
    # Each step back shows as soon as it is done.
    expect_saved(page)
    assert not ProjectPrice.objects.filter(project=project).exists()
