"""The numbers of an item, each read exactly or reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ahsp.core.bill_limits import MOST_DECIMALS, MOST_DIGITS
from ahsp.engine.issues import Issue, Severity
from ahsp.engine.numbers import Notation, NumberError, parse_number
from ahsp.exchange.reading.cells import ERRORS, read_number
from ahsp.exchange.reading.grid import Value
from ahsp.exchange.reading.header_words import Field
from ahsp.exchange.reading.limits import refuse, shorten

ABSURD: Final = Decimal(10) ** MOST_DIGITS
_TOLERANCE: Final = Decimal(1)  # rupiah: files show amounts rounded


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row's issues point to."""

    file: str
    row: int
    columns: Mapping[Field, str]

    def issue(self, code: str, severity: Severity, field: Field | None = None, **data: str) -> Issue:
        where = {"file": self.file, "row": str(self.row)}
        if field is not None and field in self.columns:
            where["column"] = self.columns[field]
        return Issue(code, severity, {**where, **data})


@dataclass(frozen=True, slots=True)
class NumberReader:
    """Reads the numbers of a file. `collect` turns an ambiguous one into an issue instead of a refusal."""

    notation: Notation
    headings: Mapping[Field, str]
    collect: bool

    def quantity(self, value: Value, place: Place, issues: list[Issue]) -> Decimal | None:
        number = self._positive(value, Field.QUANTITY, place, issues)
        if number == 0:
            issues.append(place.issue("quantity.zero", Severity.WARNING, Field.QUANTITY))
        return number

    def unit_price(self, value: Value, place: Place, issues: list[Issue]) -> Decimal | None:
        number = self._positive(value, Field.UNIT_PRICE, place, issues)
        if number == 0:
            # A price of 0 is a cell nobody filled; kept, it would make the line free of charge.
            issues.append(place.issue("unit_price.zero", Severity.WARNING, Field.UNIT_PRICE))
            return None
        return number

    def amount(self, value: Value, place: Place, issues: list[Issue]) -> Decimal | None:
        return self._read(value, Field.AMOUNT, Severity.WARNING, place, issues)

    def stated(self, value: Value) -> Decimal | None:
        """The amount beside a heading, a sum or a note: shown as far as it can be read, never counted."""
        try:
            return read_number(value, self.notation)
        except NumberError:
            return None

    def _positive(self, value: Value, field: Field, place: Place, issues: list[Issue]) -> Decimal | None:
        number = self._read(value, field, Severity.ERROR, place, issues)
        if number is None:
            return None
        fault = "negative" if number < 0 else "absurd" if _is_absurd(number) else ""
        if fault:
            text = shorten(str(number))
            issues.append(place.issue(f"{field}.{fault}", Severity.ERROR, field, text=text))
            return None
        return number

    def _read(
        self, value: Value, field: Field, severity: Severity, place: Place, issues: list[Issue]
    ) -> Decimal | None:
        if isinstance(value, str) and value.strip() in ERRORS:
            issues.append(place.issue("cell.error", severity, field, text=value.strip()))
            return None
        try:
            return read_number(value, self.notation)
        except NumberError as error:
            if error.code == "number.ambiguous":
                issues.append(self._ambiguous(error.text, field, place))
            else:
                issues.append(place.issue(f"{field}.unreadable", severity, field, text=shorten(error.text)))
            return None

    def _ambiguous(self, text: str, field: Field, place: Place) -> Issue:
        """Say both readings, or refuse the file: one such number leaves every other in doubt."""
        data = {
            "text": text,
            "heading": self.headings.get(field, ""),
            "indonesian": str(parse_number(text, Notation.INDONESIAN)),
            "english": str(parse_number(text, Notation.ENGLISH)),
        }
        if self.collect:
            return place.issue("number.ambiguous", Severity.ERROR, field, **data)
        column = place.columns.get(field)
        raise refuse("number.ambiguous", place.file, row=place.row, column=column, **data)


def _is_absurd(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return number >= ABSURD or (isinstance(exponent, int) and exponent < -MOST_DECIMALS)


def amount_differs(
    quantity: Decimal | None, unit_price: Decimal | None, stated: Decimal | None, place: Place
) -> Issue | None:
    """The file's own product is not quantity x unit price."""
    if quantity is None or unit_price is None or stated is None:
        return None
    product = quantity * unit_price
    if abs(product - stated) <= _TOLERANCE:
        return None
    data = {"stated": f"{stated:f}", "product": f"{product.normalize():f}"}
    return place.issue("amount.differs", Severity.WARNING, Field.AMOUNT, **data)
