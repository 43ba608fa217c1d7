"""A sheet as rows of raw values, whatever file it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


class Cell(NamedTuple):
    """A place on a sheet: `row` counts from 1, `column` from 0."""

    row: int
    column: int


class Merge(NamedTuple):
    """A merged range, ends included: rows count from 1, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Formulas:
    """What a sheet's formulas left behind. `uncached` have no value; `zero_only` are the columns (with the first row)
    of a file that was never calculated, where every formula says 0."""

    uncached: Sequence[Cell] = ()
    zero_only: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows()` starts afresh with row 1, column A, at each call; an empty cell is "". An error of the
    spreadsheet is its text ("#REF!"). `skipped` are the other sheets that people see, `rivals` those of them whose
    header is as good."""

    file: str
    sheet: str
    rows: Callable[[], Iterable[Sequence[Value]]]
    merges: Sequence[Merge] = ()
    formulas: Formulas = field(default_factory=Formulas)
    skipped: Sequence[str] = ()
    rivals: Sequence[str] = ()
