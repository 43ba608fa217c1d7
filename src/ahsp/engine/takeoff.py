"""The take-off sheet of a work item: lines with dimensions, and the quantity they add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Final

from ahsp.engine.formulas import MAX_VALUE, Formula, FormulaError, evaluate, parse_formula
from ahsp.engine.issues import Issue, error, warning
from ahsp.engine.known_names import KnownNames
from ahsp.engine.numbers import Notation
from ahsp.engine.rounding import CALCULATION, EXACT, Rounding, round_money, without_noise

CELLS: Final = ("count", "length", "width", "height", "deduction", "formula")
"""The cells of a line that can hold a number or a formula."""

OWN_NAMES: Final = {"n": "count", "p": "length", "l": "width", "t": "height"}
"""What a line's formula calls its own cells: n, panjang, lebar, tinggi."""

_FACTORS: Final = ("count", "length", "width", "height")
_NOTHING: Final = Decimal(0)
_ONCE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class TakeoffLine:
    """Every cell as it was typed, in Indonesian notation; empty where nothing stands. Any but `description` may
    be a small formula of parameters and of other items (v12); `formula` may use n, p, l and t of its line too."""

    description: str = ""
    count: str = ""
    length: str = ""
    width: str = ""
    height: str = ""
    deduction: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line whose cells were read: formulas, and what could not be read, by cell. Empty cells are left out."""

    line: TakeoffLine
    cells: Mapping[str, Formula]
    errors: Mapping[str, FormulaError]

    @property
    def names(self) -> frozenset[str]:
        """What the line refers to outside itself."""
        found: set[str] = set()
        for cell, formula in self.cells.items():
            found |= formula.names - OWN_NAMES.keys() if cell == "formula" else formula.names
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """`values` of the cells that could be calculated and `issues` of the others, by cell; the cell of an issue of
    the whole line is "". `value` is None for a line of information and for one with issues."""

    line: TakeoffLine
    values: Mapping[str, Decimal]
    issues: Mapping[str, Issue]
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class MeasuredSheet:
    """`quantity` is None unless every line that counts has a value: with a deduction missing, the sum of the others
    would be no lower bound."""

    lines: tuple[MeasuredLine, ...]
    quantity: Decimal | None
    issues: tuple[Issue, ...] = field(default=())


@lru_cache(maxsize=20_000)
def read_cell(text: str) -> Formula:
    """A cell or a quantity as a formula; one leading "=" is allowed, positions count it. Raises FormulaError."""
    shown = text.lstrip()
    if shown.startswith("="):
        at = len(text) - len(shown)
        return parse_formula(f"{text[:at]} {shown[1:]}", Notation.INDONESIAN)
    return parse_formula(text, Notation.INDONESIAN)


def read_lines(lines: Sequence[TakeoffLine]) -> tuple[ReadLine, ...]:
    return tuple(_read_line(line) for line in lines)


def _read_line(line: TakeoffLine) -> ReadLine:
    cells: dict[str, Formula] = {}
    errors: dict[str, FormulaError] = {}
    texts = (line.count, line.length, line.width, line.height, line.deduction, line.formula)
    for cell, text in zip(CELLS, texts, strict=True):
        if text and not text.isspace():
            try:
                cells[cell] = read_cell(text)
            except FormulaError as problem:
                errors[cell] = problem
    return ReadLine(line, cells, errors)


def measure(lines: Sequence[ReadLine], known: KnownNames, rounding: Rounding = EXACT) -> MeasuredSheet:
    """The lines and their sum, which `rounding` rounds.

    The value of a line is count × length × width × height, of those that are filled in, or its formula, less the
    deduction.
    """
    with localcontext(CALCULATION):
        measured = tuple(_measure_line(line, known) for line in lines)
        faulty = [at for at, line in enumerate(measured, 1) if line.issues]
        if faulty:
            named = ", ".join(str(at) for at in faulty[:10]) + (", …" if len(faulty) > 10 else "")
            return MeasuredSheet(measured, None, (error("takeoff.faulty", lines=named),))
        counted = [line.value for line in measured if line.value is not None]
        if not counted:
            return MeasuredSheet(measured, None, (error("takeoff.empty"),))
        quantity, issues = checked_quantity(sum(counted, _NOTHING), rounding)
    return MeasuredSheet(measured, quantity, issues)


def checked_quantity(value: Decimal, rounding: Rounding) -> tuple[Decimal | None, tuple[Issue, ...]]:
    """A calculated quantity after its policy, with what there is to say of it."""
    quantity = round_money(without_noise(value), rounding)
    if abs(quantity) > MAX_VALUE:
        return None, (error("quantity.too_large"),)
    return quantity, (warning("quantity.below_zero"),) if quantity < 0 else ()


def _measure_line(read: ReadLine, known: KnownNames) -> MeasuredLine:
    values: dict[str, Decimal] = {}
    issues = {cell: problem.issue for cell, problem in read.errors.items()}
    for cell, formula in read.cells.items():
        if cell == "formula":
            continue
        try:
            values[cell] = evaluate(formula, known.values)
        except FormulaError as problem:
            issues[cell] = known.explain(problem)
    if "formula" in read.cells and not issues:
        formula = read.cells["formula"]
        try:
            values["formula"] = evaluate(formula, _names_in_line(formula, values, known))
        except FormulaError as problem:
            issues["formula"] = _own_cell_empty(problem) or known.explain(problem)
    value = None if issues else _value(values)
    if value is not None and abs(value) > MAX_VALUE:
        issues[""], value = error("quantity.too_large"), None
    return MeasuredLine(read.line, values, issues, value)


def _names_in_line(formula: Formula, cells: Mapping[str, Decimal], known: KnownNames) -> dict[str, Decimal]:
    """What the formula of a line can ask for; its own cells hide parameters of the same name."""
    found = {name: known.values[name] for name in formula.names - OWN_NAMES.keys() if name in known.values}
    found.update({name: cells[cell] for name, cell in OWN_NAMES.items() if cell in cells})
    return found


def _own_cell_empty(problem: FormulaError) -> Issue | None:
    if problem.code == "formula.unknown_name" and problem.data["name"] in OWN_NAMES:
        return error("takeoff.cell_empty", **problem.data)
    return None


def _value(values: Mapping[str, Decimal]) -> Decimal | None:
    if not values:
        return None
    if "formula" in values:
        gross = values["formula"]
    else:
        factors = [values[cell] for cell in _FACTORS if cell in values]
        gross = _ONCE if factors else _NOTHING
        for factor in factors:
            gross *= factor
    return without_noise(gross - values.get("deduction", _NOTHING))
