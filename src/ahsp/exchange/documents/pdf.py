"""The PDF: numbers and sentences come from `pages`, the page is set in rab.typ."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ahsp.exchange.documents.pages import page_data
from ahsp.exchange.documents.rab import RabDocument, Tick

_TYPESETTER = Path(__file__).with_name("typesetting.py")
_MOST_TAGGED_ROWS = 1_000
_TIME_LIMIT = 300
"""Seconds; ten thousand lines take about six."""
_SECONDS_BETWEEN_TICKS = 0.25
_ROWS_A_SECOND = 1_500
"""A guess at the speed, to say how far the typesetter may be: it says nothing itself."""
_LONG_WORD = re.compile(r"\S{18,}")
_CHUNK = re.compile(r"\S{12}")
_SOFT_BREAK = "\N{ZERO WIDTH SPACE}"


def render_pdf(document: RabDocument, tick: Tick) -> bytes:
    """The finished PDF. Text goes in as data, never as markup. Whatever `tick` raises stops the typesetter."""
    return typeset("rab.typ", page_data(document, breakable), document.estimate.item_count, tick)


def typeset(template: str, pages: dict[str, Any], rows: int, tick: Tick) -> bytes:
    """`pages` set by a template beside this module; `rows` is how many lines of table there are, about."""
    data = json.dumps(pages, ensure_ascii=False).encode("utf-8", "replace")
    # Tags weigh two kilobytes a line.
    tags = ["--tags"] if rows <= _MOST_TAGGED_ROWS else []
    command = [sys.executable, "-I", str(_TYPESETTER), template, *tags]
    expected = 1 + rows / _ROWS_A_SECOND
    # Files rather than pipes: nobody has to read while waiting.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made, tempfile.TemporaryFile() as complaints:
        given.write(data)
        given.seek(0)
        process = subprocess.Popen(command, stdin=given, stdout=made, stderr=complaints)  # noqa: S603 - no text of a person is in the command
        try:
            _wait(process, expected, tick)
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            complaints.seek(0)
            raise RuntimeError(f"the PDF could not be set: {complaints.read().decode(errors='replace')[-2000:]}")
        made.seek(0)
        return made.read()


def _wait(process: subprocess.Popen[bytes], expected: float, tick: Tick) -> None:
    started = time.monotonic()
    while True:
        try:
            process.wait(_SECONDS_BETWEEN_TICKS)
        except subprocess.TimeoutExpired:
            spent = time.monotonic() - started
            if spent > _TIME_LIMIT:
                raise
            # Nears the end without ever saying that it is there.
            tick(int(95 * spent / (spent + expected)))
        else:
            return


def breakable(text: str) -> str:
    """`text` with places to break a word that is wider than any column."""
    if not _LONG_WORD.search(text):
        return text
    return _LONG_WORD.sub(lambda word: _CHUNK.sub(lambda part: part[0] + _SOFT_BREAK, word[0]), text)
