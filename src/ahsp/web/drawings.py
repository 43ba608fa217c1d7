"""The line icons and the shapes of states, drawn for this application: one file each in icons/."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString

FOLDER = Path(__file__).parent / "icons"


@cache
def drawing(name: str) -> SafeString:
    """The markup of icons/NAME.svg. A wrong name is a mistake in a template: FileNotFoundError."""
    return SafeString((FOLDER / f"{name}.svg").read_text(encoding="utf-8").strip())
