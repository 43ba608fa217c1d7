"""The workbook as a person meets it: sheets, heads, paper, and what is said beside the numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from ahsp.engine.estimate import Section
from tests.exchange.documents.recalculation import write
from tests.exchange.documents.samples import complete_children, document, item


@pytest.fixture
def indonesian(tmp_path: Path) -> Workbook:
    return load_workbook(write(document(), tmp_path), data_only=True)


def texts(book: Workbook, sheet: str) -> list[str]:
    return [str(cell) for row in book[sheet].iter_rows(values_only=True) for cell in row if cell is not None]


def test_sheets_stand_in_the_order_they_are_read(indonesian: Workbook) -> None:
    assert indonesian.sheetnames == ["Rekapitulasi", "RAB", "Analisa", "Harga", "Catatan"]


def test_sheets_are_named_in_the_language_of_the_document(tmp_path: Path) -> None:
    book = load_workbook(write(document(language="en"), tmp_path))
    assert book.sheetnames == ["Summary", "Bill", "Analyses", "Prices", "Notes"]


def test_heads_repeat_and_everything_written_prints(indonesian: Workbook) -> None:
    for name in ("RAB", "Analisa", "Harga"):
        sheet = indonesian[name]
        head = int(sheet.print_title_rows.split("$")[-1])
        assert sheet.freeze_panes == f"A{head + 1}"
        assert sheet.print_area.endswith(f"${sheet.max_row}")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # As wide as one sheet of A4, as long as it takes.
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert "Halaman &P dari &N" in indonesian["RAB"].oddFooter.right.text


@pytest.mark.parametrize("name", ["Rekapitulasi", "RAB", "Analisa", "Harga", "Catatan"])
def test_example_prices_are_called_so_on_every_sheet(indonesian: Workbook, name: str) -> None:
    assert "Harga contoh — bukan harga satuan dasar (HSD)" in texts(indonesian, name)
    assert "Harga contoh" in indonesian[name].oddFooter.center.text


def test_prices_of_ones_own_are_not_called_examples(tmp_path: Path) -> None:
    book = load_workbook(write(document(prices_are_example=False, price_source="HSPK 2026"), tmp_path))
    assert not any("HSD" in text for name in book.sheetnames for text in texts(book, name))


def test_settings_are_printed(indonesian: Workbook) -> None:
    notes = texts(indonesian, "Catatan")
    assert "ke kelipatan Rp 0,01 terdekat, setengah ke atas" in notes
    assert "ke bawah ke kelipatan Rp 1.000" in notes
    assert "12 % dari dasar 11/12 jumlah, sejak 1 Januari 2025 (PMK 131/2024 ps. 3)" in notes
    assert "7 jam (1 OH = 7 OJ)" in notes


def test_every_open_item_is_listed_with_what_it_lacks(indonesian: Workbook) -> None:
    rows = {row[0]: row[2] for row in indonesian["Catatan"].iter_rows(values_only=True) if row[2]}
    assert "Kerikil" in rows["20"]
    assert "Barang langka" in rows["21"]
    assert rows["22"]
    assert "77.7" in rows["24"]


def test_the_summary_shows_both_lines_of_the_vat(indonesian: Workbook) -> None:
    rows = {row[1]: row[2] for row in indonesian["Rekapitulasi"].iter_rows(values_only=True)}
    estimate = document().estimate
    assert estimate.vat is not None
    assert rows["Dasar pengenaan pajak (DPP), 11/12 dari jumlah"] == float(estimate.vat.base)
    assert rows["PPN 12 % dari dasar pengenaan pajak"] == float(estimate.vat.amount)
    assert rows["Jumlah termasuk PPN"] == float(estimate.total)
    assert rows["Dibulatkan (ke bawah ke kelipatan Rp 1.000)"] == float(estimate.rounded_total)


def test_an_analysis_stands_once_for_each_rate(indonesian: Workbook) -> None:
    titles = [row[0] for row in indonesian["Analisa"].iter_rows(values_only=True)]
    assert titles.count("DIG") == 2
    assert titles.count("MORTAR") == 1
    # Only nested in others, by itself no work item.
    assert "CONCRETE" in titles


def test_a_converted_price_says_from_what(indonesian: Workbook) -> None:
    rows = {(row[1], row[2]): row for row in indonesian["Harga"].iter_rows(values_only=True)}
    assert rows["Pekerja", "OJ"][3:5] == (120000, "OH")
    assert rows["Pekerja", "OJ"][6] == pytest.approx(120000 / 7)
    assert rows["Semen Portland", "kg"][3:8] == (65000, "zak", 0.02, 1300, "dikonversi dari zak")


def test_a_complete_estimate_says_nothing_about_lower_bounds(tmp_path: Path) -> None:
    book = load_workbook(write(document(complete_children()), tmp_path), data_only=True)
    assert not any("≥" in text for name in book.sheetnames for text in texts(book, name))


def test_words_that_no_longer_hold_say_so(tmp_path: Path) -> None:
    path = write(document((item("1", "Galian", "m3", "1", "DIG"),), total="none"), tmp_path)
    formulas = [str(cell.value) for row in load_workbook(path)["Rekapitulasi"].iter_rows() for cell in row]
    assert any(text.startswith("=IF(ABS(C") and "tidak berlaku lagi" in text for text in formulas)


def test_a_tree_as_deep_as_can_be_is_written(tmp_path: Path) -> None:
    child = Section("s0", "1", "Dasar", (item("1", "Galian", "m3", "1", "DIG"),))
    for depth in range(1, 400):
        child = Section(f"s{depth}", str(depth), f"Bagian {depth}", (child,))
    book = load_workbook(write(document((child,)), tmp_path), data_only=True)
    assert "Jumlah 399 Bagian 399" in texts(book, "RAB")
