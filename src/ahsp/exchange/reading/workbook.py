"""XLSX: choosing the sheet of the bill and reading its values.

Values come from calamine, which trusts a zip's directory and a sheet's claims. It is therefore handed a workbook of our
own making that holds only the parts streamed and checked here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from ahsp.exchange.reading.grid import Cell, Grid, Value
from ahsp.exchange.reading.header import DEEPEST, header_score
from ahsp.exchange.reading.limits import HEADER_ROWS, MAX_SHEETS, MEGABYTE, refuse, shorten
from ahsp.exchange.reading.markup import Attributes, attribute, feed, local, make_parser
from ahsp.exchange.reading.package import Package
from ahsp.exchange.reading.sheet_scan import scan_sheet, scan_texts

_PEEK_ROWS: Final = HEADER_ROWS + DEEPEST
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_CONTENT_TYPES: Final = f'<Types xmlns="{_PACKAGE}/content-types"/>'
_WORKBOOK: Final = f'<workbook xmlns="{_MAIN}" xmlns:r="{_TYPES}"><sheets>{{sheets}}</sheets></workbook>'
_RELATIONS: Final = f'<Relationships xmlns="{_PACKAGE}/relationships">{{relations}}</Relationships>'
_BILL_NAME: Final = re.compile(r"\b(?:rab|boq|bq|bill|anggaran|kuantitas|dkh|hps)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A worksheet as the workbook lists it."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True, slots=True)
class _Listing:
    sheets: Sequence[_Sheet]
    never_calculated: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    sheet: _Sheet
    skipped: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all sheets draw on. `long_texts` are the indexes of texts too long for a cell."""

    texts: bytes
    styles: bytes
    long_texts: frozenset[int]


def read_workbook(file: str, data: bytes, sheet: str | None) -> Grid:
    """The grid of the bill's sheet: `sheet` if named, hidden or not, else the visible one whose header matches best.

    Raises FileRefused for what is no sound workbook, for what goes beyond the limits, and for an unknown `sheet`.
    """
    package = Package(file, data)
    listing = _list_sheets(package)
    shared = _read_shared(package)
    choice = _choose(package, listing.sheets, shared, sheet)
    scan = scan_sheet(
        file,
        package.chunks(choice.sheet.part),
        long_texts=shared.long_texts,
        never_calculated=listing.never_calculated,
    )
    values = _open(file, [scan.data], shared)[0]
    return Grid(
        file=file,
        sheet=choice.sheet.name,
        rows=lambda: _rows(values, scan.errors),
        merges=scan.merges,
        formulas=scan.formulas,
        skipped=choice.skipped,
        rivals=choice.rivals,
    )


def _list_sheets(package: Package) -> _Listing:
    parts = {relation.id: relation for relation in package.relations(package.workbook_part)}
    sheets: list[_Sheet] = []
    calculate: list[bool] = []

    def start(element: str, attributes: Attributes) -> None:
        if local(element) == "sheet":
            relation = parts.get(attribute(attributes, "id"))
            if relation is not None and relation.kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(_Sheet(attributes.get("name", ""), hidden, relation.part))
        elif local(element) == "calcPr":
            calculate.append(attributes.get("fullCalcOnLoad", "0") in ("1", "true"))

    feed(package.file, make_parser(package.file, start), package.chunks(package.workbook_part, 4 * MEGABYTE))
    if not sheets:
        raise refuse("workbook.no_sheet", package.file)
    return _Listing(sheets, any(calculate))


def _read_shared(package: Package) -> _Shared:
    texts, styles, long_texts = b"", b"", frozenset[int]()
    for relation in package.relations(package.workbook_part):
        if relation.kind == "sharedStrings":
            texts, long_texts = scan_texts(package.file, package.chunks(relation.part))
        elif relation.kind == "styles":
            styles = b"".join(package.chunks(relation.part, 16 * MEGABYTE))
    return _Shared(texts, styles, long_texts)


def _choose(package: Package, sheets: Sequence[_Sheet], shared: _Shared, wanted: str | None) -> _Choice:
    if wanted is not None:
        return _Choice(_named(package.file, sheets, wanted))
    seen = [sheet for sheet in sheets if not sheet.hidden][:MAX_SHEETS] or [sheets[0]]
    if len(seen) == 1:
        return _Choice(seen[0])
    heads = [scan_sheet(package.file, package.chunks(sheet.part), last_row=_PEEK_ROWS).data for sheet in seen]
    values = _open(package.file, heads, shared)
    scores = [header_score(islice(_rows(value, {}), _PEEK_ROWS)) for value in values]
    named = [bool(_BILL_NAME.search(sheet.name)) for sheet in seen]
    best = max(range(len(seen)), key=lambda index: (scores[index], named[index], -index))
    others = [index for index in range(len(seen)) if index != best]
    return _Choice(
        seen[best],
        skipped=tuple(seen[index].name for index in others),
        rivals=tuple(seen[index].name for index in others if scores[index] == scores[best] > 0),
    )


def _named(file: str, sheets: Sequence[_Sheet], wanted: str) -> _Sheet:
    for sheet in sheets:
        if sheet.name.strip().casefold() == wanted.strip().casefold():
            return sheet
    names = ", ".join(sheet.name for sheet in sheets)
    raise refuse("sheet.unknown", file, sheet=shorten(wanted), sheets=shorten(names, 200))


def _open(file: str, sheets: Sequence[bytes], shared: _Shared) -> list[CalamineSheet]:
    """Have calamine read our own copy of the checked parts."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as copy:
        copy.writestr("[Content_Types].xml", _CONTENT_TYPES)
        listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="s{n}"/>' for n in range(1, len(sheets) + 1))
        office = f'<Relationship Id="w" Type="{_TYPES}/officeDocument" Target="xl/workbook.xml"/>'
        copy.writestr("_rels/.rels", _RELATIONS.format(relations=office))
        copy.writestr("xl/workbook.xml", _WORKBOOK.format(sheets=listed))
        related = "".join(
            f'<Relationship Id="s{n}" Type="{_TYPES}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        copy.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(relations=related))
        for number, sheet in enumerate(sheets, start=1):
            copy.writestr(f"xl/worksheets/sheet{number}.xml", sheet)
        for name, part in (("sharedStrings", shared.texts), ("styles", shared.styles)):
            if part:
                copy.writestr(f"xl/{name}.xml", part)
    package.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(package)
        return [workbook.get_sheet_by_index(index) for index in range(len(sheets))]
    except CalamineError as error:
        raise refuse("workbook.damaged", file) from error


def _rows(values: CalamineSheet, errors: Mapping[Cell, str]) -> Iterator[Sequence[Value]]:
    """The rows from row 1, column A; calamine leaves out empty columns at the left, and the texts of errors."""
    margin: list[Value] = [""] * (values.start[1] if values.start else 0)
    by_row: dict[int, dict[int, str]] = {}
    for cell, text in errors.items():
        by_row.setdefault(cell.row, {})[cell.column] = text
    for number, found in enumerate(values.iter_rows(), start=1):
        row = margin + found if margin else found
        for column, text in by_row.get(number, {}).items():
            row.extend([""] * (column + 1 - len(row)))
            row[column] = text
        yield row
