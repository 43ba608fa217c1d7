"""How much a file may hold, and the one way to refuse it."""

from __future__ import annotations

from typing import Final

from ahsp.core.bill_limits import (
    MAX_CELL_CHARS,
    MAX_CODE_CHARS,
    MAX_LEVEL,
    MAX_NUMBER_CHARS,
    MAX_UNIT_CHARS,
)
from ahsp.core.errors import FileRefused

__all__ = ["MAX_CELL_CHARS", "MAX_CODE_CHARS", "MAX_LEVEL", "MAX_NUMBER_CHARS", "MAX_UNIT_CHARS"]

MEGABYTE: Final = 1024 * 1024
MAX_FILE_BYTES: Final = 20 * MEGABYTE
MAX_UNPACKED_BYTES: Final = 512 * MEGABYTE
MAX_PART_BYTES: Final = 128 * MEGABYTE  # one sheet, or all its texts: these are held in memory
HARMLESS_PART_BYTES: Final = 32 * MEGABYTE  # below this the ratio says nothing: one long text packs 1:1000
MAX_RATIO: Final = 200  # sheets of real workbooks pack 1:5 to 1:50
MAX_PARTS: Final = 5_000
MAX_SHEETS: Final = 200
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 100
HEADER_ROWS: Final = 60


def refuse(code: str, file: str, *, row: int | None = None, column: str | None = None, **data: str) -> FileRefused:
    """The error to raise for a file that is refused as a whole."""
    where = {"file": file}
    if row is not None:
        where["row"] = str(row)
    if column is not None:
        where["column"] = column
    return FileRefused(code, {**where, **data})


def column_letter(index: int) -> str:
    """The letters a spreadsheet shows above the column with this index: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shorten(text: str, length: int = 40) -> str:
    """`text` short enough to be quoted in a sentence."""
    return text if len(text) <= length else text[: length - 1] + "…"
