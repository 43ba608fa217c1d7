"""Workbooks that are none, that lie about themselves, or that nobody calculated: refused, in bounded memory."""

from __future__ import annotations

import re
import struct
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ahsp.core.issue_texts import issue_text
from ahsp.exchange.reading.boq import RowKind, read_boq
from tests.exchange.reading.files import (
    HEADER,
    LINE,
    MAIN,
    cells,
    items,
    only_item,
    place,
    refusal,
    rows_file,
    sheets_file,
    texts,
    zip_file,
)

HEAD = texts(1, *HEADER)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def _line(row: int, quantity: str = "<v>2</v>") -> str:
    return texts(row, str(row), "", "Galian", "m3") + f'<c r="E{row}">{quantity}</c>'


def test_a_workbook_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = rows_file(tmp_path, [HEADER, LINE], name="boq.csv")
    row = only_item(read_boq(path))
    assert (row.row, row.code, str(row.quantity)) == (2, "1.1.1.1", "12.5")


def test_a_workbook_of_openpyxl_is_read(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(HEADER)
    workbook.active.append(LINE)
    workbook.save(tmp_path / "boq.xlsx")
    assert only_item(read_boq(tmp_path / "boq.xlsx")).description == "Pagar sementara"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Uraian;Satuan;Volume\nGalian;m3;1\n", "workbook.not_a_workbook"),
        (b"PK\x03\x04 no zip at all", "workbook.damaged"),
        (OLE + "Workbook".encode("utf-16-le"), "workbook.old_format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "workbook.encrypted"),
        (OLE + "WordDocument".encode("utf-16-le"), "workbook.not_a_workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "boq.xlsx"
    path.write_bytes(content)
    assert refusal(path).code == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": "<w/>"}, "workbook.not_a_workbook"),
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<o/>"},
            "workbook.other_format",
        ),
    ],
)
def test_another_zip_is_no_workbook(tmp_path: Path, parts: dict[str, str], code: str) -> None:
    path = tmp_path / "boq.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    assert refusal(path).code == code


def test_a_binary_workbook_is_refused_by_its_format(tmp_path: Path) -> None:
    relation = '<Relationship Id="w" Type="x/officeDocument" Target="xl/workbook.bin"/>'
    relations = f'<Relationships xmlns="r">{relation}</Relationships>'
    error = refusal(zip_file(tmp_path, "", {"_rels/.rels": relations, "xl/workbook.bin": "x"}))
    assert (error.code, error.data["format"]) == ("workbook.other_format", "XLSB")


def test_a_zip_with_a_password_is_encrypted(tmp_path: Path) -> None:
    path = zip_file(tmp_path, cells(HEAD, _line(2)))
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        data[at + offset] |= 1
    path.write_bytes(data)
    assert refusal(path).code == "workbook.encrypted"


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet><sheetData><row",
        '<?xml version="1.0" encoding="none-such"?>' + cells(HEAD, _line(2)),
        "",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + cells(HEAD, _line(2)),
        cells(HEAD, '<c r="E1000000"><v>1</v></c>'),
        cells(HEAD, '<c r="AAAA2"><v>1</v></c>'),
        cells(HEAD, '<c r="XFE2"><v>1</v></c>'),
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="99999999999"><c><v>1</v></c></row></sheetData></worksheet>',
    ],
)
def test_a_broken_sheet_is_refused(tmp_path: Path, sheet: str) -> None:
    assert refusal(zip_file(tmp_path, sheet)).code == "workbook.damaged"


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = rows_file(tmp_path, [HEADER, LINE])
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(path).code == "workbook.damaged"


def test_a_workbook_without_sheets_is_refused(tmp_path: Path) -> None:
    workbook = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'
    assert refusal(zip_file(tmp_path, cells(HEAD), {"xl/workbook.xml": workbook})).code == "workbook.no_sheet"


def _bomb(folder: Path, size: int) -> Path:
    path = zip_file(folder, cells(HEAD, _line(2)))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as made, made.open("xl/media/image1.xml", "w") as part:
        block = b"\0" * 2**20
        for _ in range(size // len(block)):
            part.write(block)
    return path


def test_a_zip_bomb_is_refused_from_its_directory(tmp_path: Path) -> None:
    path = _bomb(tmp_path, 64 * 2**20)
    tracemalloc.start()
    error = refusal(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.code == "workbook.unpacks_too_large"
    assert peak < 8 * 2**20


def test_a_directory_that_understates_a_part_is_not_believed(tmp_path: Path) -> None:
    """The sheet unpacks to 40 MB and claims 500 bytes: no more than those are taken, and they do not fit."""
    blank = b"<row/>" * (40 * 2**20 // 6)
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + blank + b"</sheetData></worksheet>"
    path = zip_file(tmp_path, sheet)
    data = bytearray(path.read_bytes())
    claimed = struct.pack("<L", 500)
    at = data.find(b"PK\x01\x02", data.find(b"xl/worksheets/sheet1.xml") + 100)
    while data[at + 46 : at + 70] != b"xl/worksheets/sheet1.xml":
        at = data.find(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = claimed
    path.write_bytes(data)
    tracemalloc.start()
    error = refusal(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.code == "workbook.damaged"
    assert peak < 8 * 2**20


def test_a_zip_of_thousands_of_parts_is_refused(tmp_path: Path) -> None:
    path = zip_file(tmp_path, cells(HEAD, _line(2)), {f"xl/media/{number}.xml": "x" for number in range(5_001)})
    assert refusal(path).code == "workbook.too_many_parts"


def test_a_method_of_packing_that_has_no_bound_is_refused(tmp_path: Path) -> None:
    path = zip_file(tmp_path, cells(HEAD, _line(2)))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as made:
        made.writestr("xl/extra.xml", "x" * 100)
    assert refusal(path).code == "workbook.damaged"


def test_a_million_rows_are_refused_at_the_first_beyond_the_limit(tmp_path: Path) -> None:
    """The dimension the sheet claims is A1:G2; its rows are counted."""
    row = b'<row><c t="n"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:G2"/><sheetData><row>'.encode()
    sheet += HEAD.encode() + b"</row>" + row * 1_000_000 + b"</sheetData></worksheet>"
    path = zip_file(tmp_path, sheet)
    del sheet
    tracemalloc.start()
    error = refusal(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (error.code, error.data["row"]) == ("file.too_many_rows", "50001")
    assert peak < 16 * 2**20


def test_formatted_empty_rows_at_the_end_are_no_rows(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{row}" s="3" customFormat="1"><c r="A{row}" s="3"/></row>' for row in range(3, 60_000))
    sheet = cells(HEAD, _line(2)).replace("</sheetData>", empty + "</sheetData>")
    assert len(items(read_boq(zip_file(tmp_path, sheet)))) == 1


def test_200_columns_are_refused_with_the_first_beyond_the_limit(tmp_path: Path) -> None:
    error = refusal(rows_file(tmp_path, [HEADER + [f"M{week}" for week in range(193)], LINE]))
    assert (error.code, *place(error)) == ("file.too_many_columns", "1", "CW")


@pytest.mark.parametrize("length", [2_001, 10_000_000])
def test_a_cell_full_of_shared_text_is_refused_with_row_and_column(tmp_path: Path, length: int) -> None:
    plain_path = rows_file(tmp_path, [HEADER, LINE, ["2", "", "x", "m3", 1]], name="plain.xlsx")
    path = tmp_path / "boq.xlsx"
    with zipfile.ZipFile(plain_path) as plain, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for info in plain.infolist():
            content = plain.read(info)
            if info.filename == "xl/sharedStrings.xml":
                content = content.replace(b">x</t>", b">" + b"x" * length + b"</t>")
            made.writestr(info.filename, content)
    error = refusal(path)
    assert (error.code, *place(error)) == ("cell.too_long", "3", "C")


@pytest.mark.parametrize("kind", ["inlineStr", "str"])
def test_a_cell_full_of_its_own_text_is_refused_with_row_and_column(tmp_path: Path, kind: str) -> None:
    text = "x" * 10_000_000
    inside = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{text}</v>"
    error = refusal(zip_file(tmp_path, cells(HEAD, _line(2), f'<c r="C3" t="{kind}">{inside}</c>')))
    assert (error.code, *place(error)) == ("cell.too_long", "3", "C")


def _formulas(folder: Path) -> Path:
    workbook = openpyxl.Workbook()
    workbook.active.append(HEADER)
    workbook.active.append(["1", "", "Galian", "m3", 2, 5, "=E2*F2"])
    workbook.active.append(["2", "", "Urukan", "m3", "=E2*2", 5, "=E3*F3"])
    workbook.save(folder / "boq.xlsx")
    return folder / "boq.xlsx"


def test_formulas_nobody_calculated_are_refused_at_the_first_cell(tmp_path: Path) -> None:
    error = refusal(_formulas(tmp_path))
    assert (error.code, *place(error)) == ("formula.uncached", "2", "G")
    assert "save" in issue_text(error.code, error.data, "en")
    assert "simpan" in issue_text(error.code, error.data, "id")


def _calculated(folder: Path, value: float) -> Path:
    def arrange(_: Any, sheet: Any) -> None:
        for row in (2, 3):
            sheet.write_formula(row - 1, 4, f"=A{row}*2", None, value)

    rows = [HEADER, [1, "", "Galian", "m3"], [2, "", "Urukan", "m3"]]
    return sheets_file(folder, {"RAB": rows}, arrange=arrange)


def test_formulas_with_stored_values_are_read(tmp_path: Path) -> None:
    assert [row.quantity for row in items(read_boq(_calculated(tmp_path, 7.5)))] == [7.5, 7.5]


def test_zeros_that_a_program_left_for_the_spreadsheet_to_calculate_are_refused(tmp_path: Path) -> None:
    error = refusal(_calculated(tmp_path, 0))
    assert (error.code, *place(error)) == ("formula.uncached", "2", "E")


def test_formulas_beside_the_bill_do_not_matter(tmp_path: Path) -> None:
    beside = '<c r="J2"><f>SUM(E2)</f></c>'
    assert only_item(read_boq(zip_file(tmp_path, cells(HEAD, _line(2) + beside)))).quantity == 2


def test_a_formula_that_gives_an_empty_text_has_a_value(tmp_path: Path) -> None:
    line = texts(2, "1", "", "Galian", "m3") + '<c r="E2"><v>2</v></c><c r="F2" t="str"><f>IF(1,"")</f><v></v></c>'
    row = only_item(read_boq(zip_file(tmp_path, cells(HEAD, line))))
    assert row.unit_price is None
    assert row.issues == ()


@pytest.mark.parametrize("namespace", [MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"])
def test_prefixed_elements_are_read(tmp_path: Path, namespace: str) -> None:
    """Some programs write every element with a prefix; the strict format has a namespace of its own."""
    plain = cells(HEAD, _line(2)).replace(f' xmlns="{MAIN}"', "")
    sheet = re.sub(r"<(/?)(\w)", r"<\1x:\2", plain).replace("<x:worksheet>", f'<x:worksheet xmlns:x="{namespace}">')
    relation = '<Relationship Id="t" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target='
    sheets = "".join(f'<sheet name="{name}" sheetId="1" r:id="{key}"/>' for name, key in (("A", "s"), ("B", "t")))
    path = zip_file(tmp_path, sheet)
    with zipfile.ZipFile(path) as made:
        relations = made.read("xl/_rels/workbook.xml.rels").decode()
        workbook = made.read("xl/workbook.xml").decode()
    parts = {
        "xl/workbook.xml": re.sub(r"<sheet .*?/>", sheets, workbook),
        "xl/_rels/workbook.xml.rels": relations.replace("</Rel", f'{relation}"/xl/worksheets/b.xml"/></Rel'),
        "xl/worksheets/b.xml": sheet.replace("Volume", "Lama"),
    }
    boq = read_boq(zip_file(tmp_path, sheet, parts))
    assert (boq.sheet, only_item(boq).quantity) == ("A", 2)


def test_cells_without_references_are_read_in_order(tmp_path: Path) -> None:
    head = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in HEADER)
    line = '<c t="inlineStr"><is><t>1</t></is></c><c/><c t="inlineStr"><is><t>Galian</t></is></c><c/><c><v>3</v></c>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row>{head}</row><row>{line}</row></sheetData></worksheet>'
    row = only_item(read_boq(zip_file(tmp_path, sheet)))
    assert (row.row, row.description, row.quantity) == (2, "Galian", 3)


def _bills(*names: str) -> dict[str, list[list[Any]]]:
    return {name: [HEADER, ["1", "", name, "m3", 2]] for name in names}


def test_the_sheet_whose_header_matches_best_is_read_and_named(tmp_path: Path) -> None:
    sheets = {
        "Rekap": [["No", "Uraian", "Jumlah"], ["I", "TANAH", 5]],
        "AHSP": [
            ["No", "Uraian", "Kode", "Satuan", "Koefisien", "Harga Satuan", "Jumlah"],
            ["1", "Pekerja", "L.01", "OH", 1],
        ],
        "RAB": [["Judul"], HEADER, LINE],
        "Volume": [["No", "Uraian", "Volume", "Satuan"], ["1", "Galian", 2, "m3"]],
    }
    boq = read_boq(sheets_file(tmp_path, sheets))
    assert boq.sheet == "RAB"
    (issue,) = boq.issues
    assert (issue.code, issue.data["sheet"], issue.data["others"]) == ("sheet.chosen", "RAB", "3")


def test_two_sheets_that_match_as_well_are_told(tmp_path: Path) -> None:
    boq = read_boq(sheets_file(tmp_path, _bills("Data", "RAB", "Lantai")))
    assert boq.sheet == "RAB"
    (issue,) = boq.issues
    assert (issue.code, issue.data["others"]) == ("sheet.several", "Data, Lantai")


def test_a_sheet_can_be_named(tmp_path: Path) -> None:
    path = sheets_file(tmp_path, _bills("RAB", "Lantai"))
    assert read_boq(path, sheet=" lantai").sheet == "Lantai"
    error = refusal(path, sheet="Atap")
    assert (error.code, error.data["sheets"]) == ("sheet.unknown", "RAB, Lantai")


def _hide(workbook: Any, sheet: Any) -> None:
    if len(workbook.worksheets()) > 1:
        workbook.worksheets()[1].activate()
    sheet.hide()


def test_hidden_sheets_are_skipped(tmp_path: Path) -> None:
    boq = read_boq(sheets_file(tmp_path, _bills("RAB", "Lain"), arrange=_hide))
    assert (boq.sheet, boq.issues) == ("Lain", ())


def test_the_only_sheet_is_read_though_hidden(tmp_path: Path) -> None:
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="RAB" sheetId="1" state="hidden" r:id="s"/></sheets></workbook>'
    )
    assert read_boq(zip_file(tmp_path, cells(HEAD, _line(2)), {"xl/workbook.xml": workbook})).sheet == "RAB"


def test_a_sheet_beside_the_bill_may_be_as_wide_and_long_as_it_likes(tmp_path: Path) -> None:
    wide: list[list[Any]] = [["Minggu", *range(300)], *[[row] for row in range(200)]]
    assert read_boq(sheets_file(tmp_path, {"Kurva S": wide, "RAB": [HEADER, LINE]})).sheet == "RAB"


def test_thousands_of_lines_are_read_in_little_memory(tmp_path: Path) -> None:
    rows = [[number, "3.7.8", f"Acian {number}", "m2", number * 1.1, 500, number * 550] for number in range(1, 4_001)]
    path = rows_file(tmp_path, [HEADER, *rows])
    tracemalloc.start()
    boq = read_boq(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(boq.rows) == 4_000
    assert {row.kind for row in boq.rows} == {RowKind.ITEM}
    assert peak < 16 * 2**20
