"""The rows below the header, cell by cell, before anything is decided about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ahsp.exchange.reading.cells import cell_text, is_blank, is_date
from ahsp.exchange.reading.grid import Grid, Value
from ahsp.exchange.reading.header import Header, find_header, folded_row
from ahsp.exchange.reading.header_words import EXACT, Field
from ahsp.exchange.reading.limits import column_letter, refuse, shorten
from ahsp.exchange.reading.numbering import parse_numbering, split_numbering

_FEWEST_HEADINGS = 3


@dataclass(slots=True)
class Line:
    """One row: texts cleaned, numbers as the file holds them. An error of the spreadsheet is its text ("#REF!")."""

    row: int
    number: str
    code: str
    description: str
    unit: str
    quantity: Value
    unit_price: Value
    amount: Value
    code_is_date: bool

    @property
    def has_quantity(self) -> bool:
        return not is_blank(self.quantity)

    @property
    def has_unit_price(self) -> bool:
        return not is_blank(self.unit_price)

    @property
    def has_amount(self) -> bool:
        return not is_blank(self.amount)


def read_lines(grid: Grid, header: Header) -> Iterator[Line]:
    """Every row below the header that says something in the columns of the bill; repeated headers are left out.

    Raises FileRefused where another header with other columns begins.
    """
    columns = header.columns
    for row, values in enumerate(grid.rows(), start=1):
        if row <= header.last_row or not any(values) or _is_header_again(grid.file, row, values, header):
            continue
        line = read_line(row, values, columns)
        if line is not None:
            yield line


def read_line(row: int, values: Sequence[Value], columns: Mapping[Field, tuple[int, ...]]) -> Line | None:
    """What a row says in the columns of the bill; None if nothing."""
    width = len(values)

    def raw(field: Field) -> Value:
        column = columns[field][0] if field in columns else width
        return values[column] if column < width else ""

    def text(field: Field, joint: str = " ") -> str:
        if len(columns.get(field, ())) < 2:
            return cell_text(raw(field))
        cells = [cell_text(values[column]) for column in columns[field] if column < width]
        return joint.join(filter(None, cells))

    line = Line(
        row=row,
        number=text(Field.NUMBER, "."),
        code=text(Field.CODE),
        description=text(Field.DESCRIPTION),
        unit=text(Field.UNIT),
        quantity=raw(Field.QUANTITY),
        unit_price=raw(Field.UNIT_PRICE),
        amount=raw(Field.AMOUNT),
        code_is_date=is_date(raw(Field.CODE)),
    )
    _mend_texts(line)
    said = line.number or line.code or line.description or line.unit
    return line if said or line.has_quantity or line.has_unit_price or line.has_amount else None


def _mend_texts(line: Line) -> None:
    """A dash is no code and no unit; a heading merged over the whole row stands in the number's column, and its
    number may stand in one cell with its text."""
    line.code = "" if is_blank(line.code) else line.code
    line.unit = "" if is_blank(line.unit) else line.unit
    if not line.description and line.number and parse_numbering(line.number) is None:
        line.number, line.description = "", line.number
    if not line.number and not (line.unit or line.has_quantity or line.has_unit_price):
        line.number, line.description = split_numbering(line.description)


def _is_header_again(file: str, row: int, values: Sequence[Value], header: Header) -> bool:
    known = sum(isinstance(value, str) and value.strip().casefold() in EXACT for value in values)
    if not known:
        return False
    folded = folded_row(values)
    if len(folded) > 1 and folded in header.texts:
        return True
    other = find_header([values]) if known >= _FEWEST_HEADINGS else None
    if other is None:
        return False
    moved = [field for field, at in other.columns.items() if header.columns.get(field, at)[0] != at[0]]
    if moved:
        column = other.columns[moved[0]][0]
        heading = shorten(cell_text(values[column]))
        raise refuse("header.changes", file, row=row, column=column_letter(column), heading=heading)
    return True
