"""What people type into cells of the bill, read into values of the columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from ahsp.core.api.fields import TEXT
from ahsp.core.bill_limits import (
    MAX_CELL_CHARS,
    MAX_CODE_CHARS,
    MAX_NUMBER_CHARS,
    MAX_UNIT_CHARS,
    MOST_DECIMALS,
    MOST_DIGITS,
)
from ahsp.engine.numbers import Notation, NumberError, parse_number
from ahsp.estimates.quantities.formulas import Faults, formula_problem, without_sign

Values = dict[str, Any]
_LONGEST: Final = {
    "number": MAX_NUMBER_CHARS,
    "name": MAX_CELL_CHARS,
    "code": MAX_CODE_CHARS,
    "description": MAX_CELL_CHARS,
    "unit": MAX_UNIT_CHARS,
}
SECTION_FIELDS: Final = ("number", "name")
ITEM_FIELDS: Final = ("number", "code", "description", "unit", "quantity", "unit_price", "overhead")
FIELDS: Final = {"s": SECTION_FIELDS, "i": ITEM_FIELDS}
_ABSURD: Final = Decimal(10) ** MOST_DIGITS
_MOST_OVERHEAD: Final = Decimal(100)
_OVERHEAD_DECIMALS: Final = 3
_TEXT: Final = re.compile(TEXT)
_SHOWN: Final = 40


class Unreadable(ValueError):
    """What was typed into a cell cannot be used."""

    def __init__(self, code: str, data: Mapping[str, str]) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


def read_values(
    kind: str, typed: Mapping[str, Any], key: str, faults: Faults, notation: Notation = Notation.INDONESIAN
) -> Values:
    """The values of columns from what was typed, by field; `kind` is "s" or "i". What cannot be used goes to `faults`.

    A quantity that begins with "=" becomes `formula`, any other clears the formula. `notation` is that of numbers.
    """
    values: Values = {}
    for field, given in typed.items():
        if field not in FIELDS[kind]:
            faults.add(key, str(field)[:_SHOWN], "cell.unknown", {"field": str(field)[:_SHOWN]})
            continue
        text = "" if given is None else given
        if not isinstance(text, str) or not _TEXT.fullmatch(text):
            faults.add(key, field, "cell.no_text", {})
            continue
        try:
            values.update(_READERS[field](text.strip(), field, notation))
        except Unreadable as fault:
            faults.add(key, field, fault.code, fault.data)
    return values


def _text(text: str, field: str, notation: Notation) -> Values:  # noqa: ARG001 as its siblings
    limit = _LONGEST[field]
    if len(text) > limit:
        raise Unreadable("cell.long", {"limit": str(limit), "length": str(len(text))})
    return {field: text}


def _quantity(text: str, field: str, notation: Notation) -> Values:
    if not text.startswith("="):
        return {field: read_number(text, notation), "formula": ""}
    problem = formula_problem(text)
    if problem is not None:
        raise Unreadable(problem.code, problem.data)
    return {"formula": without_sign(text)}


def _money(text: str, field: str, notation: Notation) -> Values:
    return {field: read_number(text, notation)}


def _overhead(text: str, field: str, notation: Notation) -> Values:
    number = read_number(text.removesuffix("%"), notation)
    if number is not None and (number > _MOST_OVERHEAD or _decimals(number) > _OVERHEAD_DECIMALS):
        raise Unreadable("cell.percent", {"text": text[:_SHOWN]})
    return {field: number}


def read_number(text: str, notation: Notation = Notation.INDONESIAN) -> Decimal | None:
    """A number from 0 on as people type it, None for an empty cell. Raises Unreadable."""
    if not text:
        return None
    try:
        number = parse_number(text, notation)
    except NumberError as problem:
        if problem.readings:
            low, high = (f"{reading:f}" for reading in problem.readings)
            raise Unreadable("cell.ambiguous", {"text": problem.text, "low": low, "high": high}) from problem
        raise Unreadable("cell.no_number", {"text": problem.text}) from problem
    if number < 0:
        raise Unreadable("cell.negative", {"text": text[:_SHOWN]})
    if number >= _ABSURD or _decimals(number) > MOST_DECIMALS:
        data = {"text": text[:_SHOWN], "digits": str(MOST_DIGITS), "decimals": str(MOST_DECIMALS)}
        raise Unreadable("cell.absurd", data)
    return number


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


_READERS: Final[Mapping[str, Callable[[str, str, Notation], Values]]] = {
    "number": _text,
    "name": _text,
    "code": _text,
    "description": _text,
    "unit": _text,
    "quantity": _quantity,
    "unit_price": _money,
    "overhead": _overhead,
}
