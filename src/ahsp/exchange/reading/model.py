"""What was read from a bill of quantities (BOQ)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ahsp.engine.issues import Issue


class RowKind(StrEnum):
    """SECTION and ITEM are the bill; SUBTOTAL and TEXT are shown and never counted. Blank rows are dropped."""

    SECTION = "section"
    ITEM = "item"
    SUBTOTAL = "subtotal"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class BoqRow:
    """One row of the file. `row` counts from 1 as a spreadsheet shows it.

    `unit_price` is the row's own price in rupiah per unit, `stated_amount` what the file says the line costs (never
    used for a total). `level` is 0 for a top section, and one more than its section's for everything below it.
    The data of each issue holds "file", "row" and, where there is one, "column" (a letter).
    """

    row: int
    kind: RowKind
    number: str
    code: str
    description: str
    unit: str
    quantity: Decimal | None
    unit_price: Decimal | None
    stated_amount: Decimal | None
    level: int
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Boq:
    """A bill as read. `sheet` is "" for a text file. `columns` maps the fields found ("number", "code",
    "description", "unit", "quantity", "unit_price", "amount") to column letters. `issues` concern the file
    as a whole; those of a row are on the row."""

    file: str
    sheet: str
    header_row: int
    columns: Mapping[str, str]
    rows: tuple[BoqRow, ...]
    issues: tuple[Issue, ...] = ()
