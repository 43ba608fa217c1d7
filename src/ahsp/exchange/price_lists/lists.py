"""Rows of a price list, pasted or from a file: which column is what, and the texts of each row. Nothing is refused
here: what is wrong with a row is told when it is matched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import fmean
from typing import Final, NamedTuple

from ahsp.engine.numbers import Notation, NumberError, parse_number
from ahsp.engine.resources import ResourceKind
from ahsp.engine.units import fold_unit
from ahsp.estimates.prices.typed import written_price
from ahsp.exchange.reading.cells import cell_text, is_blank, read_number
from ahsp.exchange.reading.grid import Value
from ahsp.exchange.reading.price_columns import PriceField, find_header, group_of, kind_of

SAMPLE: Final = 300
Rows = Sequence[Sequence[Value]]


class ListRow(NamedTuple):
    """A row with a price: its number from 1, the kind it stands under, and its texts by column."""

    number: int
    kind: ResourceKind | None
    texts: Mapping[PriceField, str]

    def text(self, column: PriceField) -> str:
        return self.texts.get(column, "")


@dataclass(slots=True)
class PriceList:
    """`columns` say what each column is ("" for nothing of use), `header` is the row that names them, 0 if none does.
    `unpriced` counts rows that name something and have no price."""

    columns: tuple[str, ...]
    header: int = 0
    rows: list[ListRow] = field(default_factory=list)
    unpriced: int = 0


class Known(NamedTuple):
    """What the project calls its resources and units, folded; by these columns are recognized where no header is."""

    names: Collection[str]
    units: Collection[str]


def fold_name(name: str) -> str:
    """A name as it is compared: capitals and spaces do not count."""
    return " ".join(name.casefold().split())


def read_list(rows: Rows, known: Known, columns: Sequence[str] | None = None) -> PriceList:
    """Read `rows`. `columns` say what each column is; else the header does, else what stands in them."""
    header = find_header(rows)
    if columns is None:
        columns = _named(rows, header.columns) if header else guess_columns(rows, known)
    found = PriceList(tuple(columns), header.row if header else 0)
    places = {PriceField(name): at for at, name in enumerate(columns) if name}
    group: ResourceKind | None = None
    for number, row in enumerate(islice(rows, found.header, None), found.header + 1):
        texts = {one: _text(row, at) for one, at in places.items()}
        if not texts.get(PriceField.PRICE):
            group = (group_of(row) if not texts.get(PriceField.UNIT) else None) or group
            found.unpriced += bool(texts.get(PriceField.RESOURCE) and texts.get(PriceField.UNIT))
            continue
        found.rows.append(ListRow(number, kind_of(texts.get(PriceField.KIND, "")) or group, texts))
    return found


def _named(rows: Rows, places: Mapping[PriceField, int]) -> list[str]:
    by_place = {at: one.value for one, at in places.items()}
    return [by_place.get(at, "") for at in range(max(map(len, rows)))]


def _text(row: Sequence[Value], at: int) -> str:
    """The cell as text. A number of a spreadsheet is exact: it is written so that no notation reads it otherwise."""
    value = row[at] if at < len(row) else ""
    if is_blank(value):
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = read_number(value, Notation.AUTO)
        return written_price(number) if number is not None else ""
    return cell_text(value)


def guess_columns(rows: Rows, known: Known) -> list[str]:
    """What each column is, told from what stands in it: names and units of the project, and numbers."""
    sample = rows[:SAMPLE]
    width = max(map(len, sample), default=0)
    columns = [[_text(row, at) for row in sample] for at in range(width)]
    found = [""] * width

    def give(one: PriceField, scores: list[float]) -> None:
        free = [score if not found[at] else 0 for at, score in enumerate(scores)]
        if any(free):
            found[free.index(max(free))] = one.value

    give(PriceField.RESOURCE, [sum(fold_name(text) in known.names for text in column) for column in columns])
    give(PriceField.UNIT, [sum(fold_unit(text) in known.units for text in column) for column in columns])
    if PriceField.RESOURCE.value not in found:
        give(PriceField.RESOURCE, [_length(column) for column in columns])
    # Prices are longer than the numbers of the rows.
    give(PriceField.PRICE, [sum(map(_is_number, column)) * _length(column) for column in columns])
    return found


def _length(column: Sequence[str]) -> float:
    return fmean(map(len, column)) if column else 0


def _is_number(text: str) -> bool:
    try:
        parse_number(text, Notation.AUTO)
    except NumberError as error:
        return error.code == "number.ambiguous"
    return True


def exact_rows(rows: Iterator[Sequence[Value]], broken: Collection[tuple[int, int]]) -> Iterator[list[Value]]:
    """Rows of a sheet; a formula without a stored value, whose price would be silently missing, is told as "=?"."""
    for number, row in enumerate(rows, 1):
        cells = list(row)
        for at in range(len(cells)):
            if (number, at) in broken:
                cells[at] = "=?"
        yield cells
