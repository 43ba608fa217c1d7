"""Reading a bill of quantities from XLSX or CSV, for the command line and for the import preview alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ahsp.engine.estimate import Section, WorkItem
from ahsp.engine.issues import Issue, Severity
from ahsp.engine.numbers import Notation
from ahsp.exchange.reading.assemble import Assembler
from ahsp.exchange.reading.grid import Grid
from ahsp.exchange.reading.header_check import require_header
from ahsp.exchange.reading.header_words import Field
from ahsp.exchange.reading.kinds import judge
from ahsp.exchange.reading.limits import column_letter, refuse, shorten
from ahsp.exchange.reading.lines import read_lines
from ahsp.exchange.reading.model import Boq, BoqRow, RowKind
from ahsp.exchange.reading.source import open_grid, shown_name
from ahsp.exchange.reading.values import NumberReader

__all__ = ["Boq", "BoqRow", "RowKind", "read_boq", "to_children"]


def read_boq(
    path: Path,
    *,
    notation: Notation = Notation.AUTO,
    name: str | None = None,
    sheet: str | None = None,
    collect: bool = False,
) -> Boq:
    """Read the bill in `path`, XLSX or CSV by content.

    `name` is the file name shown to people (an upload's own name), `sheet` picks a sheet instead of the best match.
    Raises core.errors.FileRefused with data "file" and, where known, "row" and "column": nothing is kept then.
    A number that can be read two ways refuses the file too, unless `collect`: then it is an ERROR of its row.
    """
    file = shown_name(path, name)
    grid = open_grid(path, file, sheet)
    header = require_header(grid)
    letters = {one: column_letter(columns[0]) for one, columns in header.columns.items()}
    judged = judge(list(read_lines(grid, header)))
    if not any(kind is RowKind.ITEM for _, kind in judged):
        raise refuse("boq.no_items", file, row=header.last_row)
    numbers = NumberReader(notation, header.headings(), collect)
    return Boq(
        file=file,
        sheet=grid.sheet,
        header_row=header.first_row,
        columns={str(one): letters[one] for one in Field if one in letters},
        rows=Assembler(file, letters, numbers).rows(judged),
        issues=_sheet_issues(grid),
    )


def _sheet_issues(grid: Grid) -> tuple[Issue, ...]:
    """Which sheet was read, where there were several; a doubt where another one looks the same."""
    data = {"file": grid.file, "sheet": shorten(grid.sheet)}
    if grid.rivals:
        names = shorten(", ".join(grid.rivals), 200)
        return (Issue("sheet.several", Severity.WARNING, {**data, "others": names}),)
    if grid.skipped:
        return (Issue("sheet.chosen", Severity.INFO, {**data, "others": str(len(grid.skipped))}),)
    return ()


@dataclass(slots=True)
class _Open:
    """A section whose children are still being read."""

    row: BoqRow | None
    children: list[Section | WorkItem] = field(default_factory=list)


def to_children(boq: Boq) -> tuple[Section | WorkItem, ...]:
    """The bill as the engine's tree; the key of each section and item is its row number as text."""
    stack = [_Open(None)]
    for row in boq.rows:
        if row.kind is RowKind.SECTION:
            _close(stack, row.level)
            stack.append(_Open(row))
        elif row.kind is RowKind.ITEM:
            _close(stack, row.level)
            stack[-1].children.append(_work_item(row))
    _close(stack, 0)
    return tuple(stack[0].children)


def _close(stack: list[_Open], level: int) -> None:
    """Close sections until the innermost open one is at `level` - 1."""
    while len(stack) > level + 1:
        done = stack.pop()
        if done.row is not None:
            section = Section(str(done.row.row), done.row.number, done.row.description, tuple(done.children))
            stack[-1].children.append(section)


def _work_item(row: BoqRow) -> WorkItem:
    return WorkItem(
        key=str(row.row),
        number=row.number,
        description=row.description,
        unit=row.unit,
        quantity=row.quantity,
        analysis=row.code or None,
        unit_price=row.unit_price,
        issues=row.issues,
    )
