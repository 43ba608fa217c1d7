"""Texts come through as they were typed, without what nobody can see."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahsp.exchange.reading.boq import Boq, read_boq, to_children
from tests.exchange.reading.files import (
    HEADER,
    bill,
    cells,
    codes,
    only_item,
    place,
    refusal,
    rows_file,
    texts,
    zip_file,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Galian\ntanah\r\nbiasa", "Galian tanah biasa"),
        ("Galian\x07 tanah\x1b", "Galian tanah"),
        ("Galian\u202e hanat\u202c", "Galian hanat"),
        ("  Galian   tanah ", "Galian tanah"),
        ("Pipa PVC 3\" 'AW'", "Pipa PVC 3\" 'AW'"),
        ("Taman 🌳👷🏽‍♀️", "Taman 🌳👷🏽‍♀️"),
        ("مسجد الحرام", "مسجد الحرام"),
        ("Galian_x000D_tanah", "Galian tanah"),
        ("Harga ∅ ≥ 12 mm²", "Harga ∅ ≥ 12 mm²"),
    ],
)
def test_descriptions_are_kept_on_one_line(tmp_path: Path, typed: str, kept: str) -> None:
    quoted = typed.replace('"', '""')
    assert only_item(bill_of(tmp_path, f'1;;"{quoted}";m3;2;;')).description == kept


def bill_of(folder: Path, line: str) -> Boq:
    path = folder / "boq.csv"
    path.write_text(";".join(HEADER) + "\n" + line + "\n", encoding="utf-8", newline="")
    return read_boq(path)


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+62 galian", "-galian", "@galian", "=1+1"])
def test_texts_that_look_like_formulas_stay_texts(tmp_path: Path, text: str) -> None:
    assert only_item(bill(tmp_path, f"1;;{text};m3;2;;")).description == text
    assert only_item(read_boq(rows_file(tmp_path, [HEADER, ["1", "", text, "m3", 2]]))).description == text


@pytest.mark.parametrize("unit", ["1s", "Ls.", "m'", "M’", "m³", "Bh."])
def test_units_stay_as_typed(tmp_path: Path, unit: str) -> None:
    assert only_item(bill(tmp_path, f"1;;Galian;{unit};2;;")).unit == unit


def test_a_file_name_with_quotes_emoji_and_right_to_left_text_is_named_as_it_is(tmp_path: Path) -> None:
    name = 'RAB "مسجد" 🕌 {0}.csv'
    path = tmp_path / "upload"
    path.write_text(";".join(HEADER) + "\n1;;Galian;m3;-1;;\n", encoding="utf-8")
    boq = read_boq(path, name=name)
    assert boq.file == name
    assert boq.rows[0].issues[0].data["file"] == name


@pytest.mark.parametrize("error", ["#NAME?", "#REF!", "#DIV/0!", "#N/A", "#VALUE!"])
def test_an_error_in_the_quantity_is_an_error_of_the_line(tmp_path: Path, error: str) -> None:
    head = texts(1, *HEADER)
    line = texts(2, "1", "", "Galian", "m3") + f'<c r="E2" t="e"><f>1/0</f><v>{error}</v></c>'
    row = only_item(read_boq(zip_file(tmp_path, cells(head, line))))
    assert row.quantity is None
    (issue,) = row.issues
    assert issue.code == "cell.error"
    assert issue.data == {"file": "boq.xlsx", "row": "2", "column": "E", "text": error}


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("1;#REF!;Galian;m3;2;;", "B"),
        ("1;;#NAME?;m3;2;;", "C"),
        ("1;;Galian;#N/A;2;;", "D"),
        ("1;;Galian;m3;2;#REF!;", "F"),
        ("1;;Galian;m3;2;;#REF!", "G"),
    ],
)
def test_an_error_elsewhere_in_the_line_names_its_column(tmp_path: Path, line: str, column: str) -> None:
    row = only_item(bill(tmp_path, line))
    (issue,) = row.issues
    assert (issue.code, issue.data["column"]) == ("cell.error", column)
    assert "#REF!" not in (row.code, row.unit)


def test_an_error_in_a_sum_or_beside_the_bill_does_not_matter(tmp_path: Path) -> None:
    boq = bill(tmp_path, "1;;Galian;m3;2;;;#REF!\n;;Jumlah;;;;#REF!")
    assert codes(boq.rows[0]) == []
    assert len(to_children(boq)) == 1


def test_a_line_without_description_and_code_is_told(tmp_path: Path) -> None:
    assert codes(only_item(bill(tmp_path, "1;;;m3;2;;"))) == ["description.missing"]
    assert codes(only_item(bill(tmp_path, "1;3.7.8;;m3;2;;"))) == []


@pytest.mark.parametrize(("index", "column", "length"), [(0, "A", 61), (1, "B", 65), (3, "D", 101)])
def test_a_number_code_or_unit_that_is_a_story_is_refused(tmp_path: Path, index: int, column: str, length: int) -> None:
    line = ["1", "3.7.8", "Acian", "m2", "2", "", ""]
    line[index] = "x" * length
    path = tmp_path / "boq.csv"
    path.write_text(";".join(HEADER) + "\n" + ";".join(line) + "\n", encoding="utf-8")
    error = refusal(path)
    assert (error.code, *place(error)) == ("cell.too_long", "2", column)
