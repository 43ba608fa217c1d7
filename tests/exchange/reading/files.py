"""Files for the tests of reading: bills as text, as workbooks, and as zips put together by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ahsp.core.errors import FileRefused
from ahsp.exchange.reading.boq import Boq, BoqRow, RowKind, read_boq

HEADER = ["No", "Kode", "Uraian", "Satuan", "Volume", "Harga Satuan", "Jumlah"]
LINE = ["1", "1.1.1.1", "Pagar sementara", "m'", 12.5, "", ""]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def csv_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A bill typed as in a CSV file; a header of the usual seven columns is put above unless the text has its own."""
    path = folder / "boq.csv"
    path.write_bytes(text.encode(encoding))
    return path


def bill(folder: Path, lines: str, **options: Any) -> Boq:
    """Read `lines` below the usual header: number; code; description; unit; quantity; unit price; amount."""
    body = "\n".join(line.strip() for line in lines.strip().splitlines())
    return read_boq(csv_file(folder, ";".join(HEADER) + "\n" + body + "\n"), **options)


def rows_file(folder: Path, rows: Sequence[Sequence[Any]], name: str = "boq.xlsx", sheet: str = "RAB") -> Path:
    """A workbook of one sheet with these values, from A1."""
    return sheets_file(folder, {sheet: rows}, name)


def sheets_file(
    folder: Path,
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    name: str = "boq.xlsx",
    arrange: Callable[[Any, Any], None] | None = None,
) -> Path:
    """A workbook with these sheets; `arrange` may do more to the workbook and its first sheet."""
    path = folder / name
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        made = []
        for title, rows in sheets.items():
            made.append(workbook.add_worksheet(title))
            for index, row in enumerate(rows):
                made[-1].write_row(index, 0, row)
        if arrange is not None:
            arrange(workbook, made[0])
    return path


def cells(*rows: str, start: int = 1) -> str:
    """Sheet XML of rows given as their cells' XML, from row `start`."""
    body = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(rows, start=start))
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def texts(row: int, *values: str) -> str:
    """Cells of one row with texts, from column A."""
    return "".join(
        f'<c r="{chr(65 + index)}{row}" t="inlineStr"><is><t>{value}</t></is></c>'
        for index, value in enumerate(values)
        if value
    )


def zip_file(folder: Path, sheet: str | bytes, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """A workbook zipped by hand around the XML of its only sheet; `parts` adds to it or replaces."""
    relation = f'<Relationships xmlns="{PACKAGE}/relationships">'
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'{relation}<Relationship Id="w" Type="{TYPES}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{TYPES}"><sheets>'
        '<sheet name="RAB" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relation}<Relationship Id="s" Type="{TYPES}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **(parts or {}),
    }
    path = folder / "boq.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in contents.items():
            made.writestr(name, content)
    return path


def refusal(path: Path, **options: Any) -> FileRefused:
    """The error with which the file is refused; it always names the file."""
    with pytest.raises(FileRefused) as caught:
        read_boq(path, **options)
    assert caught.value.data["file"] == options.get("name", path.name)
    return caught.value


def place(error: FileRefused) -> tuple[str | None, str | None]:
    return error.data.get("row"), error.data.get("column")


def codes(row: BoqRow) -> list[str]:
    return [issue.code for issue in row.issues]


def outline(boq: Boq) -> list[str]:
    """Each row as its level, kind and text, indented: what a reader of the preview sees."""
    return [
        f"{'  ' * row.level}{row.kind}: {' '.join(filter(None, (row.number, row.description)))}" for row in boq.rows
    ]


def items(boq: Boq) -> list[BoqRow]:
    return [row for row in boq.rows if row.kind is RowKind.ITEM]


def only_item(boq: Boq) -> BoqRow:
    (row,) = items(boq)
    return row
