"""One worksheet's XML as a stream: its true size, and what a reader of values alone would not see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ahsp.exchange.reading.grid import Cell, Formulas, Merge
from ahsp.exchange.reading.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, column_letter, refuse
from ahsp.exchange.reading.markup import Attributes, feed, local, make_parser

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LAST_SHEET_COLUMN: Final = 16_384
_LONGEST_NUMBER: Final = 8
_MOST_LETTERS: Final = 3
_MOST_MERGES: Final = 20_000
_TEXT_TYPES: Final = frozenset({"str", "inlineStr"})


@dataclass(frozen=True, slots=True)
class Scan:
    """`data` is the sheet's XML, cut after the rows asked for. `errors` are the cells holding "#REF!" and its like."""

    data: bytes
    merges: tuple[Merge, ...]
    formulas: Formulas
    errors: dict[Cell, str]


class _Enough(Exception):
    """The rows asked for are all read."""


def scan_sheet(
    file: str,
    chunks: Iterable[bytes],
    *,
    long_texts: Collection[int] = (),
    never_calculated: bool = False,
    last_row: int | None = None,
) -> Scan:
    """Read a sheet to its end, or to `last_row` only. Raises FileRefused at the first thing beyond the limits.

    `long_texts` are the indexes of the shared texts that are too long for a cell. `never_calculated` says that the
    program that wrote the file left calculating to the spreadsheet, so that a formula's 0 means nothing.
    """
    scanner = _Scanner(file, long_texts, last_row)
    held: list[bytes] = []
    try:
        feed(file, scanner.parser, _kept(chunks, held))
        data = b"".join(held)
    except _Enough:
        data = b"".join(held)[: scanner.cut] + scanner.closing()
    zeros = [cell for column, cell in scanner.zeros.items() if not scanner.other_results[column]]
    formulas = Formulas(tuple(scanner.uncached), tuple(zeros) if never_calculated else ())
    return Scan(data, tuple(scanner.merges), formulas, scanner.errors)


def scan_texts(file: str, chunks: Iterable[bytes]) -> tuple[bytes, frozenset[int]]:
    """The XML of the shared texts, and the indexes of those that are too long for a cell."""
    lengths: list[int] = []
    held: list[bytes] = []

    def start(name: str, _: Attributes) -> None:
        if local(name) == "si":
            lengths.append(0)

    def text(part: str) -> None:
        if lengths:
            lengths[-1] += len(part)

    feed(file, make_parser(file, start, text=text), _kept(chunks, held))
    long_texts = frozenset(index for index, length in enumerate(lengths) if length > MAX_CELL_CHARS)
    return b"".join(held), long_texts


def _kept(chunks: Iterable[bytes], held: list[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        held.append(chunk)
        yield chunk


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """The index of the column with these letters, -1 for anything that is no column."""
    if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= _MOST_LETTERS):
        return -1
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class _Scanner:
    """The handlers of the parser, with what they remember between calls."""

    def __init__(self, file: str, long_texts: Collection[int], last_row: int | None) -> None:
        self.file = file
        self.long_texts = frozenset(map(str, long_texts))
        self.last_row = last_row
        self.merges: list[Merge] = []
        self.uncached: list[Cell] = []
        self.zeros: dict[int, Cell] = {}
        self.other_results: Counter[int] = Counter()
        self.errors: dict[Cell, str] = {}
        self.cut = 0
        self._opened: list[str] = []
        self._cell = Cell(0, -1)
        self._row_text = "0"
        self._type = ""
        self._formula = self._valued = self._reading = False
        self._text: list[str] = []
        self.parser = make_parser(file, self._start, self._end, self._characters)

    def closing(self) -> bytes:
        """The end tags that the cut took away."""
        return "".join(f"</{name}>" for name in reversed(self._opened)).encode()

    def _start(self, name: str, attributes: Attributes) -> None:
        kind = local(name) if ":" in name else name
        if kind == "c":
            self._start_cell(attributes)
        elif kind in ("v", "t"):
            self._reading = True
            self._valued = True
        elif kind == "f":
            self._formula = True
        elif kind == "row":
            self._start_row(attributes)
        elif kind == "mergeCell":
            self._add_merge(attributes.get("ref", ""))
        elif kind in ("worksheet", "sheetData"):
            self._opened.append(name)

    def _end(self, name: str) -> None:
        kind = local(name) if ":" in name else name
        if kind == "c":
            if self._formula or self._text:
                self._finish_cell("".join(self._text))
        elif kind in ("v", "t"):
            self._reading = False

    def _characters(self, text: str) -> None:
        if self._reading:
            self._text.append(text)

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        if number and not (number.isdecimal() and len(number) < _LONGEST_NUMBER):
            raise refuse("workbook.damaged", self.file)
        row = int(number) if number else self._cell.row + 1
        if self.last_row is not None and row > self.last_row:
            self.cut = self.parser.CurrentByteIndex
            raise _Enough
        self._cell = Cell(row, -1)
        self._row_text = str(row)

    def _start_cell(self, attributes: Attributes) -> None:
        row, column = self._cell
        if reference := attributes.get("r"):
            # A cell that claims another row than it stands in would reach past the limits checked by row.
            if not reference.endswith(self._row_text):
                raise refuse("workbook.damaged", self.file)
            column = _column(reference.removesuffix(self._row_text))
        else:
            column += 1
        if not 0 <= column < _LAST_SHEET_COLUMN:
            raise refuse("workbook.damaged", self.file)
        self._cell = Cell(row, column)
        self._type = attributes.get("t", "")
        self._formula = self._valued = self._reading = False
        self._text = []

    def _finish_cell(self, value: str) -> None:
        cell = self._cell
        if self.last_row is None:
            self._check_limits(cell, value)
        if self._type == "e":
            self.errors[cell] = value
        if not self._formula:
            return
        if not (value or (self._type == "str" and self._valued)):
            self.uncached.append(cell)
        elif value == "0" and self._type in ("", "n"):
            self.zeros.setdefault(cell.column, cell)
        else:
            self.other_results[cell.column] += 1

    def _check_limits(self, cell: Cell, value: str) -> None:
        if cell.row > MAX_ROWS:
            raise refuse("file.too_many_rows", self.file, row=cell.row, limit=str(MAX_ROWS))
        if cell.column >= MAX_COLUMNS:
            letter = column_letter(cell.column)
            raise refuse("file.too_many_columns", self.file, row=cell.row, column=letter, limit=str(MAX_COLUMNS))
        shared = self._type == "s" and value in self.long_texts
        if shared or (self._type in _TEXT_TYPES and len(value) > MAX_CELL_CHARS):
            letter = column_letter(cell.column)
            raise refuse("cell.too_long", self.file, row=cell.row, column=letter, limit=str(MAX_CELL_CHARS))

    def _add_merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = [_REFERENCE.fullmatch(corner) for corner in (first, last or first)]
        if len(self.merges) < _MOST_MERGES and corners[0] and corners[1]:
            (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
            self.merges.append(Merge(int(top), _column(left), int(bottom), _column(right)))
