"""Small edition packages and price books on disk, sound until a test damages them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ANALYSES = [
    ["code", "division", "section", "name", "unit", "agreement", "position"],
    ["A.1.01.b1.2", "1 Umum", "", "Galian tanah biasa", "m3", "", "1"],
    ["3.1.(1a)", "3 Tanah", "Timbunan", "Jalan sementara", "m2", "2", "2"],
]
LINES = [
    ["analysis", "position", "line", "group", "name", "unit", "coefficient", "percent", "of", "nested", "price"],
    ["A.1.01.b1.2", "1", "resource", "labor", "Pekerja", "OH", "0.75", "", "", "", ""],
    ["A.1.01.b1.2", "2", "resource", "material", "Pipa", "m'", "", "", "", "", ""],
    ["A.1.01.b1.2", "3", "percentage", "material", "Aksesoris", "", "", "35", "2", "", ""],
    ["A.1.01.b1.2", "4", "lump_sum", "equipment", "Alat bantu", "Ls", "1", "", "", "", "1500"],
    ["A.1.01.b1.2", "5", "information", "", "Unit Pekerjaan *)", "", "", "", "", "", ""],
    ["3.1.(1a)", "1", "nested", "", "", "m3", "0.15", "", "", "A.1.01.b1.2", ""],
]
MANIFEST: dict[str, Any] = {
    "format": "ahsp-edition",
    "format_version": 1,
    "slug": "sda-2027",
    "regulation": "SE Dirjen Bina Konstruksi",
    "number": "1/SE/Dk/2027",
    "date": "2027-01-31",
    "annex": "IV",
    "field": "Sumber Daya Air",
    "title": "AHSP SDA 2027",
    "language": "id",
    "provenance": {"id": "uji", "en": "test"},
}
PRICES = [
    ["kind", "resource", "unit", "price"],
    ["labor", "Pekerja", "OH", "120000"],
    ["material", "Pipa", "m'", "55000.50"],
]
BOOK: dict[str, Any] = {
    "format": "ahsp-price-book",
    "format_version": 1,
    "slug": "uji",
    "title": {"id": "Harga uji", "en": "Test prices"},
    "is_example": True,
    "hours_per_day": "7",
    "provenance": {"id": "uji", "en": "test"},
}


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def write_folder(folder: Path, manifest: dict[str, Any], tables: dict[str, bytes]) -> Path:
    """The tables with a manifest that vouches for them as they are."""
    facts = {
        name: {"sha256": hashlib.sha256(raw).hexdigest(), "rows": max(len(raw.splitlines()) - 1, 0)}
        for name, raw in tables.items()
    }
    for name, raw in tables.items():
        (folder / name).write_bytes(raw)
    (folder / "manifest.json").write_text(json.dumps({**manifest, "files": facts}))
    return folder


def write_edition(
    folder: Path,
    analyses: Sequence[Sequence[str]] = ANALYSES,
    lines: Sequence[Sequence[str]] = LINES,
    **manifest: object,
) -> Path:
    tables = {"analyses.csv": csv_bytes(analyses), "analysis_lines.csv": csv_bytes(lines)}
    return write_folder(folder, {**MANIFEST, **manifest}, tables)


def write_book(folder: Path, prices: Sequence[Sequence[str]] = PRICES, **manifest: object) -> Path:
    return write_folder(folder, {**BOOK, **manifest}, {"prices.csv": csv_bytes(prices)})


def changed(table: Sequence[Sequence[str]], row: int, column: int, value: str) -> list[list[str]]:
    """A copy of the table with one field replaced; `row` counts as in a spreadsheet, the heading is 1."""
    copy = [list(fields) for fields in table]
    copy[row - 1][column] = value
    return copy
