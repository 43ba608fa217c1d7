"""Somebody who knows spreadsheets prices a bill of two hundred lines, from an empty project, without the mouse; and the
workspace, the API, XLSX, PDF and the command line say the same totals of it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from ahsp.estimates.models import ProjectPrice
from ahsp.prices.models import Price
from ahsp.projects.models import Project
from tests.browser.offices import BILL, empty_project
from tests.browser.test_journey import ROUNDING, SETTINGS, download, rupiah
from tests.browser.workspace import expect_saved
from tests.people import Cast

KINDS = {"labor": "Upah", "material": "Bahan", "equipment": "Alat"}
PRICES = ("2.750.000", "18.500", "5.250.000", "62.500", "1.450.000", "125.000")
TYPED = 9
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def bill_rows() -> list[list[str]]:
    """Number, code, description, unit, quantity and own price of each line; headings and subtotals as they stand."""
    with BILL.open(encoding="utf-8-sig", newline="") as file:
        return [row[:6] for row in csv.reader(file, delimiter=";")][6:]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def type_line(page: Page, row: list[str]) -> None:
    """One line, as into a spreadsheet. The cursor is in the description of the blank row, before and after."""
    _, code, description, unit, quantity, price = row
    if code:
        page.keyboard.type(code)
        found = page.get_by_role("option").filter(has_text=code).first
        expect(found).to_be_visible()
        press(page, "ArrowDown", "Enter")
        expect(found).to_be_hidden()
        # The analysis gave description and unit, so the cursor went on to the quantity.
        page.keyboard.type(quantity)
        press(page, "Enter")
        return
    page.keyboard.type(description)
    press(page, "Escape", "Tab", "Tab")
    page.keyboard.type(unit)
    press(page, "Tab")
    page.keyboard.type(quantity)
    press(page, "Tab")
    page.keyboard.type(price)
    press(page, "Enter")


def paste_the_rest(page: Page, rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    # The blank row stands in the section above; further out comes the next one.
    press(page, "Alt+Shift+ArrowLeft", "Control+v")
    paste = page.get_by_role("button", name="Tempel", exact=True)
    expect(paste).to_be_focused()
    press(page, "Enter")
    expect(paste).to_be_hidden()
    expect(page.get_by_role("contentinfo", name="Total")).to_contain_text("229 pekerjaan")
    expect_saved(page)


def price_what_is_missing(page: Page) -> None:
    press(page, "Alt+4")
    grid = page.get_by_role("grid", name="Harga sumber daya")
    expect(grid).to_be_focused()
    expect(grid.get_by_text("belum ada")).to_have_count(len(PRICES))
    for price in PRICES:
        page.keyboard.type(price)
        press(page, "Enter")
    expect_saved(page)
    expect(grid.get_by_text("belum ada")).to_have_count(0)


def price_at_the_command_line(project: Project, rows: list[list[str]], folder: Path) -> dict[str, Any]:
    """What `./ahsp price` says of the same bill and prices, from files alone."""
    boq, prices = folder / "boq.csv", folder / "harga.csv"
    header = ["No.", "Kode Analisa", "Uraian Pekerjaan", "Satuan", "Volume", "Harga Satuan (Rp)"]
    with boq.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    own = list(ProjectPrice.objects.filter(project=project).values_list("kind", "name", "unit", "price"))
    book = Price.objects.filter(book=project.price_book).values_list("kind", "name", "unit", "price")
    with prices.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Jenis", "Nama", "Satuan", "Harga"])
        for kind, name, unit, price in [*book, *own]:
            writer.writerow([KINDS[kind], name, unit, f"{price:f}".replace(".", ",")])
    command = [sys.executable, "-P", "-m", "ahsp.cli.main", "price", str(boq), "--prices", str(prices), "--json"]
    done = subprocess.run([*command, *SETTINGS, *ROUNDING], capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def all_say(page: Page, project: Project, expected: dict[str, Any], folder: Path) -> None:
    """The workspace, the API, XLSX and PDF say what is `expected`."""
    total = page.get_by_role("contentinfo", name="Total")
    for figure in (expected["subtotal"], expected["vat"]["amount"], expected["rounded_total"]):
        expect(total).to_contain_text(rupiah(figure))
    told = page.evaluate("code => fetch(`/api/v2/projects/${code}/recap/`).then(answer => answer.json())", project.code)
    assert told["vat"]["amount"] == expected["vat"]["amount"]
    for name in ("subtotal", "total", "rounded_total"):
        assert told[name] == expected[name]
    page.goto(f"{page.url.split('/p/')[0]}/p/{project.code}/")
    workbook = openpyxl.load_workbook(download(page, "XLSX", folder), data_only=True)
    values = {cell for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {float(Decimal(expected[name])) for name in ("subtotal", "rounded_total")} <= values
    text = "".join(sheet.extract_text() for sheet in PdfReader(download(page, "PDF", folder)).pages)
    assert all(rupiah(expected[name]) in text for name in ("subtotal", "rounded_total"))


def test_a_bill_is_priced_on_the_keyboard(
    visit: Any,
    cast: Cast,
    worker: None,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    project, rows = empty_project(cast), bill_rows()
    page = visit(cast.ani, permissions=CLIPBOARD).go(f"/p/{project.code}/work/")
    expect(page.get_by_role("treegrid")).to_be_focused()

    press(page, "Control+b")
    page.keyboard.type(rows[0][2])
    press(page, "Enter")
    for row in rows[1 : TYPED + 1]:
        type_line(page, row)
    expect_saved(page)
    press(page, "Control+z")
    expect(page.get_by_text(rows[TYPED][4], exact=True)).to_be_hidden()
    press(page, "Control+y")
    paste_the_rest(page, rows[TYPED + 1 :])
    price_what_is_missing(page)

    expect(page.get_by_role("contentinfo", name="Total")).to_contain_text("Lengkap")
    expected = price_at_the_command_line(project, rows, tmp_path)
    assert len(expected["lines"]) > 200
    assert {line["status"] for line in expected["lines"]} == {"PRICED"}
    all_say(page, project, expected, tmp_path)
