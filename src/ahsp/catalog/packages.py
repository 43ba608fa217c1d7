"""Edition packages: one annex of one regulation as a folder of CSV and a manifest.

The format (manifest.json, analyses.csv, analysis_lines.csv) takes every annex, year and kind of line that the
engine knows; the names of its columns are those of AnalysisRecord and LineRow. Price books are in package_prices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ahsp.catalog.package_files import (
    MANIFEST,
    MAX_CODE,
    MAX_GROUP,
    MAX_TITLE,
    MAX_UNIT,
    Localized,
    Manifest,
    Table,
    check_text,
    refuse,
)
from ahsp.catalog.package_lines import LINES_FILE, POSITION, LineRow, build_line, check_lines
from ahsp.catalog.package_prices import (
    PriceBookManifest,
    PriceBookPackage,
    read_price_book,
    read_price_book_manifest,
)
from ahsp.core.errors import NotFound
from ahsp.engine.analysis import Analysis

__all__ = [
    "AnalysisRecord",
    "EditionManifest",
    "EditionPackage",
    "LineRow",
    "PriceBookManifest",
    "PriceBookPackage",
    "edition_path",
    "editions_dir",
    "list_editions",
    "list_price_books",
    "price_book_path",
    "price_books_dir",
    "read_edition",
    "read_edition_manifest",
    "read_price_book",
    "read_price_book_manifest",
    "read_records",
]

EDITION_FORMAT = "ahsp-edition"
ANALYSES_FILE = "analyses.csv"
DATA_DIR = Path(__file__).resolve().parents[3] / "data"


class AnalysisRecord(NamedTuple):
    """One row of analyses.csv.

    `position` is the order in the edition, from 1. `agreement` counts the independent transcriptions of the
    regulation that agree on every coefficient, None where nobody counted. `section` may be empty.
    """

    code: str
    division: str
    section: str
    name: str
    unit: str
    agreement: int | None
    position: int


@dataclass(frozen=True, slots=True)
class EditionManifest:
    """What the edition is. `language` is that of its names; `known_limits` are sentences per language."""

    slug: str
    regulation: str
    number: str
    date: date
    annex: str
    field: str
    title: str
    language: str
    provenance: Localized
    known_limits: Mapping[str, tuple[str, ...]]


class _Analyses(Mapping[str, Analysis]):
    """Builds an analysis when it is first asked for: an estimate uses a few of the thousands."""

    def __init__(self, records: Mapping[str, AnalysisRecord], lines: Mapping[str, list[LineRow]]) -> None:
        self._records = records
        self._lines = lines
        self._built: dict[str, Analysis] = {}

    def __getitem__(self, code: str) -> Analysis:
        built = self._built.get(code)
        if built is None:
            record = self._records[code]
            lines = tuple(build_line(row) for row in self._lines.get(code, ()))
            built = self._built[code] = Analysis(code, record.name, record.unit, lines)
        return built

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


class EditionPackage:
    """A whole, checked edition. `analyses` are the records by code, in the order of the edition."""

    def __init__(
        self,
        manifest: EditionManifest,
        analyses: Mapping[str, AnalysisRecord],
        lines: Mapping[str, list[LineRow]],
    ) -> None:
        self.manifest = manifest
        self.analyses = analyses
        self._lines = lines
        self.engine_analyses: Mapping[str, Analysis] = _Analyses(analyses, lines)

    @property
    def records(self) -> tuple[AnalysisRecord, ...]:
        return tuple(self.analyses.values())

    def analysis(self, code: str) -> Analysis:
        """The engine's analysis of `code`, built on first use. Raises KeyError for an unknown code."""
        return self.engine_analyses[code]

    def lines(self, code: str) -> tuple[LineRow, ...]:
        """The rows of one analysis as text, in order of position."""
        return tuple(self._lines.get(code, ()))

    def line_rows(self) -> Iterator[LineRow]:
        """Every row of analysis_lines.csv as text."""
        for rows in self._lines.values():
            yield from rows


def editions_dir() -> Path:
    """The folder with the editions that come with the program."""
    return DATA_DIR / "editions"


def price_books_dir() -> Path:
    """The folder with the price books that come with the program."""
    return DATA_DIR / "price_books"


def _folders(parent: Path) -> list[Path]:
    return sorted(manifest.parent for manifest in parent.glob(f"*/{MANIFEST}"))


def list_editions() -> tuple[EditionManifest, ...]:
    """The manifests of the editions that come with the program, by slug; their tables are not read."""
    return tuple(read_edition_manifest(folder) for folder in _folders(editions_dir()))


def list_price_books() -> tuple[PriceBookManifest, ...]:
    """The manifests of the price books that come with the program, by slug."""
    return tuple(read_price_book_manifest(folder) for folder in _folders(price_books_dir()))


def _known_folder(parent: Path, slug: str, code: str) -> Path:
    known = {folder.name: folder for folder in _folders(parent)}
    if slug not in known:
        raise NotFound(code, {"slug": slug[:MAX_CODE], "known": ", ".join(known)})
    return known[slug]


def edition_path(slug: str) -> Path:
    """The folder of an edition that comes with the program. Raises NotFound naming those that exist."""
    return _known_folder(editions_dir(), slug, "edition.unknown")


def price_book_path(slug: str) -> Path:
    """The folder of a price book that comes with the program. Raises NotFound naming those that exist."""
    return _known_folder(price_books_dir(), slug, "price_book.unknown")


def read_edition_manifest(path: Path) -> EditionManifest:
    """The manifest of the edition in folder `path`. Raises FileRefused."""
    return _manifest(Manifest(path, EDITION_FORMAT))


def read_records(path: Path) -> tuple[AnalysisRecord, ...]:
    """The analyses of the edition in folder `path` without their lines, checked. Raises FileRefused."""
    table = Table(Manifest(path, EDITION_FORMAT), ANALYSES_FILE, AnalysisRecord._fields)
    records = _records(table)
    table.verify()
    return tuple(records.values())


def read_edition(path: Path) -> EditionPackage:
    """Read and check the edition in folder `path`.

    Raises FileRefused naming file, row and reason; nothing of a damaged package is kept.
    """
    source = Manifest(path, EDITION_FORMAT)
    manifest = _manifest(source)
    analyses = Table(source, ANALYSES_FILE, AnalysisRecord._fields)
    records = _records(analyses)
    lines = Table(source, LINES_FILE, LineRow._fields)
    rows = check_lines(lines, records)
    analyses.verify()
    lines.verify()
    return EditionPackage(manifest, records, rows)


def _manifest(source: Manifest) -> EditionManifest:
    return EditionManifest(
        slug=source.slug("slug"),
        regulation=source.text("regulation", MAX_TITLE),
        number=source.text("number"),
        date=source.day("date"),
        annex=source.text("annex"),
        field=source.text("field"),
        title=source.text("title", MAX_TITLE),
        language=source.text("language"),
        provenance=source.localized("provenance"),
        known_limits=source.localized_list("known_limits"),
    )


def _records(table: Table) -> dict[str, AnalysisRecord]:
    records: dict[str, AnalysisRecord] = {}
    for number, (code, division, section, name, unit, agreement, position) in enumerate(table.rows, 2):
        check_text(code, table, number, "code", MAX_CODE)
        if code in records:
            refuse("package.duplicate_code", table.name, number, code=code)
        check_text(division, table, number, "division", MAX_GROUP)
        check_text(name, table, number, "name")
        check_text(unit, table, number, "unit", MAX_UNIT)
        if section:
            check_text(section, table, number, "section", MAX_GROUP)
        if agreement and not POSITION.fullmatch(agreement):
            refuse("package.number", table.name, number, column="agreement", value=agreement[:40])
        if position != str(number - 1):
            refuse("package.position", table.name, number, value=position[:40])
        counted = int(agreement) if agreement else None
        records[code] = AnalysisRecord(code, division, section, name, unit, counted, number - 1)
    return records
