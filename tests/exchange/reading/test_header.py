"""The header is found by its words, wherever it stands and however it is laid out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ahsp.core.issue_texts import issue_text
from ahsp.exchange.reading.boq import read_boq
from tests.exchange.reading.files import (
    HEADER,
    LINE,
    bill,
    csv_file,
    items,
    only_item,
    place,
    refusal,
    rows_file,
    sheets_file,
)


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("No.;Kode AHSP;Uraian Pekerjaan;Sat.;Vol.;HSP;Jumlah Harga", "1;3.7.8;Acian;m2;12,5;1000;12500,00"),
        (
            "NOMOR;MATA PEMBAYARAN;JENIS PEKERJAAN;SATUAN;PERKIRAAN KUANTITAS;HARGA SATUAN (Rp);JUMLAH",
            "1;3.7.8;Acian;m2;12,5;1000;",
        ),
        ("Jumlah;Harga Satuan;Volume;Satuan;Uraian;Kode Analisa;No", ";1000;12,5;m2;Acian;3.7.8;1"),
        ("Item;Code;Description of Works;Unit;Qty;Rate;Amount", "1;3.7.8;Acian;m2;12,5;1000;"),
        ("No;Item Code;Item;UoM;Quantity;Unit Price (IDR);Total", "1;3.7.8;Acian;m2;12,5;1000;"),
        ("no;kode;deskripsi;unit;jumlah volume;harga satuan rp.;harga total", "1;3.7.8;Acian;m2;12,5;1000;"),
    ],
)
def test_headers_are_known_in_both_languages_any_order_and_any_case(tmp_path: Path, header: str, line: str) -> None:
    boq = read_boq(csv_file(tmp_path, f"{header}\n{line}\n"))
    row = only_item(boq)
    assert (row.number, row.code, row.description, row.unit) == ("1", "3.7.8", "Acian", "m2")
    assert (str(row.quantity), str(row.unit_price)) == ("12.5", "1000")
    assert set(boq.columns) == {"number", "code", "description", "unit", "quantity", "unit_price", "amount"}


def test_the_columns_found_are_told_by_their_letters(tmp_path: Path) -> None:
    boq = read_boq(csv_file(tmp_path, "Satuan;;Volume;Uraian\nm2;;3;Acian\n"))
    assert dict(boq.columns) == {"description": "D", "unit": "A", "quantity": "C"}


def test_the_word_jumlah_is_the_quantity_beside_jumlah_harga(tmp_path: Path) -> None:
    boq = read_boq(csv_file(tmp_path, "Uraian;Jumlah;Satuan;Harga;Jumlah Harga\nAcian;3;m2;5;15\n"))
    assert boq.columns["quantity"] == "B"
    assert boq.columns["amount"] == "E"


def test_the_header_may_stand_below_a_title_and_beside_empty_columns(tmp_path: Path) -> None:
    title = [["", "", "RENCANA ANGGARAN BIAYA"], ["", "", "Pekerjaan", ":", "Gedung"], []]
    boq = read_boq(rows_file(tmp_path, [*title, ["", "", *HEADER], ["", "", *LINE]]))
    assert boq.header_row == 4
    assert boq.columns["number"] == "C"
    assert only_item(boq).row == 5


def test_a_header_below_row_60_is_not_looked_for(tmp_path: Path) -> None:
    empty: list[list[Any]] = [["."]] * 60
    error = refusal(rows_file(tmp_path, [*empty, HEADER, LINE]))
    assert error.code == "header.missing"


def test_a_file_without_header_is_told_the_words_looked_for(tmp_path: Path) -> None:
    error = refusal(csv_file(tmp_path, "Pagar;m';12\nPintu;m2;4\n"))
    assert error.code == "header.missing"
    for language in ("id", "en"):
        assert "uraian" in issue_text(error.code, error.data, language)
        assert "quantity" in issue_text(error.code, error.data, language)


def test_a_description_without_quantity_and_unit_is_no_header(tmp_path: Path) -> None:
    assert refusal(csv_file(tmp_path, "No;Uraian;Jumlah\n1;Pagar;5\n")).code == "header.missing"


def test_a_header_repeated_on_later_pages_is_skipped(tmp_path: Path) -> None:
    head = ";".join(HEADER)
    boq = bill(tmp_path, f"1;;Pagar;m';1;;\n{head}\n2;;Pintu;m2;2;;\n{head.upper()}\n3;;Jendela;m2;3;;")
    assert [row.row for row in boq.rows] == [2, 4, 6]


def test_the_row_that_numbers_the_columns_is_skipped(tmp_path: Path) -> None:
    boq = bill(tmp_path, "1;2;3;4;5;6;7 = 5 x 6\n(a);(b);(c);(d);(e);(f);(g)\n1;;Pagar;m';1;;")
    assert [row.row for row in boq.rows] == [4]


def test_another_layout_further_down_is_refused(tmp_path: Path) -> None:
    lines = f"{';'.join(HEADER)}\n1;;Pagar;m';1;;\nNo;Uraian;Volume;Satuan;Kode\n2;Pintu;4;m2;\n"
    error = refusal(csv_file(tmp_path, lines))
    assert error.code == "header.changes"
    assert place(error)[0] == "3"


def test_two_columns_for_the_quantity_are_refused_with_both_named(tmp_path: Path) -> None:
    error = refusal(csv_file(tmp_path, "Uraian;Satuan;Volume;Volume\nPagar;m';1;2\n"))
    assert error.code == "header.twice"
    assert (error.data["column"], error.data["other"]) == ("C", "D")


def _merged(folder: Path, rows: list[list[Any]], *ranges: str) -> Path:
    def arrange(_: Any, sheet: Any) -> None:
        for one in ranges:
            sheet.merge_range(one, sheet_value(rows, one))

    return sheets_file(folder, {"RAB": rows}, arrange=arrange)


def sheet_value(rows: list[list[Any]], merged: str) -> Any:
    """What stands in the first cell of a range such as "F1:G1"."""
    return rows[int(merged[1]) - 1][ord(merged[0]) - 65]


TWO_ROWS: list[list[Any]] = [
    ["No", "Kode", "Uraian", "Satuan", "Volume", "Harga", ""],
    ["", "", "", "", "", "Satuan", "Jumlah"],
    ["1", "", "Pagar", "m'", 2, 500, 1000],
]


def test_merged_headings_of_two_rows_are_joined(tmp_path: Path) -> None:
    boq = read_boq(_merged(tmp_path, TWO_ROWS, "A1:A2", "C1:C2", "D1:D2", "E1:E2", "F1:G1"))
    row = only_item(boq)
    assert (row.unit, row.quantity, row.unit_price, row.stated_amount) == ("m'", 2, 500, 1000)


def test_the_same_headings_are_joined_in_a_text_file(tmp_path: Path) -> None:
    text = "\n".join(";".join(str(cell) for cell in row) for row in TWO_ROWS)
    row = only_item(read_boq(csv_file(tmp_path, text + "\n")))
    assert (row.unit, row.quantity, row.unit_price, row.stated_amount) == ("m'", 2, 500, 1000)


def test_a_repeated_header_of_two_rows_is_skipped(tmp_path: Path) -> None:
    again = [*TWO_ROWS, *TWO_ROWS[:2], ["2", "", "Pintu", "m2", 1, 5, 5]]
    assert [row.row for row in items(read_boq(rows_file(tmp_path, again)))] == [3, 6]


def test_a_title_merged_over_the_header_does_not_hide_it(tmp_path: Path) -> None:
    rows = [["DAFTAR KUANTITAS DAN HARGA", "", "", "", "", "", ""], *TWO_ROWS]
    boq = read_boq(_merged(tmp_path, rows, "A1:G1", "F2:G2"))
    assert boq.header_row == 2


def test_a_description_merged_over_several_columns_is_read_from_all_of_them(tmp_path: Path) -> None:
    rows = [
        ["No", "Uraian", "", "", "Satuan", "Volume"],
        ["I", "PEKERJAAN TANAH"],
        ["1", "", "Galian", "sedalam 1 m", "m3", 4],
    ]
    boq = read_boq(_merged(tmp_path, rows, "B1:D1"))
    assert [row.description for row in boq.rows] == ["PEKERJAAN TANAH", "Galian sedalam 1 m"]


def test_a_merged_quantity_filled_in_one_column_only_is_read(tmp_path: Path) -> None:
    rows = [["Uraian", "Satuan", "Volume", ""], ["Galian", "m3", "", 4], ["Urukan", "m3", "", 5]]
    assert [row.quantity for row in items(read_boq(_merged(tmp_path, rows, "C1:D1")))] == [4, 5]


def test_a_merged_quantity_filled_in_both_columns_is_refused(tmp_path: Path) -> None:
    rows = [["Uraian", "Satuan", "Volume", ""], ["Galian", "m3", 3, 4]]
    error = refusal(_merged(tmp_path, rows, "C1:D1"))
    assert (error.code, *place(error)) == ("header.merged", "1", "C")


def test_a_currency_sign_in_its_own_column_does_not_matter(tmp_path: Path) -> None:
    rows = [["Uraian", "Satuan", "Volume", "Harga Satuan", ""], ["Galian", "m3", 3, "Rp", 5000]]
    assert only_item(read_boq(_merged(tmp_path, rows, "D1:E1"))).unit_price == 5000


@pytest.mark.parametrize("merge", [True, False])
def test_a_price_divided_into_wages_and_material_is_refused_at_its_cell(tmp_path: Path, merge: bool) -> None:
    rows = [
        ["No", "Uraian", "Satuan", "Volume", "Harga Satuan", ""],
        ["", "", "", "", "Upah", "Bahan"],
        ["1", "Galian", "m3", 3, 100, 200],
    ]
    error = refusal(_merged(tmp_path, rows, "E1:F1") if merge else rows_file(tmp_path, rows))
    assert (error.code, *place(error)) == ("header.merged", "2", "E")
