"""What becomes of single lines."""

from __future__ import annotations

import hashlib
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ahsp.catalog.packages import edition_path, price_book_path, read_edition, read_price_book
from ahsp.engine.estimate import EstimateSettings
from ahsp.engine.numbers import Notation
from ahsp.exchange.pricing import book_prices, price_boq
from ahsp.exchange.reading.boq import read_boq
from tests.exchange.price.runs import as_json, bill

SLUG = "ck-se47-2026"


def only_line(folder: Path, line: str) -> dict[str, Any]:
    found: dict[str, Any] = as_json(bill(folder, line))["lines"][0]
    return found


def codes(line: dict[str, Any]) -> dict[str, str]:
    return {issue["code"]: issue["severity"] for issue in line["issues"]}


def test_a_line_keeps_its_own_price_and_the_difference_is_told(tmp_path: Path) -> None:
    line = only_line(tmp_path, "1;1.2.1.1.1;Galian tanah;m3;2,5;99.999,95;")
    assert (line["unit_price"], line["amount"], line["status"]) == ("99999.95", "249999.88", "PRICED")
    assert codes(line)["price.own_kept"] == "info"


def test_a_line_with_neither_code_nor_price_is_unpriced(tmp_path: Path) -> None:
    line = only_line(tmp_path, "1;;Tanpa harga;Ls;1;;")
    assert (line["unit_price"], line["amount"], line["status"]) == (None, None, "UNPRICED")
    assert codes(line) == {"item.unpriced": "error"}


def test_an_unknown_code_is_unpriced_and_named(tmp_path: Path) -> None:
    line = only_line(tmp_path, "1;99.99.99;Entah;m3;1;;")
    assert line["status"] == "UNPRICED"
    assert line["code"] == "99.99.99"
    assert "99.99.99" in line["issues"][0]["text"]


@pytest.mark.parametrize("written", ["AHSP 1.2.1.1.1", "Analisa: 1.2.1.1.1", "'1.2.1.1.1", "ahsp.1.2.1.1.1."])
def test_words_and_quotation_marks_before_a_code_are_forgiven_and_told(written: str, tmp_path: Path) -> None:
    line = only_line(tmp_path, f"1;{written};Galian;m3;1;;")
    assert (line["code"], line["unit_price"]) == ("1.2.1.1.1", "107360.00")
    assert codes(line) == {"analysis.code_tidied": "info"}


def test_a_line_of_a_list_with_nothing_but_an_amount_leaves_the_total_open(tmp_path: Path) -> None:
    shape = as_json(
        bill(tmp_path, "1;;Mobilisasi;;;;5000000\n2;1.2.1.1.1;Galian;m3;1;;\n3;;Asuransi;;;;70000\n;;JUMLAH;;;;1")
    )
    assert [line["status"] for line in shape["lines"]] == ["UNPRICED", "PRICED", "UNPRICED"]
    assert codes(shape["lines"][0])["row.not_counted"] == "warning"
    assert (shape["complete"], shape["subtotal"]) == (False, "107360.00")


def test_marks_behind_a_code_are_forgiven_and_told(tmp_path: Path) -> None:
    line = only_line(tmp_path, "1;2.2.1.4.5. ;Beton f'c 20;m3;1;;")
    assert line["code"] == "2.2.1.4.5"
    assert codes(line)["analysis.code_tidied"] == "info"
    assert codes(only_line(tmp_path, "1;1.2.1.1.1;Galian;m3;1;;")) == {}


def test_a_unit_that_contradicts_the_analysis_is_a_warning(tmp_path: Path) -> None:
    line = only_line(tmp_path, "1;1.2.1.1.1;Galian tanah;m2;1;;")
    assert line["status"] == "PRICED"
    assert codes(line)["unit.contradicts"] == "warning"


def test_a_missing_quantity_makes_the_total_a_lower_bound(tmp_path: Path) -> None:
    shape = as_json(bill(tmp_path, "1;1.2.1.1.1;Galian;m3;10;;\n2;1.2.1.1.1;Galian lagi;m3;;;"))
    first, second = shape["lines"]
    assert (second["quantity"], second["amount"], second["status"]) == (None, None, "PARTIAL")
    assert second["unit_price"] == first["unit_price"]
    assert shape["subtotal"] == first["amount"]
    assert shape["complete"] is False


def test_a_missing_resource_price_leaves_the_line_partial(tmp_path: Path) -> None:
    edition = read_edition(edition_path(SLUG))
    prices = read_price_book(price_book_path("ck-se47-2026-example")).prices
    lacking = next(
        row for row in edition.line_rows()
        if row.line == "resource" and not any((one.name, one.unit) == (row.name, row.unit) for one in prices)
    )  # fmt: skip
    record = edition.analyses[lacking.analysis]
    line = only_line(tmp_path, f'1;{record.code};Pekerjaan;"{record.unit}";1;;')
    assert line["status"] in {"PARTIAL", "UNPRICED"}
    assert any(lacking.name in issue["text"] for issue in line["issues"])


def test_a_negative_quantity_is_not_counted_and_told_with_its_place(tmp_path: Path) -> None:
    line = only_line(tmp_path, "1;1.2.1.1.1;Pengurangan;m3;-3,5;;")
    assert (line["quantity"], line["amount"], line["status"]) == (None, None, "PARTIAL")
    assert codes(line) == {"quantity.negative": "error"}
    assert "boq.csv, baris 2, kolom E" in line["issues"][0]["text"]


def test_cells_that_start_like_formulas_are_text(tmp_path: Path) -> None:
    line = only_line(tmp_path, "1;1.2.1.1.1;=1+1;m3;1;;")
    assert line["description"] == "=1+1"


def test_a_code_of_another_edition_is_named_with_it(tmp_path: Path) -> None:
    """Another edition that has one analysis more, beside the shipped one."""
    other = edition_with(tmp_path, "ck-lain", {"1.2.1.1.1": "77.1"})
    edition = read_edition(edition_path(SLUG))
    boq = read_boq(bill(tmp_path, "1;77.1;Entah;m3;1;;"), notation=Notation.INDONESIAN)
    rab = price_boq(
        boq,
        edition,
        book_prices(read_price_book(price_book_path("ck-se47-2026-example")), "id"),
        EstimateSettings(Decimal("0.1"), None),
        title="boq",
        others=[other],
    )
    (item,) = rab.estimate.items()
    issue = next(one for one in item.issues if one.code == "analysis.other_edition")
    assert "ck-lain" in issue.data["editions"]
    assert issue.data["analysis"] == "77.1"


def edition_with(folder: Path, slug: str, renamed: dict[str, str]) -> Path:
    """A copy of the shipped edition under another slug, in which analyses have other codes."""
    target = folder / slug
    shutil.copytree(edition_path(SLUG), target)
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    for name in ("analyses.csv", "analysis_lines.csv"):
        text = (target / name).read_text(encoding="utf-8")
        for code, other in renamed.items():
            text = text.replace(f"\n{code},", f"\n{other},")
        (target / name).write_text(text, encoding="utf-8")
        manifest["files"][name]["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    (target / "manifest.json").write_text(json.dumps({**manifest, "slug": slug}), encoding="utf-8")
    return target


def test_every_finding_names_file_row_and_column(tmp_path: Path) -> None:
    for line, code, column in (
        ("1;1.2.1.1.1;Galian tanah;m2;1;;", "unit.contradicts", "kolom D"),
        ("1;99.99.99;Entah;m3;1;;", "analysis.unknown", "kolom B"),
        ("1;1.2.1.1.1;Galian tanah;m3;;;", "quantity.missing", "kolom E"),
        ("1;1.2.1.1.1;Galian tanah;m3;-4;;", "quantity.negative", "kolom E"),
    ):
        texts = {issue["code"]: issue["text"] for issue in only_line(tmp_path, line)["issues"]}
        assert texts[code].startswith("boq.csv, baris 2, "), texts
        assert column in texts[code], texts


@pytest.mark.parametrize("unit", ["m3", "M³", "cu.m", "Cu. M.", "cum", "m^3"])
def test_spellings_of_the_unit_of_an_analysis_do_not_contradict_it(unit: str, tmp_path: Path) -> None:
    assert codes(only_line(tmp_path, f"1;1.2.1.1.1;Galian;{unit};1;;")) == {}
