"""The quantities of a project: parameters, formulas and take-off sheets that refer to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from ahsp.engine.dependencies import dependents_of, knots, shortest_circle, users_of
from ahsp.engine.formula_syntax import FUNCTIONS, NAME
from ahsp.engine.formulas import Formula, FormulaError, evaluate
from ahsp.engine.issues import Issue, error
from ahsp.engine.known_names import ITEM_NAME, KnownNames
from ahsp.engine.rounding import EXACT, Rounding
from ahsp.engine.takeoff import (
    OWN_NAMES,
    MeasuredSheet,
    ReadLine,
    TakeoffLine,
    checked_quantity,
    measure,
    read_cell,
    read_lines,
)

Source = Decimal | str | Sequence[TakeoffLine] | None
"""Where the quantity of an item comes from: a number, a formula, a take-off sheet, or nothing."""

_SHOWN_IN_CIRCLE = 12


def item_name(tag: int) -> str:
    """What formulas call the quantity of the item with this tag."""
    return f"v{tag}"


def name_problem(name: str) -> Issue | None:
    """Why a parameter cannot be called `name`: it is no name, or it means something else in a formula."""
    if not NAME.fullmatch(name):
        return error("formula.name_invalid", name=name)
    folded = name.casefold()
    if folded in OWN_NAMES or folded in FUNCTIONS or ITEM_NAME.fullmatch(folded):
        return error("formula.name_reserved", name=name)
    return None


@dataclass(frozen=True, slots=True)
class Quantities:
    """By name, "tinggi" or "v12": `values` of what could be calculated, `issues` of all there is something to say
    about, `sheets` of items with a take-off."""

    values: Mapping[str, Decimal]
    issues: Mapping[str, tuple[Issue, ...]]
    sheets: Mapping[str, MeasuredSheet]


@dataclass(frozen=True)
class QuantityGraph:
    """`parameters` are formulas by name, `items` sources by name (v12), all in Indonesian notation; `labels` tell
    items as a person sees them. `rounding` is of calculated quantities; parameters and typed numbers stay as they are.
    Of items without quantity, `faulty` are those whose own source gave none elsewhere.
    """

    parameters: Mapping[str, str]
    items: Mapping[str, Source]
    labels: Mapping[str, str] = field(default_factory=dict)
    rounding: Rounding = EXACT
    faulty: frozenset[str] = frozenset()

    @cached_property
    def _read(self) -> dict[str, Formula | FormulaError | Sequence[ReadLine]]:
        """Every formula and sheet, read once."""
        read: dict[str, Formula | FormulaError | Sequence[ReadLine]] = {}
        for name, text in self.parameters.items():
            read[name] = _formula(text) if NAME.fullmatch(name) else _no_name(name)
        for name, source in self.items.items():
            if isinstance(source, str):
                read[name] = _formula(source)
            elif source is not None and not isinstance(source, Decimal):
                read[name] = read_lines(source)
        return read

    @cached_property
    def references(self) -> dict[str, tuple[str, ...]]:
        """By name, what each formula and sheet asks for; typed quantities ask for nothing."""
        found: dict[str, tuple[str, ...]] = {}
        for name, read in self._read.items():
            if isinstance(read, FormulaError):
                found[name] = ()
            elif isinstance(read, Formula):
                found[name] = tuple(sorted(read.names))
            else:
                found[name] = tuple(sorted(frozenset[str]().union(*(line.names for line in read))))
        return found

    def knowing(
        self, items: Mapping[str, Decimal | None], labels: Mapping[str, str], faulty: frozenset[str]
    ) -> QuantityGraph:
        """The same with further items whose quantities are known; what was read is not read again."""
        graph = replace(self, items={**self.items, **items}, labels={**self.labels, **labels}, faulty=faulty)
        graph.__dict__.update(_read=self._read, references=self.references)
        return graph

    @cached_property
    def _users(self) -> dict[str, list[str]]:
        return users_of(self.references)

    def users(self, name: str) -> list[str]:
        """Who names `name` in a formula."""
        return self._users.get(name, [])

    def dependents(self, *names: str) -> list[str]:
        """All whose value rests on one of `names`, at any distance."""
        return dependents_of(names, self._users)

    def circles(self, names: Iterable[str] | None = None) -> list[tuple[str, ...]]:
        """A shortest circle of each knot of names that refer to each other; of those with one of `names` if given."""
        wanted = None if names is None else set(names)
        found = []
        for knot in knots(self.references):
            if wanted is None or not wanted.isdisjoint(knot):
                circle = self._circle(knot)
                if circle:
                    found.append(circle)
        return found

    def _circle(self, knot: tuple[str, ...]) -> tuple[str, ...]:
        if len(knot) == 1 and knot[0] not in self.references[knot[0]]:
            return ()
        return shortest_circle(knot[0], self.references, knot)

    def evaluate(self) -> Quantities:
        """Everything, each after what it rests on; linear in what there is."""
        known = KnownNames(labels=self.labels, faulty=set(self.faulty))
        for name, source in self.items.items():
            if isinstance(source, Decimal):
                known.values[name] = source
            elif source is None and name not in self.faulty:
                known.unmeasured.add(name)
        issues: dict[str, tuple[Issue, ...]] = {}
        sheets: dict[str, MeasuredSheet] = {}
        for knot in knots(self.references):
            circle = self._circle(knot)
            for name in knot:
                value, told = (None, self._told_circle(circle, known)) if circle else self._value(name, known, sheets)
                if told:
                    issues[name] = told
                if value is None:
                    known.faulty.add(name)
                else:
                    known.values[name] = value
        return Quantities(known.values, issues, sheets)

    def _value(
        self, name: str, known: KnownNames, sheets: dict[str, MeasuredSheet]
    ) -> tuple[Decimal | None, tuple[Issue, ...]]:
        read = self._read[name]
        if isinstance(read, FormulaError):
            return None, (read.issue,)
        if not isinstance(read, Formula):
            sheet = measure(read, known, self.rounding)
            sheets[name] = sheet
            return sheet.quantity, sheet.issues
        try:
            value = evaluate(read, known.values)
        except FormulaError as problem:
            return None, (known.explain(problem),)
        return (value, ()) if name in self.parameters else checked_quantity(value, self.rounding)

    def _told_circle(self, circle: tuple[str, ...], known: KnownNames) -> tuple[Issue, ...]:
        shown = [known.label(name) for name in circle[:_SHOWN_IN_CIRCLE]]
        if len(circle) > _SHOWN_IN_CIRCLE:
            shown.append("…")
        return (error("formula.cycle", names=" → ".join([*shown, shown[0]])),)


def _formula(text: str) -> Formula | FormulaError:
    try:
        return read_cell(text)
    except FormulaError as problem:
        return problem


def _no_name(name: str) -> FormulaError:
    return FormulaError("formula.name_invalid", 1, name=name)
