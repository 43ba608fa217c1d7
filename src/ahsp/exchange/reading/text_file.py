"""CSV: the text of the file, its delimiter and its records."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import Final

from ahsp.core.errors import FileRefused
from ahsp.exchange.reading.grid import Grid
from ahsp.exchange.reading.header import DEEPEST, header_score
from ahsp.exchange.reading.limits import (
    HEADER_ROWS,
    MAX_CELL_CHARS,
    MAX_COLUMNS,
    MAX_ROWS,
    column_letter,
    refuse,
)

_DELIMITERS: Final = (";", ",", "\t")
_MOST_LINES: Final = 20
_FEW_CONTROLS: Final = 40  # a text may carry some by accident, a binary file is full of them
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKUP: Final = ("<html", "<!doctype", "<?xml", "<table", "{\\rtf", "%pdf-")


def read_text_file(file: str, data: bytes) -> Grid:
    """The grid of a CSV file. Raises FileRefused for what is no text, for broken quotes and beyond the limits."""
    text = _decode(file, data)
    text, delimiter = _take_hint(text)
    chosen = delimiter or max(_DELIMITERS, key=lambda mark: _score(text, mark))
    return Grid(file=file, sheet="", rows=lambda: _records(file, text, chosen))


def _decode(file: str, data: bytes) -> str:
    text = _text(file, data)
    start = text[:4096]
    controls = sum(mark < " " and mark not in "\t\n\r\f\v" for mark in start)
    if "\0" in text or controls > _FEW_CONTROLS:
        raise refuse("file.binary", file)
    if start.lstrip().lower().startswith(_MARKUP):
        raise refuse("file.not_a_table", file)
    return text


def _text(file: str, data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(file, data[len(bom) :], encoding)
    if b"\0" in data:
        raise refuse("file.binary", file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(file, data, "cp1252")


def _decoded(file: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("file.encoding", file) from error


def _take_hint(text: str) -> tuple[str, str | None]:
    """Spreadsheets take a first line "sep=;" as the delimiter and do not show it as a row."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    if first.lower().startswith("sep=") and first[4:5] in _DELIMITERS:
        return rest, first[4:5]
    return text, None


def _score(text: str, delimiter: str) -> tuple[int, int]:
    """How well the header reads when split by `delimiter`; the widest table breaks a tie."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head: list[list[str]] = []
    # Broken records are reported with their row once they are read with the delimiter chosen.
    with suppress(csv.Error):
        head.extend(islice(reader, HEADER_ROWS + DEEPEST))
    return header_score(head), max(map(len, head), default=0)


def _records(file: str, text: str, delimiter: str) -> Iterator[Sequence[str]]:
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row, begin = 0, 0
    try:
        for row, record in enumerate(reader, start=1):
            _check_size(file, row, record)
            yield record
            begin = reader.line_num
    except csv.Error as error:
        if "field limit" in str(error):
            raise _too_long(file, row + 1, *_longest(lines[begin:], delimiter)) from error
        raise refuse("file.broken_quotes", file, row=row + 1) from error


def _check_size(file: str, row: int, record: Sequence[str]) -> None:
    if row > MAX_ROWS and any(record):
        raise refuse("file.too_many_rows", file, row=row, limit=str(MAX_ROWS))
    if len(record) > MAX_COLUMNS:
        for index in range(MAX_COLUMNS, len(record)):
            if record[index]:
                letter = column_letter(index)
                raise refuse("file.too_many_columns", file, row=row, column=letter, limit=str(MAX_COLUMNS))
    for index, value in enumerate(record):
        if len(value) > MAX_CELL_CHARS:
            raise _too_long(file, row, index, value)


def _too_long(file: str, row: int, index: int, value: str) -> FileRefused:
    # Many lines in one cell are the mark of a quotation mark that is never closed.
    code = "file.broken_quotes" if value.count("\n") > _MOST_LINES else "cell.too_long"
    return refuse(code, file, row=row, column=column_letter(index), limit=str(MAX_CELL_CHARS))


def _longest(lines: Sequence[str], delimiter: str) -> tuple[int, str]:
    """Column and beginning of the first field over the limit, in a record the csv module gave up on."""
    index, length, quoted, begin = 0, 0, False, ""
    for mark in chain.from_iterable(lines):
        if mark == '"':
            quoted = not quoted
        elif mark == delimiter and not quoted:
            index, length, begin = index + 1, 0, ""
        else:
            length += 1
            begin += mark
            if length > MAX_CELL_CHARS:
                break
    return index, begin
