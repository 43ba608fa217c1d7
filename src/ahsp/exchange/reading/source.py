"""Which kind of file it is, told from its bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ahsp.exchange.reading.cells import cell_text
from ahsp.exchange.reading.grid import Grid
from ahsp.exchange.reading.limits import MAX_FILE_BYTES, MEGABYTE, refuse
from ahsp.exchange.reading.text_file import read_text_file
from ahsp.exchange.reading.workbook import read_workbook

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def shown_name(path: Path, name: str | None = None) -> str:
    """What a file is called towards people and in documents: without the characters that steer a terminal, turn text
    round or are no text at all, all of which a file system allows."""
    return cell_text(name or path.name) or "?"


def open_grid(path: Path, file: str, sheet: str | None) -> Grid:
    """The table in the file at `path`, called `file` towards people. Raises FileRefused."""
    data = _load(path, file)
    if data.startswith(_ZIP):
        return read_workbook(file, data, sheet)
    if data.startswith(_OLE):
        raise refuse(_ole_code(data), file)
    if file.lower().endswith(_WORKBOOK_ENDINGS):
        raise refuse("workbook.not_a_workbook", file)
    if sheet is not None:
        raise refuse("sheet.none", file)
    return read_text_file(file, data)


def _load(path: Path, file: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise refuse("file.too_large", file, limit=f"{MAX_FILE_BYTES // MEGABYTE} MB")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise refuse("file.not_found", file) from error
    except OSError as error:
        raise refuse("file.unreadable", file, reason=error.strerror or str(error)) from error
    if not data.strip():
        raise refuse("file.empty", file)
    return data


def _ole_code(data: bytes) -> str:
    """An OLE container is an encrypted workbook, a workbook of the old format, or something else altogether."""
    if _wide("EncryptedPackage") in data:
        return "workbook.encrypted"
    if _wide("Workbook") in data or _wide("Book") in data:
        return "workbook.old_format"
    return "workbook.not_a_workbook"


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")
