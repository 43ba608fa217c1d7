"""Compiles the translations whose text is newer than their compiled form."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

APPS = Path(__file__).resolve().parents[1]


def compile_translations(apps: Path = APPS) -> None:
    """Bring every compiled catalog up to date. A folder that cannot be written keeps what it has."""
    for source in apps.glob("*/locale/*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime <= source.stat().st_mtime:
            try:
                _compile(source, compiled)
            except PermissionError:
                continue


def _compile(source: Path, compiled: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    # Babel prints its remarks; standard output belongs to the command.
    with source.open("rb") as file, contextlib.redirect_stdout(sys.stderr):
        catalog = read_po(file, locale=source.parents[1].name)
    handle, temporary = tempfile.mkstemp(dir=compiled.parent)
    with os.fdopen(handle, "wb") as file:
        write_mo(file, catalog)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(compiled)
