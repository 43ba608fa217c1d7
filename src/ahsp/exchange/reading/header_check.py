"""A header that can be relied upon, or the reason why the file is refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from ahsp.core.errors import FileRefused
from ahsp.exchange.reading.cells import cell_text, is_blank
from ahsp.exchange.reading.grid import Grid
from ahsp.exchange.reading.header import DEEPEST, Header, find_header, folded_row
from ahsp.exchange.reading.header_words import Field, words_looked_for
from ahsp.exchange.reading.limits import HEADER_ROWS, column_letter, refuse, shorten

_ONE_COLUMN = (Field.CODE, Field.UNIT, Field.QUANTITY, Field.UNIT_PRICE, Field.AMOUNT)
_CALCULATED = (Field.QUANTITY, Field.UNIT_PRICE)


def require_header(grid: Grid) -> Header:
    """The header of `grid`, with exactly one column for each field that holds no plain words.

    Raises FileRefused: no header, a field claimed twice, merged headings that leave a column unclear, or formulas
    without values in a column of the bill.
    """
    header = find_header(islice(grid.rows(), HEADER_ROWS + DEEPEST), grid.merges)
    if header is None:
        if early := [cell for cell in grid.formulas.uncached if cell.row <= HEADER_ROWS]:
            raise refuse("formula.uncached", grid.file, row=early[0].row, column=column_letter(early[0].column))
        raise refuse("header.missing", grid.file, words=words_looked_for(), rows=str(HEADER_ROWS))
    if header.twice:
        first, second = header.twice
        data = {
            "heading": shorten(header.heading(first)),
            "other": column_letter(second),
            "rival": shorten(header.heading(second)),
        }
        raise refuse("header.twice", grid.file, row=header.first_row, column=column_letter(first), **data)
    _check_lower_headings(grid, header)
    header = _settle_spans(grid, header)
    _check_formulas(grid, header)
    return header


def _check_lower_headings(grid: Grid, header: Header) -> None:
    """A row of words under the header, beside no description, divides a column in a way nobody can guess."""
    row = header.last_row + 1
    values = next(islice(grid.rows(), header.last_row, row), ())
    named = (*header.columns[Field.DESCRIPTION], *header.columns.get(Field.NUMBER, ()))
    if any(column < len(values) and not is_blank(values[column]) for column in named):
        return
    folded = folded_row(values)
    for field in _CALCULATED:
        for column in header.columns.get(field, ()):
            # One letter or figure numbers the columns, as in (a) (b) (c).
            if len(folded.get(column, "")) > 1 and not folded[column].isdigit():
                raise _unclear(grid, header, row, column)


def _settle_spans(grid: Grid, header: Header) -> Header:
    """Where a merged heading covers several columns, take the one that is filled in below it."""
    columns = dict(header.columns)
    for field in _ONE_COLUMN:
        spanned = columns.get(field, ())
        if len(spanned) < 2:
            continue
        filled = _filled(grid, header.last_row, spanned)
        if len(filled) > 1 and field is not Field.AMOUNT:
            raise _unclear(grid, header, header.first_row, spanned[0])
        columns[field] = (filled or spanned)[-1:]
    return replace(header, columns=columns)


def _filled(grid: Grid, last_row: int, columns: tuple[int, ...]) -> tuple[int, ...]:
    found: set[int] = set()
    for values in islice(grid.rows(), last_row, None):
        for column in columns:
            cell = values[column] if column < len(values) else ""
            # Some bills keep the currency sign in a narrow column of its own.
            if not is_blank(cell) and cell_text(cell).rstrip(".").casefold() not in ("rp", "idr"):
                found.add(column)
    return tuple(sorted(found))


def _unclear(grid: Grid, header: Header, row: int, column: int) -> FileRefused:
    heading = shorten(header.heading(column))
    return refuse("header.merged", grid.file, row=row, column=column_letter(column), heading=heading)


def _check_formulas(grid: Grid, header: Header) -> None:
    used = {column for columns in header.columns.values() for column in columns}
    needed = {column for field in _CALCULATED for column in header.columns.get(field, ())}
    cells = [cell for cell in grid.formulas.uncached if cell.column in used]
    cells += [cell for cell in grid.formulas.zero_only if cell.column in needed]
    below = sorted(cell for cell in cells if cell.row > header.last_row)
    if below:
        raise refuse("formula.uncached", grid.file, row=below[0].row, column=column_letter(below[0].column))
