"""Loading the shipped edition into the database, and searching it."""

from __future__ import annotations

import csv
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from ahsp.catalog.package_files import MANIFEST
from ahsp.catalog.packages import edition_path, read_edition
from ahsp.catalog.search import SearchIndex, search
from ahsp.catalog.services import load_edition

SLUG = "ck-se47-2026"
QUERIES = Path(__file__).resolve().parents[3] / "tests" / "golden" / "search-queries.csv"
ROUNDS = 5


def measure() -> dict[str, Any]:
    """Seconds to read and load the package, ms to build the index, median and slowest ms of a golden query."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        copies = [_copy(Path(folder), f"bench-{number}") for number in range(ROUNDS)]
        loads = [_spent(lambda path=path: load_edition(path=path)) for path in copies]  # type: ignore[misc]
        transaction.set_rollback(True)
    records = read_edition(edition_path(SLUG)).records
    index = SearchIndex.build(records)
    build = statistics.median(_spent(lambda: SearchIndex.build(records)) for _ in range(ROUNDS))
    answers = [_spent(lambda words=words: search(index, words, 20)) for words in _queries()]  # type: ignore[misc]
    return {
        "load_s": round(statistics.median(loads), 2),
        "index_ms": round(build * 1000),
        "search_median_ms": round(statistics.median(answers) * 1000, 1),
        "search_slowest_ms": round(max(answers) * 1000, 1),
    }


def _copy(folder: Path, slug: str) -> Path:
    """The shipped package under another slug: to be loaded beside what is there."""
    copy = folder / slug
    shutil.copytree(edition_path(SLUG), copy)
    manifest = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    (copy / MANIFEST).write_text(json.dumps(manifest | {"slug": slug}), encoding="utf-8")
    return copy


def _spent(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def _queries() -> list[str]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return [row["query"] for row in csv.DictReader(file)]
