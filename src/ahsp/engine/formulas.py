"""Quantity formulas: their value."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from decimal import (
    Decimal,
    InvalidOperation,
    Overflow,
    localcontext,
)

from ahsp.engine.formula_syntax import (
    MAX_DEPTH,
    MAX_LENGTH,
    Call,
    Chain,
    Choice,
    Formula,
    FormulaError,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Step,
    parse_formula,
)
from ahsp.engine.rounding import CALCULATION, round_places, whole_above, whole_below, without_noise

__all__ = [
    "MAX_DEPTH",
    "MAX_EXPONENT",
    "MAX_LENGTH",
    "MAX_VALUE",
    "Formula",
    "FormulaError",
    "evaluate",
    "parse_formula",
]

MAX_VALUE = Decimal("1E15")
"""No step of a calculation may give more than this, or less than its negative."""

MAX_EXPONENT = Decimal(100)
MAX_ROUND_DIGITS = 15

_ZERO = Decimal(0)

_COMPARISONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def evaluate(formula: Formula, parameters: Mapping[str, Decimal] | None = None) -> Decimal:
    """The value of `formula`, to 20 decimals. Raises FormulaError; its position is in `formula.text`.

    Names are those of `parameters`, upper and lower case apart.
    """
    if isinstance(formula.root, Number):  # most cells of a take-off
        return _within_limits(formula.root.value, 1)
    with localcontext(CALCULATION):
        return _within_limits(without_noise(_Evaluator(parameters or {}).value(formula.root)), 1)


class _Evaluator:
    def __init__(self, parameters: Mapping[str, Decimal]) -> None:
        self._parameters = parameters

    def value(self, node: Node) -> Decimal:
        match node:
            case Number(value):
                return value
            case Name(name, position):
                if name not in self._parameters:
                    raise FormulaError("formula.unknown_name", position, name=name)
                return self._parameters[name]
            case Negative(operand):
                return -self.value(operand)
            case Chain(first, steps):
                value = self.value(first)
                for step in steps:
                    value = _within_limits(self._step(value, step), step.position)
                return value
            case Power(base, exponent, position):
                return _power(self.value(base), self.value(exponent), position)
            case Choice(comparison, left, right, yes, no):
                pair = without_noise(self.value(left)), without_noise(self.value(right))
                return self.value(yes if _COMPARISONS[comparison](*pair) else no)
            case Call(function, arguments, position):
                values = [self.value(argument) for argument in arguments]
                return _within_limits(_call(function, values, position), position)

    def _step(self, value: Decimal, step: Step) -> Decimal:
        operand = self.value(step.operand)
        if step.operator == "+":
            return value + operand
        if step.operator == "-":
            return value - operand
        if step.operator == "*":
            return value * operand
        if not operand:
            raise FormulaError("formula.division_by_zero", step.position)
        try:
            return value / operand
        except Overflow as problem:
            raise FormulaError("formula.too_large", step.position) from problem


def _within_limits(value: Decimal, position: int) -> Decimal:
    if abs(value) > MAX_VALUE:
        raise FormulaError("formula.too_large", position)
    return value


def _power(base: Decimal, exponent: Decimal, position: int) -> Decimal:
    if abs(exponent) > MAX_EXPONENT:
        raise FormulaError("formula.too_large", position)
    if not base and exponent < 0:
        raise FormulaError("formula.division_by_zero", position)
    try:
        return _within_limits(base**exponent, position)
    except Overflow as problem:
        raise FormulaError("formula.too_large", position) from problem
    except InvalidOperation as problem:
        raise FormulaError("formula.domain", position, function="^") from problem


def _call(function: str, values: list[Decimal], position: int) -> Decimal:
    first = values[0]
    match function:
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "sum":
            return sum(values, _ZERO)
        case "abs":
            return abs(first)
        case "ceil":
            return whole_above(without_noise(first))
        case "floor":
            return whole_below(without_noise(first))
        case "sqrt" if first >= 0:
            return first.sqrt()
        case "round":
            return _to_digits(first, values[1] if len(values) > 1 else _ZERO, position)
    raise FormulaError("formula.domain", position, function=function)


def _to_digits(value: Decimal, digits: Decimal, position: int) -> Decimal:
    """Half-up, a half away from zero. Negative digits round before the mark: round(1250; -2) = 1300."""
    if digits != whole_below(digits) or abs(digits) > MAX_ROUND_DIGITS:
        raise FormulaError("formula.domain", position, function="round")
    return round_places(without_noise(value), int(digits))
