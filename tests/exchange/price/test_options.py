"""Every option, each by what it changes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from ahsp.catalog.packages import edition_path, read_edition
from tests.exchange.price.runs import as_json, bill, run

# 1.2.1.1.1: 0.75 x 120,000 + 0.038 x 200,000 = 97,600 before overhead and profit.
DIGGING = "1;1.2.1.1.1;Galian tanah;m3;10;;"


def line_of(*arguments: str | Path) -> dict[str, str]:
    return as_json(*arguments)["lines"][0]


@pytest.fixture
def digging(tmp_path: Path) -> Path:
    return bill(tmp_path, DIGGING)


def test_the_worked_case_of_the_regulation(digging: Path) -> None:
    line = line_of(digging)
    assert (line["unit_price"], line["amount"], line["status"]) == ("107360.00", "1073600.00", "PRICED")


def test_overhead_is_in_percent(digging: Path) -> None:
    assert line_of(digging, "--overhead", "15")["unit_price"] == "112240.00"
    assert line_of(digging, "--overhead", "12,5")["unit_price"] == "109800.00"


def test_unusual_overhead_is_a_warning_and_no_refusal(digging: Path) -> None:
    codes = {issue["code"]: issue["severity"] for issue in as_json(digging, "--overhead", "1")["issues"]}
    assert codes["overhead.unusual"] == "warning"


@pytest.mark.parametrize("wrong", ["-1", "101", "ten", "12.500"])
def test_impossible_overhead_is_refused(wrong: str, digging: Path) -> None:
    result = run(digging, "--overhead", wrong)
    assert (result.exit_code, result.stdout) == (2, "")


def test_the_day_decides_the_vat(tmp_path: Path) -> None:
    """1,675,746,493.24 in 2024: 11 % = 184,332,114.26; from 2025 on 12 % of 11/12 is the same to the sen."""
    path = bill(tmp_path, "1;;Bangunan;Ls;1;1.675.746.493,24;")
    for day, rate, share in [("2024-05-01", "0.11", "1"), ("2025-01-01", "0.12", "11/12")]:
        shape = as_json(path, "--vat-date", day)
        assert shape["subtotal"] == "1675746493.24"
        assert shape["vat"] == {"rate": rate, "base_fraction": share, "amount": "184332114.26"}
        assert shape["total"] == "1860078607.50"
    assert as_json(path, "--vat-date", "2022-03-31")["vat"]["rate"] == "0.10"


def test_a_day_that_is_none_is_refused(digging: Path) -> None:
    assert run(digging, "--vat-date", "2024-13-01").exit_code == 2


@pytest.mark.parametrize(
    ("policy", "unit_price"),
    [("none", "109800.0"), ("floor:1", "109800"), ("half-up:1000", "110000"), ("floor:1000", "109000")],
)
def test_unit_prices_are_rounded_by_the_policy(policy: str, unit_price: str, digging: Path) -> None:
    line = line_of(digging, "--overhead", "12.5", "--unit-price-rounding", policy)
    assert Decimal(line["unit_price"]) == Decimal(unit_price)
    assert Decimal(line["amount"]) == Decimal(unit_price) * 10


def test_the_total_is_rounded_at_the_end(digging: Path) -> None:
    shape = as_json(digging, "--total-rounding", "floor:1000")
    assert (shape["total"], shape["rounded_total"]) == ("1191696.00", "1191000")
    assert shape["in_words"] == "satu juta seratus sembilan puluh satu ribu rupiah"
    assert as_json(digging)["rounded_total"] == "1191696.00"


@pytest.mark.parametrize("wrong", ["floor", "floor:0", "up:1", "floor:-1"])
def test_an_unknown_rounding_is_refused(wrong: str, digging: Path) -> None:
    assert run(digging, "--total-rounding", wrong).exit_code == 2


def test_locale_decides_how_numbers_are_read(tmp_path: Path) -> None:
    path = bill(tmp_path, "1;1.2.1.1.1;Galian tanah;m3;12.500;;")
    assert line_of(path, "--locale", "id")["quantity"] == "12500"
    assert line_of(path, "--locale", "en")["quantity"] == "12.500"
    refused = run(path, "--json")
    assert (refused.exit_code, refused.stdout) == (2, "")
    for part in ("boq.csv", "12.500", "2", "E"):
        assert part in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_locale_decides_the_language_of_what_is_said(tmp_path: Path) -> None:
    path = bill(tmp_path, "1;;Tanpa harga;Ls;1;;")
    assert line_of(path)["issues"][0]["text"] == (
        "boq.csv, baris 2, kolom B: Baris ini tidak memiliki kode analisis maupun harga satuan"
    )
    english = line_of(path, "--locale", "en")["issues"][0]["text"]
    assert english == "boq.csv, row 2, column B: The line has neither an analysis code nor a unit price"


def test_own_prices_are_read_from_a_file(tmp_path: Path) -> None:
    prices = tmp_path / "harga.csv"
    prices.write_text("Jenis;Nama;Satuan;Harga\nUpah;pekerja;OH;176000\nUpah;Mandor;OH;206000\n", encoding="utf-8")
    path = bill(tmp_path, DIGGING)
    shape = as_json(path, "--prices", prices)
    assert shape["lines"][0]["unit_price"] == "153810.80"
    assert not any(issue["code"] == "prices.example" for issue in shape["issues"])
    assert run(path, "--prices", prices).stderr == ""


def test_example_prices_are_called_so_even_beside_json(digging: Path) -> None:
    result = run(digging, "--json")
    assert "contoh" in result.stderr
    assert any(issue["code"] == "prices.example" for issue in json.loads(result.stdout)["issues"])


def test_hours_per_day_convert_days_to_hours(tmp_path: Path) -> None:
    """Of labour priced per day only, an hour is a seventh or an eighth of the day."""
    prices = tmp_path / "harga.csv"
    prices.write_text("Jenis;Nama;Satuan;Harga\nUpah;Pekerja;OH;120000\n", encoding="utf-8")
    edition = read_edition(edition_path("ck-se47-2026"))
    code = next(row.analysis for row in edition.line_rows() if (row.name, row.unit) == ("Pekerja", "OJ"))
    path = bill(tmp_path, f"1;{code};Pekerjaan berjam;{edition.analyses[code].unit};1;;")
    seven = Decimal(line_of(path, "--prices", prices, "--hours-per-day", "7")["unit_price"])
    eight = Decimal(line_of(path, "--prices", prices, "--hours-per-day", "8")["unit_price"])
    assert abs(seven * 7 - eight * 8) < Decimal("0.1")
    assert line_of(path, "--prices", prices)["unit_price"] == str(seven)


def test_strict_ends_with_three_after_writing(tmp_path: Path) -> None:
    path = bill(tmp_path, f"{DIGGING}\n2;;Tanpa harga;Ls;1;;")
    out = tmp_path / "out.xlsx"
    result = run(path, "--strict", "-o", out, "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["complete"] is False
    assert out.stat().st_size > 5_000
    assert run(path).exit_code == 0
    assert run(bill(tmp_path, DIGGING, "full.csv"), "--strict").exit_code == 0


def test_an_unknown_edition_names_those_that_exist(digging: Path) -> None:
    result = run(digging, "--edition", "ck-1999")
    assert result.exit_code == 2
    assert "ck-se47-2026" in result.stderr


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, quantity in (("Gedung A", 10), ("Gedung B", 20)):
        sheet = book.create_sheet(name)
        sheet.append(["No", "Kode", "Uraian", "Satuan", "Volume"])
        sheet.append([1, "1.2.1.1.1", "Galian tanah", "m3", quantity])
    path = tmp_path / "boq.xlsx"
    book.save(path)
    assert line_of(path, "--sheet", "Gedung B")["quantity"] == "20"
    refused = run(path, "--sheet", "Gedung C")
    assert refused.exit_code == 2
    assert "Gedung B" in refused.stderr


def test_the_summary_shows_priced_lines_that_deserve_a_look(tmp_path: Path) -> None:
    shown = run(bill(tmp_path, "1;1.2.1.1.1;Galian tanah;m2;1;;")).stdout
    assert "Satuan baris ini m2, satuan analisisnya m3" in shown
