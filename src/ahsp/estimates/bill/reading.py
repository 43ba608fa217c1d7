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
from ahsp.core.errors import Refused, SeveralRefused
from ahsp.engine.numbers import Notation, NumberError, parse_number
from ahsp.estimates.quantities.formulas import read_formula

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


class Faults:
    """What cannot be used of many cells, told all at once."""

    def __init__(self) -> None:
        self._found: list[Refused] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, fault: Refused) -> None:
        self._found.append(fault)

    def refuse(self) -> None:
        """Raises Refused for one, SeveralRefused for more; nothing where there are none."""
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            raise SeveralRefused("cells.unreadable", self._found)


def read_values(kind: str, typed: Mapping[str, Any], key: str, faults: Faults) -> Values:
    """The values of columns from what was typed, by field; `kind` is "s" or "i". What cannot be used goes to `faults`.

    A quantity that begins with "=" becomes `formula`, any other clears the formula.
    """
    values: Values = {}
    for field, given in typed.items():
        if field not in FIELDS[kind]:
            faults.add(Refused("cell.unknown", {"field": str(field)[:_SHOWN]}, field=str(field)[:_SHOWN], key=key))
            continue
        text = "" if given is None else given
        if not isinstance(text, str) or not _TEXT.fullmatch(text):
            faults.add(Refused("cell.no_text", field=field, key=key))
            continue
        try:
            values.update(_READERS[field](text.strip(), field))
        except Refused as fault:
            faults.add(Refused(fault.code, fault.data, field=field, key=key))
    return values


def _text(text: str, field: str) -> Values:
    limit = _LONGEST[field]
    if len(text) > limit:
        raise Refused("cell.long", {"limit": str(limit), "length": str(len(text))}, field=field)
    return {field: text}


def _quantity(text: str, field: str) -> Values:
    if not text.startswith("="):
        return {field: _number(text, field), "formula": ""}
    return {"formula": read_formula(text, field)}


def _money(text: str, field: str) -> Values:
    return {field: _number(text, field)}


def _overhead(text: str, field: str) -> Values:
    number = _number(text.removesuffix("%"), field)
    if number is not None and (number > _MOST_OVERHEAD or _decimals(number) > _OVERHEAD_DECIMALS):
        raise Refused("cell.percent", {"text": text[:_SHOWN]}, field=field)
    return {field: number}


def _number(text: str, field: str) -> Decimal | None:
    """None for an empty cell. Raises Refused."""
    if not text:
        return None
    try:
        number = parse_number(text, Notation.INDONESIAN)
    except NumberError as problem:
        raise Refused("cell.no_number", {"text": problem.text}, field=field) from problem
    if number < 0:
        raise Refused("cell.negative", {"text": text[:_SHOWN]}, field=field)
    if number >= _ABSURD or _decimals(number) > MOST_DECIMALS:
        data = {"text": text[:_SHOWN], "digits": str(MOST_DIGITS), "decimals": str(MOST_DECIMALS)}
        raise Refused("cell.absurd", data, field=field)
    return number


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


_READERS: Final[Mapping[str, Callable[[str, str], Values]]] = {
    "number": _text,
    "name": _text,
    "code": _text,
    "description": _text,
    "unit": _text,
    "quantity": _quantity,
    "unit_price": _money,
    "overhead": _overhead,
}
