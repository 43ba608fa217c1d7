"""Quantity formulas as text: characters to tokens, tokens to a small tree. Nothing is ever executed as code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ahsp.engine.issues import Issue, error
from ahsp.engine.numbers import Notation, NumberError, parse_number

MAX_LENGTH = 1_000
"""Characters of a formula."""

MAX_DEPTH = 40
"""Parentheses, functions, signs and powers inside each other."""

FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "min": (1, MAX_LENGTH),
    "max": (1, MAX_LENGTH),
    "sum": (1, MAX_LENGTH),
    "round": (1, 2),
    "ceil": (1, 1),
    "floor": (1, 1),
    "sqrt": (1, 1),
    "abs": (1, 1),
    "if": (3, 3),
}
"""The least and the most values each function takes."""


class FormulaError(ValueError):
    """`code` names the mistake ("formula.division_by_zero"), `position` the character it stands at, from 1."""

    def __init__(self, code: str, position: int, **data: str) -> None:
        super().__init__(f"{code} at {position}")
        self.code = code
        self.position = position
        self.data = {"position": str(position), **data}

    @property
    def issue(self) -> Issue:
        return error(self.code, **self.data)


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Node


@dataclass(frozen=True, slots=True)
class Step:
    """One more operand of a chain: `operator` is + - * or /."""

    operator: str
    operand: Node
    position: int


@dataclass(frozen=True, slots=True)
class Chain:
    """first + a - b ... or first * a / b ..., from left to right; flat, so that a long sum is not a deep tree."""

    first: Node
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Power:
    base: Node
    exponent: Node
    position: int


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Choice:
    """if(left comparison right; yes; no): only the branch that holds is calculated."""

    comparison: str
    left: Node
    right: Node
    yes: Node
    no: Node


Node = Number | Name | Negative | Chain | Power | Call | Choice


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that could be read; `names` are the parameters it asks for."""

    text: str
    root: Node
    names: frozenset[str]


class Token(NamedTuple):
    """`kind` is "number", "name", "end" or the sign itself."""

    kind: str
    text: str
    position: int


NAME = re.compile(r"[^\W\d]\w*")
_NUMBERS = {
    Notation.INDONESIAN: re.compile(r"[0-9]+(?:\.[0-9]+)*(?:,[0-9]+)?"),
    # No groups here: in max(1,234) the comma separates two values.
    Notation.ENGLISH: re.compile(r"[0-9]+(?:\.[0-9]+)?"),
}
_SEPARATORS = {Notation.INDONESIAN: ";", Notation.ENGLISH: ",;"}
_SIGN = re.compile(r"<=|>=|<>|[-+*/^()<>=;,]")
_SAME_SIGN = str.maketrans("×·÷−–", "**/--")
_COMPARISONS = ("<", "<=", ">", ">=", "=", "<>")


def parse_formula(text: str, notation: Notation) -> Formula:
    """Read a formula whose numbers are in `notation`, which must not be AUTO. Raises FormulaError.

    The separator of values is ";", in English also ",".
    """
    if notation is Notation.AUTO:
        raise ValueError("a formula needs an explicit notation")
    if len(text) > MAX_LENGTH:
        raise FormulaError("formula.too_long", MAX_LENGTH + 1, limit=str(MAX_LENGTH))
    tokens = list(_tokens(text.translate(_SAME_SIGN), notation))
    if len(tokens) == 1:
        raise FormulaError("formula.empty", 1)
    root = _Parser(tokens, notation).whole()
    return Formula(text, root, frozenset(token.text for token in _name_tokens(tokens)))


def with_name_replaced(text: str, old: str, new: str, notation: Notation) -> str:
    """`text` with every reference to `old` made one to `new`; a text that is no formula stays as it is."""
    try:
        tokens = list(_name_tokens(list(_tokens(text.translate(_SAME_SIGN), notation))))
    except FormulaError:
        return text
    for token in reversed(tokens):
        if token.text == old:
            at = token.position - 1
            text = text[:at] + new + text[at + len(old) :]
    return text


def _name_tokens(tokens: list[Token]) -> Iterator[Token]:
    for token, following in pairwise(tokens):
        if token.kind == "name" and following.kind != "(":
            yield token


def _tokens(text: str, notation: Notation) -> Iterator[Token]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        for kind, pattern in (("number", _NUMBERS[notation]), ("name", NAME), ("", _SIGN)):
            match = pattern.match(text, at)
            if match:
                yield Token(kind or match[0], match[0], at + 1)
                at = match.end()
                break
        else:
            raise FormulaError("formula.unexpected", at + 1, text=text[at])
    yield Token("end", "", len(text) + 1)


class _Parser:
    """Recursive descent, one method for each level of binding, from the loosest to the tightest."""

    def __init__(self, tokens: list[Token], notation: Notation) -> None:
        self._tokens = tokens
        self._notation = notation
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        root = self._sum()
        self._expect("end")
        return root

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _expect(self, kinds: str) -> Token:
        """Take the next token if it is one of `kinds`, which are single signs, or "end"."""
        token = self._next
        if token.kind == kinds or (kinds != "end" and token.kind in tuple(kinds)):
            return self._take()
        if token.kind == "end":
            raise FormulaError("formula.incomplete", token.position)
        raise FormulaError("formula.unexpected", token.position, text=token.text)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormulaError("formula.too_deep", self._next.position, limit=str(MAX_DEPTH))

    def _sum(self) -> Node:
        first = self._product()
        steps = []
        while self._next.kind in ("+", "-"):
            sign = self._take()
            steps.append(Step(sign.kind, self._product(), sign.position))
        return Chain(first, tuple(steps)) if steps else first

    def _product(self) -> Node:
        first = self._signed()
        steps = []
        while self._next.kind in ("*", "/"):
            sign = self._take()
            steps.append(Step(sign.kind, self._signed(), sign.position))
        return Chain(first, tuple(steps)) if steps else first

    def _signed(self) -> Node:
        if self._next.kind not in ("+", "-"):
            return self._power()
        sign = self._take()
        self._deeper()
        operand = self._signed()
        self._depth -= 1
        return Negative(operand) if sign.kind == "-" else operand

    def _power(self) -> Node:
        base = self._atom()
        if self._next.kind != "^":
            return base
        sign = self._take()
        self._deeper()
        exponent = self._signed()
        self._depth -= 1
        return Power(base, exponent, sign.position)

    def _atom(self) -> Node:
        if self._next.kind == "number":
            return self._number(self._take())
        if self._next.kind == "name":
            name = self._take()
            return self._call(name) if self._next.kind == "(" else Name(name.text, name.position)
        self._expect("(")
        self._deeper()
        inside = self._sum()
        self._depth -= 1
        self._expect(")")
        return inside

    def _number(self, token: Token) -> Node:
        try:
            return Number(parse_number(token.text, self._notation))
        except NumberError as problem:
            raise FormulaError("formula.number_invalid", token.position, text=problem.text) from problem

    def _call(self, name: Token) -> Node:
        function = name.text.casefold()
        if function not in FUNCTIONS:
            raise FormulaError("formula.unknown_function", name.position, name=name.text)
        self._expect("(")
        self._deeper()
        node = self._choice() if function == "if" else self._values(function, name)
        self._depth -= 1
        self._expect(")")
        return node

    def _values(self, function: str, name: Token) -> Call:
        values = []
        if self._next.kind != ")":
            values.append(self._sum())
        while values and self._next.kind in _SEPARATORS[self._notation]:
            self._take()
            values.append(self._sum())
        least, most = FUNCTIONS[function]
        if not least <= len(values) <= most:
            count = str(len(values))
            raise FormulaError("formula.wrong_arguments", name.position, function=function, count=count)
        return Call(function, tuple(values), name.position)

    def _choice(self) -> Choice:
        left = self._sum()
        comparison = self._next
        if comparison.kind not in _COMPARISONS:
            raise FormulaError("formula.comparison_expected", comparison.position)
        self._take()
        right = self._sum()
        self._expect(_SEPARATORS[self._notation])
        yes = self._sum()
        self._expect(_SEPARATORS[self._notation])
        return Choice(comparison.kind, left, right, yes, self._sum())
