"""Quantity formulas as spreadsheet formulas that a binary float cannot lead astray.

Names become cells. Where a value decides something - a comparison, a floor - it is first rounded to ten decimals:
0.1 * 3 is a little more than 0.3 in binary, and must not be a whole step more.
"""

from __future__ import annotations

from collections.abc import Mapping

from ahsp.engine.formula_syntax import Call, Chain, Choice, Formula, Name, Negative, Node, Number, Power

MOST_CHARS = 8_000
"""Of a formula; a spreadsheet reads 8,192."""

_MOST_VALUES = 255
_GUARD = 10
_PLAIN = {"min": "MIN", "max": "MAX", "sum": "SUM", "abs": "ABS", "sqrt": "SQRT"}


class NotWritable(ValueError):
    """No spreadsheet reads the formula: it is too long, or asks for a cell that is not there."""


def spreadsheet_formula(formula: Formula, cells: Mapping[str, str]) -> str:
    """`formula` over `cells` by name, without an equals sign. Raises NotWritable."""
    text = _written(formula.root, cells)
    if len(text) > MOST_CHARS:
        raise NotWritable(formula.text)
    return text


def _written(node: Node, cells: Mapping[str, str]) -> str:
    match node:
        case Number(value):
            return f"{value:f}"
        case Name(name):
            if name not in cells:
                raise NotWritable(name)
            return cells[name]
        case Negative(operand):
            return f"(-{_inner(operand, cells)})"
        case Chain(first, steps):
            return _inner(first, cells) + "".join(f"{one.operator}{_inner(one.operand, cells)}" for one in steps)
        case Power(base, exponent):
            return f"{_inner(base, cells)}^{_inner(exponent, cells)}"
        case Choice():
            return _choice(node, cells)
        case Call(function, arguments):
            return _call(function, [_written(one, cells) for one in arguments])


def _inner(node: Node, cells: Mapping[str, str]) -> str:
    """`node` as an operand: spreadsheets bind signs and powers otherwise, so whatever is not one piece is bracketed."""
    text = _written(node, cells)
    return f"({text})" if isinstance(node, Chain | Power) else text


def _choice(node: Choice, cells: Mapping[str, str]) -> str:
    left, right = _inner(node.left, cells), _inner(node.right, cells)
    condition = f"ROUND({left}-{right},{_GUARD}){node.comparison}0"
    return f"IF({condition},{_written(node.yes, cells)},{_written(node.no, cells)})"


def _call(function: str, values: list[str]) -> str:
    if len(values) > _MOST_VALUES:
        raise NotWritable(function)
    if function in _PLAIN:
        return f"{_PLAIN[function]}({','.join(values)})"
    if function == "round":
        # The first rounding takes away the noise that would turn a half into less than one.
        return f"ROUND(ROUND({values[0]},{_GUARD + 2}),{values[1] if len(values) > 1 else '0'})"
    if function == "floor":
        return f"INT(ROUND({values[0]},{_GUARD}))"
    return f"(-INT(-ROUND({values[0]},{_GUARD})))"
