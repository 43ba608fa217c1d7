"""Small files that are whole or absent, whatever dies while they are written."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from ahsp.operations.stack.errors import StackError


def replace_file(path: Path, content: str) -> None:
    """Put `content` (readable by the owner alone) in place of `path` in one step."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_or_make_secret(path: Path) -> str:
    """The secret kept in `path`; a random one is made, and kept, the first time. Raises StackError."""
    try:
        if not path.exists():
            replace_file(path, secrets.token_urlsafe(32))
        value = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        reason = error.strerror or str(error)
        raise StackError("stack.home_unusable", path=str(path), reason=reason) from error
    if not value:
        raise StackError("stack.secret_empty", path=str(path))
    return value
