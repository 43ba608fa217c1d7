"""The built front end: from an entry's name to the hashed files Vite wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BUILD = Path(__file__).parent / "static" / "build"
FOLDER = "build/"


@dataclass(frozen=True, slots=True)
class Entry:
    """Files of one entry as static names: its module, its style sheets, and the fonts to fetch early."""

    script: str
    styles: tuple[str, ...]
    fonts: tuple[str, ...]


def entry(name: str) -> Entry:
    """The entry `name` ("main" is frontend/src/main.ts). Raises ImproperlyConfigured while nothing is built."""
    manifest = BUILD / "manifest.json"
    try:
        changed = manifest.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise ImproperlyConfigured("The front end is not built: run 'npm ci && npm run build' in frontend/.") from error
    return _entry(manifest, changed, name)


@lru_cache(maxsize=8)
def _entry(manifest: Path, changed: int, name: str) -> Entry:  # noqa: ARG001 a new build is a new key
    chunk = json.loads(manifest.read_text(encoding="utf-8"))[f"src/{name}.ts"]
    return Entry(
        script=FOLDER + chunk["file"],
        styles=tuple(FOLDER + file for file in chunk.get("css", ())),
        fonts=tuple(FOLDER + file for file in chunk.get("assets", ()) if file.endswith(".woff2")),
    )
