"""A worksheet whose rows are written as text, some ten times faster than cell by cell.

XlsxWriter keeps everything else: styles, shared strings, page set-up, conditional formats, packaging. Text always
goes to the shared strings, so that nothing a person typed can become a formula, a link or markup.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from math import ceil
from typing import NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MAX_TEXT = 32_767
"""What one cell holds, by the file format."""

_CHARACTERS_PER_WIDTH = 1.1  # of text at 10 points, against figures at 11
_LINE = 13
_HIGHEST = 409
_SHORT = 8
"""No wrapping column is so narrow that a text of this length would not fit."""

_SHARED = ' t="s"'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Formula(NamedTuple):
    """`text` is without the equals sign; `value` is what it gives, "" for an empty text."""

    text: str
    value: Decimal | str


Value = str | Decimal | Formula | None
Cell = tuple[Value, int]
"""What stands in a cell, and the number of its style. None is an empty cell that keeps its style."""


def clean_text(text: str) -> str:
    """`text` as a cell can hold it: no characters that XML refuses, not too long, never taken for rich text."""
    text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        text = text[: MAX_TEXT // 2 - 1] + "…"
    # XlsxWriter copies a string in <r> tags to the file as markup.
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text


class RowSheet(Worksheet):  # type: ignore[misc]
    """Give it rows from the top with `add`; `row` is the number of the next one, `last` of the last one, as a
    spreadsheet counts."""

    def __init__(self) -> None:
        super().__init__()
        self.row = 1
        self.last = 0
        self._xml: list[str] = []
        self._strings: dict[str, int] = {}
        self._width = 0
        self._capacities: tuple[float, ...] = ()
        self._wrapping: Collection[int] = ()

    def wrap(self, widths: Sequence[float], styles: Collection[int]) -> None:
        """Give rows height for text that wraps: `widths` of the columns in characters, and the styles that wrap.

        Spreadsheets measure it again as soon as a row is touched, yet some do not when they open a file.
        """
        self._capacities = tuple(width * _CHARACTERS_PER_WIDTH for width in widths)
        self._wrapping = styles

    def add(self, cells: Sequence[Cell | None], height: float | None = None) -> int:
        """Write one row from column A; None leaves a cell out. Returns the row's number."""
        row = self.row
        parts: list[str] = []
        lines = 1
        # This loop runs for every cell of the workbook: no calls but for what is rare.
        for letter, cell in zip(_LETTERS, cells, strict=False):
            if cell is None:
                continue
            value, style = cell
            if not value and not isinstance(value, Decimal):
                parts.append(f'<c r="{letter}{row}" s="{style}"/>')
            elif isinstance(value, str):
                index = self._strings.get(value)
                if index is None:
                    index = self._share(value)
                parts.append(f'<c r="{letter}{row}" s="{style}" t="s"><v>{index}</v></c>')
                if style in self._wrapping and len(value) > _SHORT:
                    lines = max(lines, self._lines(letter, value))
            elif isinstance(value, Formula):
                parts.append(_formula_cell(f"{letter}{row}", value, style))
            else:
                parts.append(f'<c r="{letter}{row}" s="{style}"><v>{float(value)!r}</v></c>')
        size = _size(lines, height)
        self._xml.append(f'<row r="{row}"{size}>{"".join(parts)}</row>')
        self._width = max(self._width, len(cells))
        self.last = row
        self.row = row + 1
        return row

    def _lines(self, letter: str, text: str) -> int:
        """How many lines `text` takes in its column."""
        capacity = self._capacities[_LETTERS.index(letter)]
        return sum(ceil(len(part) / capacity) or 1 for part in text.split("\n"))

    def _share(self, text: str) -> int:
        """Put `text` among the shared strings."""
        index: int = self.str_table._get_shared_string_index(clean_text(text))
        self._strings[text] = index
        return index

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.row += rows

    def finish(self) -> None:
        """Tell XlsxWriter how far the rows reach; call once after the last row."""
        self.str_table.count += sum(row.count(_SHARED) for row in self._xml) - len(self._strings)
        self._check_dimensions(max(self.last - 1, 0), max(self._width - 1, 0))
        self._check_dimensions(0, 0)

    def _write_sheet_data(self) -> None:
        self._xml_start_tag("sheetData")
        self.fh.write("".join(self._xml))
        self._xml_end_tag("sheetData")


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _size(lines: int, height: float | None) -> str:
    if height:
        return f' ht="{height}" customHeight="1"'
    return f' ht="{min(lines * _LINE + 2, _HIGHEST)}"' if lines > 1 else ""


def _formula_cell(place: str, formula: Formula, style: int) -> str:
    text = escape(formula.text)
    if isinstance(formula.value, str):
        value = escape(clean_text(formula.value))
        return f'<c r="{place}" s="{style}" t="str"><f>{text}</f><v>{value}</v></c>'
    return f'<c r="{place}" s="{style}"><f>{text}</f><v>{float(formula.value)!r}</v></c>'
