"""A document as a file: complete under its name, or not there at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ahsp.core.errors import AhspError, FileRefused
from ahsp.exchange.documents.rab import RabDocument, write_docx, write_pdf, write_xlsx

_WRITERS: dict[str, Callable[[RabDocument, BinaryIO], None]] = {
    ".xlsx": write_xlsx,
    ".pdf": write_pdf,
    ".docx": write_docx,
}


def check_target(target: Path, *, source: Path | None = None) -> None:
    """Refuse a target that cannot be written, before any work is done; `source` must not be overwritten.

    Raises AhspError.
    """
    if target.suffix.lower() not in _WRITERS:
        raise FileRefused("output.ending", {"file": str(target)})
    if not target.parent.is_dir():
        raise FileRefused("output.no_folder", {"file": str(target), "folder": str(target.parent)})
    if target.is_dir():
        raise FileRefused("output.is_folder", {"file": str(target)})
    if source is not None and source.exists() and target.exists() and target.samefile(source):
        raise FileRefused("output.is_input", {"file": str(target)})


def write_file(document: RabDocument, target: Path) -> None:
    """Write to a temporary file beside `target`, then rename it: a reader never sees half a document.

    Raises AhspError if it cannot be written; what stood there before is then untouched.
    """
    write = _WRITERS[target.suffix.lower()]
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".ahsp-", suffix=target.suffix, dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            write(document, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_ordinary_mode())
        temporary.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AhspError("output.unwritable", {"file": str(target), "reason": reason}) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _ordinary_mode() -> int:
    """What a file gets that is made in the ordinary way; a temporary one is closed to others."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
