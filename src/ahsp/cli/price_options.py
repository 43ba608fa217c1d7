"""Values of options that are read with care."""

from __future__ import annotations

from decimal import Decimal

import click

from ahsp.engine.numbers import Notation, NumberError, parse_number
from ahsp.engine.rounding import Rounding

_HIGHEST_PERCENT = 100


class Percent(click.ParamType[Decimal]):
    """A percentage from 0 to 100, with a point or a comma."""

    name = "percent"

    def convert(self, value: str | Decimal, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        if isinstance(value, Decimal):
            return value
        try:
            number = parse_number(value.removesuffix("%"), Notation.AUTO)
        except NumberError:
            self.fail(f"{value!r} is not a clear number; write it like 12.5", param, ctx)
        if not 0 <= number <= _HIGHEST_PERCENT:
            self.fail(f"{value} % is not between 0 and {_HIGHEST_PERCENT} %", param, ctx)
        return number


class RoundingPolicy(click.ParamType[Rounding]):
    """none, floor:STEP or half-up:STEP."""

    name = "policy"

    def convert(self, value: str | Rounding, param: click.Parameter | None, ctx: click.Context | None) -> Rounding:
        if isinstance(value, Rounding):
            return value
        try:
            return Rounding.parse(value)
        except ValueError:
            self.fail(f"{value!r} is not a rounding; write none, floor:1 or half-up:0.01", param, ctx)


PERCENT = Percent()
ROUNDING = RoundingPolicy()
