"""A bill of more than two hundred lines, from the file to the documents, as one person's command."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from pypdf import PdfReader

from ahsp.engine.numbers import Notation, format_number
from tests.exchange.documents.recalculation import by_libreoffice, differences
from tests.exchange.price.runs import GOLDEN, ROOT, as_json, run_process

BILL = ROOT / "data" / "demo" / "boq-gedung.csv"


def test_every_rendering_shows_the_same_total(tmp_path: Path) -> None:
    arguments = (BILL, "--total-rounding", "floor:1000", "--vat-date", "2026-02-13")
    workbook, pdf = tmp_path / "rab.xlsx", tmp_path / "rab.pdf"
    shape = json.loads(run_process(*arguments, "--json", "-o", workbook, folder=tmp_path).out)
    shown = run_process(*arguments, "-o", pdf, folder=tmp_path)
    assert shown.code == 0
    total = format_number(Decimal(shape["rounded_total"]), Notation.INDONESIAN, decimals=2)
    assert f"≥ {total}" in shown.out
    assert str(pdf) in shown.out
    assert total in PdfReader(pdf).pages[0].extract_text()
    cells = {cell for row in load_workbook(workbook, data_only=True)["Rekapitulasi"].values for cell in row}
    assert float(shape["rounded_total"]) in cells


def test_lines_are_priced_and_totals_follow_from_them() -> None:
    shape = as_json(BILL, "--vat-date", "2026-02-13")
    lines = shape["lines"]
    assert len(lines) > 200
    for line in lines:
        if line["amount"] is not None:
            exact = Decimal(line["quantity"]) * Decimal(line["unit_price"])
            assert abs(exact - Decimal(line["amount"])) <= Decimal("0.005")
    subtotal = sum(Decimal(line["amount"]) for line in lines if line["amount"] is not None)
    assert Decimal(shape["subtotal"]) == subtotal
    assert Decimal(shape["total"]) == subtotal + Decimal(shape["vat"]["amount"])
    open_lines = [line for line in lines if line["status"] != "PRICED"]
    assert shape["complete"] is (not open_lines)
    assert all(line["issues"] for line in open_lines)


def test_sums_in_the_file_are_not_counted() -> None:
    shape = as_json(BILL)
    assert not any("JUMLAH" in line["description"] for line in shape["lines"])
    told = [issue for issue in shape["issues"] if issue["code"] == "row.subtotal"]
    assert any("JUMLAH III" in issue["text"] for issue in told)


def test_an_english_bill_is_read_and_answered_in_english(tmp_path: Path) -> None:
    done = run_process(GOLDEN / "boq-house-en.csv", "--locale", "en", "-o", tmp_path / "out.xlsx", folder=tmp_path)
    assert done.code == 0
    assert "In words" in done.out
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["Summary", "Bill", "Analyses", "Prices", "Notes"]


def test_the_workbook_of_the_bill_is_a_proof(tmp_path: Path, soffice: str) -> None:
    path = tmp_path / "rab.xlsx"
    run_process(BILL, "--unit-price-rounding", "floor:1", "-o", path, folder=tmp_path)
    assert differences(path, by_libreoffice(soffice, path, tmp_path)) == []
