"""Two states of one bill line by line: what differs, and which part of each difference in money comes from what.

A difference is quantity effect + price effect, added, removed, or other, and the parts add up to it to the sen:

    quantity effect = (quantity of b - quantity of a) x unit price of a
    price effect    = the rest: (unit price of b - unit price of a) x quantity of b, and the rounding of the amounts

Nothing is split where a split means nothing: the unit is another one, or a quantity or a price was not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import NamedTuple

from ahsp.engine.rounding import CALCULATION, round_to_sen

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Heading:
    """A section. `key` is the same in both states for one that stayed; `total` is a lower bound unless complete."""

    key: str
    level: int
    number: str
    name: str
    total: Decimal
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A work item. `amount` None says that nothing is known; it is a lower bound unless complete."""

    key: str
    level: int
    number: str
    code: str
    description: str
    unit: str
    quantity: Decimal | None
    unit_price: Decimal | None
    amount: Decimal | None
    complete: bool = True


Row = Heading | Line
"""States are rows in document order; `level` is 0 for what stands in no section."""


class Effects(NamedTuple):
    """Parts of a difference, in rupiah."""

    added: Decimal = ZERO
    removed: Decimal = ZERO
    quantity: Decimal = ZERO
    price: Decimal = ZERO
    other: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.added + self.removed + self.quantity + self.price + self.other

    def plus(self, more: Effects) -> Effects:
        return Effects(*(one + two for one, two in zip(self, more, strict=True)))


NOTHING = Effects()


@dataclass(frozen=True, slots=True)
class Compared:
    """A row that is in `a`, in `b` or in both, at the level it is shown at. `difference` is b - a; `effects` are those
    of a line.

    `changed` names the values of a line that differ; `moved` says that it stands in another section.
    """

    a: Row | None
    b: Row | None
    level: int
    difference: Decimal
    effects: Effects = NOTHING
    changed: frozenset[str] = field(default_factory=frozenset)
    moved: bool = False

    @property
    def is_heading(self) -> bool:
        return isinstance(self.b if self.b is not None else self.a, Heading)

    @property
    def differs(self) -> bool:
        return self.a is None or self.b is None or self.moved or bool(self.changed) or bool(self.difference)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows in the order of b, each of those that only a has behind what stood before it there.

    `effects` are those of all lines; they add up to the difference of the subtotals.
    """

    rows: tuple[Compared, ...]
    effects: Effects


def compare(a: Sequence[Row], b: Sequence[Row]) -> Comparison:
    """Rows match by key; those that are left, because a bill was brought in afresh, by what they say."""
    with localcontext(CALCULATION):
        before, after = _Tree(a), _Tree(b)
        partner = _match(before, after)
        rows = tuple(_compared(before, after, partner))
        effects = NOTHING
        for row in rows:
            effects = effects.plus(row.effects)
    return Comparison(rows, effects)


class _Tree:
    """Rows by their place in the document, each with the place of the section it stands in (-1 for none)."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.parents: list[int] = []
        self.children: dict[int, list[int]] = defaultdict(list)
        self.paths: list[tuple[str, ...]] = []
        open_: list[int] = []
        for at, row in enumerate(rows):
            del open_[row.level :]
            parent = open_[-1] if open_ else -1
            self.parents.append(parent)
            self.children[parent].append(at)
            above = self.paths[parent] if parent >= 0 else ()
            self.paths.append((*above, _said(row.name)) if isinstance(row, Heading) else above)
            if isinstance(row, Heading):
                open_.append(at)


def _said(text: str) -> str:
    return " ".join(text.split()).casefold()


Sign = Callable[[_Tree, int], Hashable | None]


def _key(tree: _Tree, at: int) -> Hashable:
    return tree.rows[at].key


def _path(tree: _Tree, at: int) -> Hashable | None:
    return tree.paths[at] if isinstance(tree.rows[at], Heading) else None


def _words(tree: _Tree, at: int) -> Hashable | None:
    row = tree.rows[at]
    return (row.code, _said(row.description), row.unit) if isinstance(row, Line) else None


def _words_there(tree: _Tree, at: int) -> Hashable | None:
    words = _words(tree, at)
    return None if words is None else (tree.paths[at], words)


def _description_there(tree: _Tree, at: int) -> Hashable | None:
    row = tree.rows[at]
    return (tree.paths[at], _said(row.description)) if isinstance(row, Line) and row.description else None


def _code_there(tree: _Tree, at: int) -> Hashable | None:
    row = tree.rows[at]
    return (tree.paths[at], row.code) if isinstance(row, Line) and row.code else None


# The surest first; what repeats is taken in the order of the document.
_SIGNS: tuple[Sign, ...] = (_key, _path, _words_there, _words, _description_there, _code_there)


def _match(before: _Tree, after: _Tree) -> dict[int, int]:
    """Place in b by place in a."""
    partner: dict[int, int] = {}
    left_a, left_b = list(range(len(before.rows))), list(range(len(after.rows)))
    for sign in _SIGNS:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(left_b):
            mark = sign(after, at)
            if mark is not None:
                waiting[mark].append(at)
        taken: set[int] = set()
        for at in left_a:
            mark = sign(before, at)
            if mark is not None and waiting.get(mark):
                partner[at] = waiting[mark].pop()
                taken.add(partner[at])
        left_a = [at for at in left_a if at not in partner]
        left_b = [at for at in left_b if at not in taken]
    return partner


def _compared(before: _Tree, after: _Tree, partner: dict[int, int]) -> Iterator[Compared]:
    origin = {there: at for at, there in partner.items()}
    behind = _gone(before, after, partner)

    def gone(anchor: Anchor, level: int) -> Iterator[Compared]:
        for at in behind.get(anchor, ()):
            yield _only_a(before.rows[at], level)
            yield from gone(("only in a", at), level + 1)

    def section(parent: int, level: int) -> Iterator[Compared]:
        yield from gone(("first in", parent), level)
        for at in after.children.get(parent, ()):
            row, was = after.rows[at], origin.get(at)
            if was is None:
                yield _only_b(row, level)
            else:
                above = before.parents[was]
                moved = (partner.get(above) if above >= 0 else -1) != parent
                yield _both(before.rows[was], row, level, moved=moved)
            if isinstance(row, Heading):
                yield from section(at, level + 1)
            yield from gone(("behind", at), level)

    yield from section(-1, 0)


Anchor = tuple[str, int]


def _gone(before: _Tree, after: _Tree, partner: dict[int, int]) -> dict[Anchor, list[int]]:
    """Rows that only a has, by what they are shown behind: a row of b, the head of a section of b, or a section that
    only a has itself."""
    found: dict[Anchor, list[int]] = defaultdict(list)
    for parent, children in before.children.items():
        if parent >= 0 and parent not in partner:
            found["only in a", parent] = [at for at in children if at not in partner]
            continue
        there = partner[parent] if parent >= 0 else -1
        anchor: Anchor = ("first in", there)
        for at in children:
            if at not in partner:
                found[anchor].append(at)
            elif after.parents[partner[at]] == there:
                anchor = ("behind", partner[at])
    return found


def _only_a(row: Row, level: int) -> Compared:
    if isinstance(row, Heading):
        return Compared(row, None, level, -row.total)
    difference = -(row.amount or ZERO)
    return Compared(row, None, level, difference, Effects(removed=difference))


def _only_b(row: Row, level: int) -> Compared:
    if isinstance(row, Heading):
        return Compared(None, row, level, row.total)
    difference = row.amount or ZERO
    return Compared(None, row, level, difference, Effects(added=difference))


_TOLD = ("code", "description", "unit", "quantity", "unit_price", "complete")


def _both(a: Row, b: Row, level: int, *, moved: bool) -> Compared:
    if isinstance(a, Line) and isinstance(b, Line):
        changed = frozenset(name for name in _TOLD if getattr(a, name) != getattr(b, name))
        difference = (b.amount or ZERO) - (a.amount or ZERO)
        return Compared(a, b, level, difference, _effects(a, b, difference), changed, moved)
    if isinstance(a, Heading) and isinstance(b, Heading):
        renamed = frozenset({"name"} if a.name != b.name else ())
        return Compared(a, b, level, b.total - a.total, changed=renamed, moved=moved)
    raise TypeError("a section does not match a line")


def _effects(a: Line, b: Line, difference: Decimal) -> Effects:
    if not difference:
        return NOTHING
    if a.amount is None or b.amount is None or a.unit != b.unit or a.quantity is None or b.quantity is None:
        return Effects(other=difference)
    if a.unit_price == b.unit_price:
        return Effects(quantity=difference)
    if a.quantity == b.quantity:
        return Effects(price=difference)
    quantity = round_to_sen((b.quantity - a.quantity) * (a.unit_price or ZERO))
    return Effects(quantity=quantity, price=difference - quantity)


def only_differing(rows: Iterable[Compared]) -> list[Compared]:
    """Rows that differ, with the sections they stand in."""
    found: list[Compared] = []
    above: list[Compared] = []
    for row in rows:
        # Sections that are waiting are those around the row that nothing was shown of yet.
        while above and above[-1].level >= row.level:
            above.pop()
        if row.differs:
            found += [*above, row]
            above = []
        elif row.is_heading:
            above.append(row)
    return found
