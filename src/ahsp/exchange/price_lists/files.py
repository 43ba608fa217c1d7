"""A price list in a file, as rows that the command pastes. Nothing of the file is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile

from ahsp.core.errors import FileRefused
from ahsp.exchange.price_lists.lists import Known, ListRow, PriceList, exact_rows, fold_name, read_list
from ahsp.exchange.price_lists.serializers import MOST_ROWS
from ahsp.exchange.price_lists.services import known_of, load_recorded
from ahsp.exchange.reading.grid import Grid
from ahsp.exchange.reading.limits import HEADER_ROWS, MAX_FILE_BYTES, MEGABYTE, refuse
from ahsp.exchange.reading.price_columns import PriceField
from ahsp.exchange.reading.source import open_grid
from ahsp.exchange.services import on_disk, shown_name
from ahsp.projects.models import Project

MOST_NAMES = 50
MOST_SHEETS = 8
"""How many further sheets are looked at where the one that fits best names nothing of the project."""
GIVEN = tuple(one for one in PriceField if one is not PriceField.CODE)


def read_price_list(project: Project, upload: UploadedFile[Any], sheet: str | None) -> dict[str, Any]:
    """See PriceListSerializer. Raises FileRefused."""
    file = shown_name(upload.name or "")
    if (upload.size or 0) > MAX_FILE_BYTES:
        raise FileRefused("file.too_large", {"file": file, "limit": f"{MAX_FILE_BYTES // MEGABYTE} MB"})
    known = known_of(load_recorded(project))
    with on_disk(upload.read()) as path:
        found = _read(path, file, sheet, known)
        first = found
        for other in first.grid.skipped[:MOST_SHEETS] if sheet is None and not first.ours else ():
            found = _read(path, file, other, known)
            if found.ours:
                break
    # Where no sheet says anything of the project, the first one is as good as the others.
    found = found if found.ours else first
    if not _is_list(found.listed):
        raise refuse("prices.header_missing", file, rows=str(HEADER_ROWS))
    sheets = [first.grid.sheet, *first.grid.skipped]
    return _told(found, [name for name in sheets if name != found.grid.sheet])


class _Sheet(NamedTuple):
    """A sheet as a price list; `ours` are its rows that name resources of the project."""

    grid: Grid
    listed: PriceList
    ours: list[ListRow]


def _read(path: Path, file: str, sheet: str | None, known: Known) -> _Sheet:
    grid = open_grid(path, file, sheet)
    listed = read_list(list(exact_rows(iter(grid.rows()), _broken(grid))), known)
    ours = [row for row in listed.rows if fold_name(row.text(PriceField.RESOURCE)) in known.names]
    return _Sheet(grid, listed, ours if _is_list(listed) else [])


def _is_list(listed: PriceList) -> bool:
    return {PriceField.RESOURCE.value, PriceField.PRICE.value} <= set(listed.columns)


def _broken(grid: Grid) -> set[tuple[int, int]]:
    return {(cell.row, cell.column) for cell in (*grid.formulas.uncached, *grid.formulas.zero_only)}


def _told(sheet: _Sheet, others: list[str]) -> dict[str, Any]:
    grid, found, ours = sheet
    if len(ours) > MOST_ROWS:
        raise refuse("file.too_many_rows", grid.file, row=ours[MOST_ROWS].number, limit=str(MOST_ROWS))
    numbers = {row.number for row in ours}
    strange = [row.text(PriceField.RESOURCE) for row in found.rows if row.number not in numbers]
    present = [one for one in GIVEN if any(_text(row, one) for row in ours)]
    return {
        "file": grid.file,
        "sheet": grid.sheet,
        "sheets": others,
        "columns": [one.value for one in present],
        "rows": [[_text(row, one) for one in present] for row in ours],
        "priced": len(found.rows),
        "unpriced": found.unpriced,
        "unknown": len(strange),
        "unknown_names": list(dict.fromkeys(filter(None, strange)))[:MOST_NAMES],
    }


def _text(row: ListRow, one: PriceField) -> str:
    """The kind is that of the group a row stood under: groups are not among the rows any more."""
    if one is PriceField.KIND:
        return row.kind.value if row.kind else ""
    return row.text(one)
