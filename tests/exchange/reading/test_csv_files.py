"""Text files: encodings, delimiters, quotes and limits."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from ahsp.exchange.reading.boq import read_boq
from tests.exchange.reading.files import HEADER, csv_file, items, only_item, place, refusal

LINES = "No;Uraian;Satuan;Volume\n1;Galian tanah – é;m³;2,5\n"


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "cp1252"),
    ],
)
def test_the_usual_encodings_are_read(tmp_path: Path, bom: bytes, encoding: str) -> None:
    path = tmp_path / "boq.csv"
    path.write_bytes(bom + LINES.encode(encoding))
    row = only_item(read_boq(path))
    assert (row.description, row.unit, str(row.quantity)) == ("Galian tanah – é", "m³", "2.5")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_found_from_the_header(tmp_path: Path, delimiter: str, ending: str) -> None:
    rows = [["Judul; dengan, tanda"], ["No", "Uraian", "Satuan", "Volume"], ["1", "Galian; tanah, biasa", "m3", "7"]]
    text = ending.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    row = only_item(read_boq(csv_file(tmp_path, text)))
    assert (row.row, row.description) == (3, "Galian; tanah, biasa")


def test_a_hint_for_the_delimiter_is_taken_and_is_no_row(tmp_path: Path) -> None:
    assert only_item(read_boq(csv_file(tmp_path, "sep=;\n" + LINES))).row == 2


def test_a_cell_of_several_lines_is_one_row(tmp_path: Path) -> None:
    boq = read_boq(csv_file(tmp_path, 'Uraian;Satuan;Volume\n"Galian\ntanah";m3;2\nUrukan;m3;3\n'))
    assert [(row.row, row.description) for row in boq.rows] == [(2, "Galian tanah"), (3, "Urukan")]


def test_a_quotation_mark_within_a_plain_cell_is_kept(tmp_path: Path) -> None:
    assert only_item(read_boq(csv_file(tmp_path, 'Uraian;Satuan;Volume\nPipa 3" AW;m;2\n'))).description == 'Pipa 3" AW'


@pytest.mark.parametrize("cell", ['"Galian', '"Pipa 3" AW"'])
def test_quotation_marks_that_do_not_close_are_refused_with_their_row(tmp_path: Path, cell: str) -> None:
    error = refusal(csv_file(tmp_path, f"Uraian;Satuan;Volume\nUrukan;m3;1\n{cell};m3;2\n"))
    assert (error.code, error.data["row"]) == ("file.broken_quotes", "3")


def test_an_open_quotation_mark_before_thousands_of_lines_is_named_as_such(tmp_path: Path) -> None:
    error = refusal(csv_file(tmp_path, 'Uraian;Satuan;Volume\n"Urukan;m3;1\n' + "Galian;m3;2\n" * 20_000))
    assert (error.code, *place(error)) == ("file.broken_quotes", "2", "A")


@pytest.mark.parametrize("length", [2_001, 200_000, 10_000_000])
def test_a_cell_full_of_text_is_refused_with_row_and_column(tmp_path: Path, length: int) -> None:
    error = refusal(csv_file(tmp_path, f"Satuan;Volume;Uraian\nm3;1;Galian\nm3;2;{'x' * length}\n"))
    assert (error.code, *place(error)) == ("cell.too_long", "3", "C")


def test_a_cell_of_2000_characters_is_read(tmp_path: Path) -> None:
    assert (
        len(only_item(read_boq(csv_file(tmp_path, f"Satuan;Volume;Uraian\nm3;1;{'x' * 2000}\n"))).description) == 2000
    )


def test_more_than_50000_rows_are_refused(tmp_path: Path) -> None:
    error = refusal(csv_file(tmp_path, "Uraian;Satuan;Volume\n" + "Galian;m3;1\n" * 50_000))
    assert (error.code, error.data["row"]) == ("file.too_many_rows", "50001")


def test_empty_rows_at_the_end_do_not_count(tmp_path: Path) -> None:
    text = "Uraian;Satuan;Volume\nGalian;m3;1\n" + ";;\n" * 50_000
    assert len(items(read_boq(csv_file(tmp_path, text)))) == 1


def test_200_columns_are_refused_with_the_first_beyond_the_limit(tmp_path: Path) -> None:
    text = ";".join([*HEADER, *(f"Minggu {week}" for week in range(193))]) + "\n1;;Galian;m3;1;;\n"
    error = refusal(csv_file(tmp_path, text))
    assert (error.code, *place(error)) == ("file.too_many_columns", "1", "CW")


def test_200_empty_columns_are_nothing(tmp_path: Path) -> None:
    text = ";".join([*HEADER, *[""] * 193]) + "\n1;;Galian;m3;1;;\n"
    assert len(items(read_boq(csv_file(tmp_path, text)))) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b" \r\n\t\n", "file.empty"),
        (b"Uraian;Satuan;Volume\nGal\x00ian;m3;1\n", "file.binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "file.binary"),
        (bytes(range(1, 32)) * 10, "file.binary"),
        (b"Uraian;Satuan;Volume\nGalian \x81\x8d;m3;1\n", "file.encoding"),
        (b"\xff\xfeU\x00r", "file.encoding"),
        (b"<html><table><tr><td>Uraian</td></tr></table></html>", "file.not_a_table"),
        (b"%PDF-1.7\n", "file.not_a_table"),
        (b"{\\rtf1 Uraian;Satuan;Volume}", "file.not_a_table"),
    ],
)
def test_what_is_no_table_of_text_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "boq.csv"
    path.write_bytes(content)
    assert refusal(path).code == code


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv").code == "file.not_found"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "file.unreadable"


def test_a_file_over_20_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "boq.csv"
    with path.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    assert refusal(path).code == "file.too_large"
