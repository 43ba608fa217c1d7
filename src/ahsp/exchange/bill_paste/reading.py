"""A pasted block of cells as rows of a bill: which column is what, what each row is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from ahsp.core.errors import Refused
from ahsp.engine.numbers import Notation, NumberError, parse_number
from ahsp.estimates.bill.reading import read_values
from ahsp.estimates.quantities.formulas import Faults
from ahsp.exchange.reading.cells import ERRORS, cell_text, is_blank
from ahsp.exchange.reading.header import DEEPEST, Header, find_header, folded_row
from ahsp.exchange.reading.header_words import Field
from ahsp.exchange.reading.kinds import judge
from ahsp.exchange.reading.lines import Line, read_line
from ahsp.exchange.reading.model import RowKind
from ahsp.exchange.reading.numbering import numbering_of_heading, parse_numbering
from ahsp.exchange.reading.outline import Outline
from ahsp.projects.cells import CellProblem

Cells = Sequence[Sequence[str]]
OVERHEAD: Final = "overhead"
COLUMNS: Final = (*(one.value for one in Field), OVERHEAD)
_CALCULATED: Final = (Field.QUANTITY, Field.UNIT_PRICE, Field.AMOUNT)
_PRICED: Final = {Field.UNIT, Field.QUANTITY, Field.UNIT_PRICE, Field.AMOUNT}
_KINDS: Final = {RowKind.SECTION: "s", RowKind.ITEM: "i"}


class Mapped(NamedTuple):
    """Places of the columns of a bill, and how many rows at the top only name them."""

    columns: Mapping[Field, tuple[int, ...]]
    overhead: int | None
    header: Header | None

    @property
    def fields(self) -> dict[int, str]:
        """What each column is, by its place."""
        found = {at: one.value for one, places in self.columns.items() for at in places}
        return found if self.overhead is None else {**found, self.overhead: OVERHEAD}


@dataclass(slots=True)
class PastedRow:
    """A row of the block at place `line`, from 0. `kind` is "s", "i", or "" for one that becomes nothing; `level` is 0
    for a row that stands at the top. `note` is the code of what makes it nothing."""

    line: int
    kind: str
    level: int
    texts: Mapping[str, str]
    note: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)


class Pasted(NamedTuple):
    """Rows that say something, in order; `notation` is AUTO where numbers could be read either way."""

    rows: list[PastedRow]
    fields: Mapping[int, str]
    notation: Notation


def read_paste(cells: Cells, fields: Sequence[str | None] | None, notation: Notation) -> Pasted:
    """Read a block whose columns are `fields`, or what its own first rows call them. Raises Refused for neither."""
    mapped = _mapped(cells, fields)
    lines = _lines(cells, mapped)
    outline = Outline()
    rows = [_row(line, kind, outline, cells, mapped) for line, kind in _judged(lines, mapped)]
    if notation is Notation.AUTO:
        notation = told_notation(_numbers(cells, mapped))
    for row in rows:
        if row.kind:
            _read(row, notation)
    return Pasted(rows, mapped.fields, notation)


def _mapped(cells: Cells, fields: Sequence[str | None] | None) -> Mapped:
    header = find_header(cells[: 2 * DEEPEST])
    if fields is None:
        if header is None:
            raise Refused("paste.no_columns", field="fields")
        return Mapped(header.columns, _overhead(header), header)
    columns: dict[Field, tuple[int, ...]] = {}
    overhead = None
    for at, name in enumerate(fields):
        if name == OVERHEAD:
            overhead = at
        elif name:
            one = Field.DESCRIPTION if name == "name" else Field(name)
            columns[one] = (*columns.get(one, ()), at)
    if not columns.keys() & {Field.DESCRIPTION, Field.CODE}:
        raise Refused("paste.no_columns", field="fields")
    return Mapped(columns, overhead, header)


def _overhead(header: Header) -> int | None:
    named = ("buk", "overhead", "biaya umum", "keuntungan")
    taken = {at for places in header.columns.values() for at in places}
    found = (at for row in header.texts for at, text in row.items() if at not in taken and text.startswith(named))
    return next(found, None)


def _lines(cells: Cells, mapped: Mapped) -> list[Line]:
    """Rows below the header that say something; headers of later pages are left out."""
    titles = mapped.header.texts if mapped.header else ()
    first = mapped.header.last_row if mapped.header else 0
    lines = []
    for at, row in enumerate(cells[first:], first):
        repeated = bool(titles) and len(folded := folded_row(row)) > 1 and folded in titles
        line = None if repeated else read_line(at, row, mapped.columns)
        if line is not None:
            lines.append(line)
    return lines


def _judged(lines: Sequence[Line], mapped: Mapped) -> list[tuple[Line, RowKind]]:
    judged = judge(lines)
    if mapped.columns.keys().isdisjoint(_PRICED) and all(kind is not RowKind.ITEM for _, kind in judged):
        # A list of nothing but words: each of them is a work item.
        return [(line, kind if kind is RowKind.SUBTOTAL else RowKind.ITEM) for line, kind in judged]
    return judged


def _row(line: Line, kind: RowKind, outline: Outline, cells: Cells, mapped: Mapped) -> PastedRow:
    if kind is RowKind.SECTION:
        level = outline.add_section(numbering_of_heading(line.number or line.code, line.description))
        return PastedRow(line.row, "s", level, {"number": line.number or line.code, "name": line.description})
    if kind is not RowKind.ITEM:
        note = "paste.sum" if kind is RowKind.SUBTOTAL else "paste.words"
        return PastedRow(line.row, "", outline.level, {"description": line.description}, note)
    outline.add_item(parse_numbering(line.number))
    texts = {
        "number": line.number,
        "code": line.code,
        "description": line.description,
        "unit": line.unit,
        "quantity": _number_text(line.quantity),
        "unit_price": _number_text(line.unit_price),
    }
    row = cells[line.row]
    if mapped.overhead is not None and mapped.overhead < len(row):
        texts[OVERHEAD] = _number_text(row[mapped.overhead])
    return PastedRow(line.row, "i", outline.level, {name: text for name, text in texts.items() if text})


def _number_text(value: Any) -> str:
    return "" if is_blank(value) else cell_text(value)


def _numbers(cells: Cells, mapped: Mapped) -> Iterator[str]:
    """What stands in columns of numbers, beside sums and notes too: they are written as all the others are."""
    places = [at for one in _CALCULATED for at in mapped.columns.get(one, ())]
    if mapped.overhead is not None:
        places.append(mapped.overhead)
    return (_number_text(row[at]) for row in cells for at in places if at < len(row))


def told_notation(texts: Iterable[str]) -> Notation:
    """The notation in which all of these numbers can be read, where some cannot in the other; else AUTO."""
    only = set()
    for text in texts:
        readable = {one for one in (Notation.INDONESIAN, Notation.ENGLISH) if text and _reads(text, one)}
        if len(readable) == 1:
            only |= readable
    return only.pop() if len(only) == 1 else Notation.AUTO


def _reads(text: str, notation: Notation) -> bool:
    try:
        parse_number(text.removesuffix("%"), notation)
    except NumberError:
        return False
    return True


def _read(row: PastedRow, notation: Notation) -> None:
    faults = Faults()
    texts = {}
    for name, text in row.texts.items():
        if text in ERRORS:
            faults.add(str(row.line), name, "cell.error_value", {"text": text})
        else:
            texts[name] = text
    row.values = read_values(row.kind, texts, str(row.line), faults, notation)
    if not faults.found:
        if row.kind == "s" and not row.values.get("name"):
            faults.add(str(row.line), "name", "section.unnamed", {})
        if row.kind == "i" and not (row.values.get("description") or row.values.get("code")):
            faults.add(str(row.line), "description", "item.empty", {})
    row.problems = faults.found
