"""Finding the header of a bill: which row it is, and which column holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ahsp.exchange.reading.grid import Merge, Value
from ahsp.exchange.reading.header_words import BEGINNINGS, EXACT, LOOSE, Field, fold_heading
from ahsp.exchange.reading.limits import HEADER_ROWS, MAX_COLUMNS

DEEPEST = 3  # rows that one header may take
_MUST_BE_ONE = (Field.UNIT, Field.QUANTITY, Field.UNIT_PRICE)


@dataclass(frozen=True, slots=True)
class Header:
    """`columns` holds the column indexes of each field: several where one merged heading spans them.

    `twice` are the columns of two headings that both claim a field of which there can be only one. `texts` are
    the folded headings of each header row by column, to know them again on a later page.
    """

    first_row: int
    last_row: int
    columns: Mapping[Field, tuple[int, ...]]
    texts: tuple[Mapping[int, str], ...]
    twice: tuple[int, int] | None = None

    @property
    def score(self) -> int:
        """How much of a bill this header covers; 0 is never reached."""
        return len(self.columns) + (3 if Field.QUANTITY in self.columns else 0)

    def heading(self, column: int) -> str:
        """What stands over a column, as compared ("harga satuan")."""
        return " ".join(text for row in self.texts if (text := row.get(column, "")))

    def headings(self) -> dict[Field, str]:
        return {field: self.heading(columns[0]) for field, columns in self.columns.items()}


@dataclass(frozen=True, slots=True)
class _Heading:
    """What one column can be called, best name first, and the column its heading starts in."""

    names: tuple[str, ...]
    origin: int


def header_score(rows: Iterable[Sequence[Value]]) -> int:
    """The score of the best header in `rows`, 0 where there is none."""
    header = find_header(rows)
    return header.score if header else 0


def find_header(rows: Iterable[Sequence[Value]], merges: Sequence[Merge] = ()) -> Header | None:
    """The best header within the first HEADER_ROWS of `rows`, which start with row 1 and column A.

    A header needs a description and a quantity or a unit. More fields win, then fewer rows, then the earlier row.
    """
    texts = [folded_row(row) for row in rows]
    above = _merged_texts(texts, merges)
    best: Header | None = None
    for depth in range(1, DEEPEST + 1):
        for first in range(min(len(texts) - depth + 1, HEADER_ROWS)):
            if not texts[first]:
                continue
            found = _match(texts[first : first + depth], above[first : first + depth], first + 1)
            if found and (best is None or found.score > best.score):
                best = found
    return best


def folded_row(row: Sequence[Value]) -> dict[int, str]:
    """The headings of one row by column, as they are compared."""
    cells = enumerate(row[:MAX_COLUMNS])
    return {index: text for index, value in cells if isinstance(value, str) and (text := fold_heading(value))}


def _merged_texts(texts: Sequence[Mapping[int, str]], merges: Sequence[Merge]) -> list[dict[int, int]]:
    """For each row: the column where the merged heading over a column starts."""
    starts: list[dict[int, int]] = [{} for _ in texts]
    for merge in merges:
        for row in range(merge.first_row - 1, min(merge.last_row, len(texts))):
            for column in range(merge.first_column, min(merge.last_column + 1, MAX_COLUMNS)):
                starts[row][column] = merge.first_column
    return starts


def _match(rows: Sequence[Mapping[int, str]], starts: Sequence[Mapping[int, int]], first_row: int) -> Header | None:
    headings = _headings(rows, starts)
    claims = _exact(headings)
    _loose(headings, claims)
    _beginnings(headings, claims)
    if Field.DESCRIPTION not in claims or not claims.keys() & {Field.QUANTITY, Field.UNIT}:
        return None
    columns: dict[Field, tuple[int, ...]] = {}
    twice: tuple[int, int] | None = None
    for field, claimed in claims.items():
        groups = [tuple(group) for _, group in groupby(claimed, key=lambda column: headings[column].origin)]
        columns[field] = groups[0]
        if len(groups) > 1 and field in _MUST_BE_ONE:
            twice = twice or (groups[0][0], groups[1][0])
    return Header(first_row, first_row + len(rows) - 1, columns, tuple(rows), twice)


def _headings(rows: Sequence[Mapping[int, str]], starts: Sequence[Mapping[int, int]]) -> dict[int, _Heading]:
    columns = sorted({column for row in rows for column in row} | {column for start in starts for column in start})
    return {column: heading for column in columns if (heading := _heading(rows, starts, column))}


def _heading(rows: Sequence[Mapping[int, str]], starts: Sequence[Mapping[int, int]], column: int) -> _Heading | None:
    """Join the header rows over one column. Text files have no merges: there an empty upper cell over a lower
    heading belongs to the heading on its left."""
    parts: list[str] = []
    origin, below = column, ""
    for depth, (row, start) in enumerate(zip(rows, starts, strict=True)):
        anchor = start.get(column, column)
        text = row.get(anchor, "")
        if text:
            origin, below = anchor, text
        elif depth < len(rows) - 1 and column not in start and any(column in lower for lower in rows[depth + 1 :]):
            text = _left_of(row, start, column)
        if text and text not in parts:
            parts.append(text)
    if not below:
        return None
    return _Heading((" ".join(parts), below), origin)


def _left_of(row: Mapping[int, str], start: Mapping[int, int], column: int) -> str:
    left = max((other for other in row if other < column), default=None)
    return "" if left is None or left in start else row[left]


def _exact(headings: Mapping[int, _Heading]) -> dict[Field, list[int]]:
    claims: dict[Field, list[int]] = {}
    for column, heading in headings.items():
        field = next((EXACT[name] for name in heading.names if name in EXACT), None)
        if field:
            claims.setdefault(field, []).append(column)
    return claims


def _loose(headings: Mapping[int, _Heading], claims: dict[Field, list[int]]) -> None:
    for field, word in LOOSE:
        taken = {column for columns in claims.values() for column in columns}
        free = [column for column, heading in headings.items() if column not in taken and word in heading.names]
        if not free or field in claims:
            continue
        # Of two headings "jumlah" the left one is the quantity and the right one the amount.
        origin = headings[free[-1] if field is Field.AMOUNT else free[0]].origin
        claims[field] = [column for column in free if headings[column].origin == origin]


def _beginnings(headings: Mapping[int, _Heading], claims: dict[Field, list[int]]) -> None:
    for field, beginnings in BEGINNINGS.items():
        taken = {column for columns in claims.values() for column in columns}
        free = [
            column
            for column, heading in headings.items()
            if column not in taken and heading.names[0].startswith(beginnings)
        ]
        if free and field not in claims:
            claims[field] = free
