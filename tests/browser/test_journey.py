"""The main job, from an account that does not exist yet to the documents on disk."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from ahsp.engine.numbers import Notation, format_number
from tests.browser.offices import BILL, VAT_DATE

SETTINGS = ("--overhead", "10", "--vat-date", VAT_DATE.isoformat(), "--hours-per-day", "8", "--locale", "id")
ROUNDING = ("--unit-price-rounding", "half-up:0.01", "--total-rounding", "floor:1000")


def price_at_the_command_line() -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", "ahsp.cli.main", "price", str(BILL), "--json", *SETTINGS, *ROUNDING]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def rupiah(text: str) -> str:
    """A decimal in JSON as an Indonesian page writes it."""
    return format_number(Decimal(text), Notation.INDONESIAN, max_decimals=2)


def without_places(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines with the codes of their issues alone: the command line adds where in the file each one arose."""
    return [{**line, "issues": [issue["code"] for issue in line["issues"]]} for line in lines]


def sign_up(page: Page) -> None:
    page.get_by_role("link", name="Daftar", exact=True).click()
    page.get_by_label("Nama Anda").fill("Sari Wulandari")
    page.get_by_label("Organisasi").fill("CV Hitung Cermat")
    page.locator("input[type=email]").fill("sari@example.com")
    page.locator("input[type=password]").fill("bata-merah-setengah")
    page.get_by_role("button", name="Buat akun").click()
    expect(page.get_by_role("heading", name="Mulai dengan sebuah proyek")).to_be_visible()


def create_project(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Buat proyek").first.click()
    page.get_by_label("Nama proyek").fill("Gedung Kantor Pelayanan")
    page.get_by_label("Jam kerja per hari").select_option("8")
    page.get_by_label("Tanggal penentu aturan PPN").fill(VAT_DATE.isoformat())
    page.get_by_role("button", name="Buat proyek").click()
    expect(page.get_by_role("heading", name="Impor BoQ")).to_be_visible()


def import_bill(page: Page, items: int) -> None:
    page.locator("input[type=file]").set_input_files(BILL)
    expect(page.locator("[data-file-name]")).to_contain_text(BILL.name)
    page.get_by_role("button", name="Baca berkas").click()
    expect(page.get_by_role("heading", name=BILL.name)).to_be_visible()
    first_item = page.locator("tr.kind-item").first
    expect(first_item).to_contain_text("Mobilisasi dan demobilisasi peralatan")
    expect(first_item).to_contain_text("18.500.000,00")
    expect(page.locator("tr.kind-subtotal").first).to_contain_text("subtotal")
    page.get_by_role("button", name=f"Impor {items} pekerjaan").click()


def follow_a_rupiah(page: Page) -> None:
    page.get_by_role("row").filter(has_text="Pemasangan bouwplank").first.click()
    inspector = page.get_by_role("complementary", name="Rincian")
    expect(inspector.get_by_role("heading", name=re.compile("bouwplank"))).to_be_visible()
    inspector.get_by_role("button", name="Dari mana?").click()
    origin = inspector.locator(".sheet-line").first
    expect(origin).to_contain_text("47/SE/Dk/2026, Lampiran VI, 1.1.4.2")
    expect(origin).to_contain_text("Harga contoh Cipta Karya 2026")


def download(page: Page, name: str, folder: Path) -> Path:
    page.locator("summary", has_text="Unduh").click()
    with page.expect_download() as waiting:
        page.get_by_role("link" if name == "JSON" else "button", name=name).first.click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_from_sign_up_to_the_documents(visit: Any, worker: None, tmp_path: Path) -> None:  # noqa: ARG001
    expected = price_at_the_command_line()
    assert len(expected["lines"]) > 200
    incomplete = sum(line["status"] != "PRICED" for line in expected["lines"])
    assert incomplete > 0
    page = visit().go("/")

    sign_up(page)
    create_project(page)
    import_bill(page, len(expected["lines"]))

    total = page.get_by_role("contentinfo", name="Total")
    expect(total).to_contain_text(f"Rp\N{NO-BREAK SPACE}{rupiah(expected['rounded_total'])}")
    expect(total).to_contain_text(rupiah(expected["vat"]["amount"]))
    expect(page.locator("tr.item")).to_have_count(len(expected["lines"]))

    page.get_by_role("main").get_by_role("button", name=f"{incomplete} belum lengkap").click()
    expect(page.locator("tr.item:visible")).to_have_count(incomplete)
    page.get_by_role("main").get_by_role("button", name=f"{incomplete} belum lengkap").click()
    expect(page.locator("tr.item:visible")).to_have_count(len(expected["lines"]))

    follow_a_rupiah(page)

    workbook = openpyxl.load_workbook(download(page, "XLSX", tmp_path), data_only=True)
    values = {cell for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row}
    assert float(expected["rounded_total"]) in values
    text = "".join(sheet.extract_text() for sheet in PdfReader(download(page, "PDF", tmp_path)).pages)
    assert rupiah(expected["rounded_total"]) in text
    words = Document(str(download(page, "DOCX", tmp_path)))
    assert any(rupiah(expected["rounded_total"]) in cell.text for cell in words.tables[2].column_cells(1))
    data = json.loads(download(page, "JSON", tmp_path).read_text(encoding="utf-8"))
    assert without_places(data["lines"]) == without_places(expected["lines"])
    assert (data["subtotal"], data["vat"], data["total"]) == (
        expected["subtotal"],
        expected["vat"],
        expected["total"],
    )
