"""`./ahsp search WORDS`: find analyses by code or words, as the web does."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence

import click

from ahsp.catalog.packages import edition_path, read_records
from ahsp.catalog.search import Hit, SearchIndex
from ahsp.catalog.search import search as find
from ahsp.cli.messages import complain, progress

DEFAULT_EDITION = "ck-se47-2026"
LEAST_NAME_WIDTH = 30


@click.command()
@click.argument("words", nargs=-1)
@click.option("--edition", default=DEFAULT_EDITION, show_default=True, help="The edition to search.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Most answers to show.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array of code, name and unit, best first.")
def search(words: tuple[str, ...], edition: str, limit: int, *, as_json: bool) -> int:
    """Find analyses by code, words in any order, trade words, sizes and grades."""
    query = " ".join(words).strip()
    if not query:
        complain("search.words_missing", {})
        return 2
    index = SearchIndex.build(read_records(edition_path(edition)))
    hits = find(index, query, limit)
    if as_json:
        rows = [{"code": hit.code, "name": hit.name, "unit": hit.unit} for hit in hits]
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif hits:
        width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else None
        click.echo("\n".join(_table(hits, width)))
    else:
        progress("search.nothing", {"query": query[:80], "edition": edition})
    return 0


def _table(hits: Sequence[Hit], width: int | None) -> list[str]:
    """Aligned columns; names are cut to the terminal's `width`, and whole where there is no terminal."""
    code_width = max(len(hit.code) for hit in hits)
    unit_width = max(len(hit.unit) for hit in hits)
    room = None if width is None else max(width - code_width - unit_width - 4, LEAST_NAME_WIDTH)
    return [f"{hit.code:<{code_width}}  {hit.unit:<{unit_width}}  {_cut(hit.name, room)}" for hit in hits]


def _cut(text: str, room: int | None) -> str:
    return text if room is None or len(text) <= room else text[: room - 1] + "…"
