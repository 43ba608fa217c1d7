"""What an estimate takes: quantity and cost of every resource, and how they add up to the subtotal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import NamedTuple

from ahsp.engine.analysis import LumpSumLine, NestedLine, PercentageLine, ResourceLine
from ahsp.engine.estimate import PricedEstimate, PricedItem
from ahsp.engine.priced_analysis import PricedAnalysis, PricedLine, Status, code_of
from ahsp.engine.prices import FoundPrice
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import CALCULATION

_ZERO = Decimal(0)
_ONE = Decimal(1)


class Sort(StrEnum):
    """Where a need comes from: only the first is something that is bought or hired by its unit."""

    RESOURCE = "resource"
    PERCENTAGE = "percentage"
    LUMP_SUM = "lump_sum"


_ORDER_OF_KINDS = {kind: at for at, kind in enumerate(ResourceKind)}
_ORDER_OF_SORTS = {sort: at for at, sort in enumerate(Sort)}


class NeedKey(NamedTuple):
    """What is added up as one: a percentage or lump sum by its kind and name, a resource by its identity."""

    kind: ResourceKind
    sort: Sort
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Need:
    """`quantity` in the unit of the key, `price` in rupiah per unit, `cost` = quantity x price in rupiah, unrounded.

    A percentage has no quantity. None says that nothing is known; without `complete`, what is known is a lower bound.
    """

    key: NeedKey
    quantity: Decimal | None
    price: Decimal | None
    cost: Decimal | None
    found: FoundPrice | None
    complete: bool


@dataclass(frozen=True, slots=True)
class Spend:
    """The subtotal by what it is spent on, in rupiah:

    subtotal = labor + material + equipment + difference + overhead_and_profit + own_prices + rounding.

    `direct_cost` is the sum of quantity x D over the items with an analysis, and `difference` what it has over the sum
    of the needs: 0, or the noise of prices that arose by a division. `own_prices` are the amounts of items that brought
    a price of their own, `rounding` what rounding unit prices and amounts added.
    """

    labor: Decimal
    material: Decimal
    equipment: Decimal
    direct_cost: Decimal
    difference: Decimal
    overhead_and_profit: Decimal
    own_prices: Decimal
    rounding: Decimal
    subtotal: Decimal


@dataclass(frozen=True, slots=True)
class ResourceNeeds:
    """`needs` by kind, sort, name and unit. `without_quantity` and `without_analysis` count the items that are not in
    them, `unknown` names nested analyses that could not be followed."""

    needs: tuple[Need, ...]
    spend: Spend
    without_quantity: int
    without_analysis: int
    unknown: tuple[str, ...]


@dataclass(slots=True)
class _Sum:
    """A need while it is being added up."""

    quantity: Decimal | None = None
    price: Decimal | None = None
    cost: Decimal | None = None
    found: FoundPrice | None = None
    complete: bool = True

    def add(self, other: _Sum, factor: Decimal) -> None:
        if other.quantity is not None:
            self.quantity = (self.quantity or _ZERO) + factor * other.quantity
        if other.cost is not None:
            self.cost = (self.cost or _ZERO) + factor * other.cost
        if self.price is None:
            self.price, self.found = other.price, other.found
        self.complete = self.complete and other.complete


_Sums = dict[NeedKey, _Sum]


def resource_needs(estimate: PricedEstimate) -> ResourceNeeds:
    """The needs of every item that has a quantity and an analysis. Items that only have a price of their own take
    resources too, but nobody has said which."""
    with localcontext(CALCULATION):
        items = list(estimate.items())
        expansion = _Expansion()
        needs = _needs(items, expansion)
        spend = _spend(estimate, items, needs)
    return ResourceNeeds(
        needs=needs,
        spend=spend,
        without_quantity=sum(one.item.quantity is None for one in items),
        without_analysis=sum(one.item.quantity is not None and one.source is None for one in items),
        unknown=tuple(dict.fromkeys(expansion.unknown)),
    )


def resource_costs(estimate: PricedEstimate) -> dict[Resource, Decimal]:
    """What each resource costs in rupiah, unrounded: the cost of its need. Those without quantity or price are left
    out."""
    with localcontext(CALCULATION):
        needs = _needs(estimate.items(), _Expansion())
    return {
        Resource(one.key.kind, one.key.name, one.key.unit): one.cost
        for one in needs
        if one.key.sort is Sort.RESOURCE and one.cost is not None
    }


def resource_prices(estimate: PricedEstimate) -> dict[Resource, FoundPrice | None]:
    """The price of every resource that an item's analysis names, in the order of first use; None where it is missing.

    Unlike the needs it holds those of items without quantity too.
    """
    found: dict[Resource, FoundPrice | None] = {}
    seen: set[str] = set()
    # Of the items with one analysis the first stands for all.
    first: dict[str, PricedItem] = {}
    for item in estimate.items():
        if item.source is not None:
            first.setdefault(code_of(item.source), item)
    waiting = [item.analysis for item in first.values()]
    waiting.reverse()
    while waiting:
        priced = waiting.pop()
        if priced is None or priced.analysis.code in seen:
            continue
        seen.add(priced.analysis.code)
        for one in priced.lines:
            if isinstance(one.line, ResourceLine):
                found.setdefault(one.line.resource, one.found)
            elif one.nested is not None:
                waiting.append(one.nested)
    return found


def _needs(items: Iterable[PricedItem], expansion: _Expansion) -> tuple[Need, ...]:
    total: _Sums = {}
    for priced, quantity in _quantities(items).values():
        if priced.analysis is not None:
            _add_all(total, expansion.of(priced.analysis), quantity)
    return tuple(_need(key, total[key]) for key in sorted(total, key=_place))


def _quantities(items: Iterable[PricedItem]) -> dict[str, tuple[PricedItem, Decimal]]:
    """An item of each analysis with the sum of the quantities of all: each analysis is looked into once."""
    found: dict[str, tuple[PricedItem, Decimal]] = {}
    for one in items:
        source, quantity = one.source, one.item.quantity
        if source is None or quantity is None:
            continue
        code = code_of(source)
        first, before = found.get(code, (one, _ZERO))
        found[code] = (first, before + quantity)
    return found


class _Expansion:
    """What one unit of an analysis takes, nested analyses included, each calculated once."""

    def __init__(self) -> None:
        self._done: dict[str, _Sums] = {}
        self.unknown: list[str] = []

    def of(self, priced: PricedAnalysis) -> _Sums:
        code = priced.analysis.code
        if code not in self._done:
            sums: _Sums = {}
            for one in priced.lines:
                self._add(sums, one)
            self._done[code] = sums
        return self._done[code]

    def _add(self, sums: _Sums, one: PricedLine) -> None:
        line = one.line
        if isinstance(line, NestedLine):
            if one.nested is None or line.coefficient is None:
                self.unknown.append(line.analysis)
            else:
                _add_all(sums, self.of(one.nested), line.coefficient)
            return
        key = _key(one)
        if key is None:
            return
        quantity = line.coefficient if isinstance(line, ResourceLine | LumpSumLine) else None
        complete = one.status is Status.PRICED
        price = None if isinstance(line, PercentageLine) else one.price
        mine = _Sum(quantity, price, one.amount, one.found, complete)
        known = sums.setdefault(key, mine)
        if known is not mine:
            known.add(mine, _ONE)


def _key(one: PricedLine) -> NeedKey | None:
    """None for a row that only informs."""
    line = one.line
    if isinstance(line, ResourceLine):
        kind, name, unit = line.resource
        return NeedKey(kind, Sort.RESOURCE, name, unit)
    if isinstance(line, PercentageLine):
        return NeedKey(line.kind, Sort.PERCENTAGE, line.name, "")
    if isinstance(line, LumpSumLine):
        return NeedKey(line.kind, Sort.LUMP_SUM, line.name, "ls")
    return None


def _add_all(total: _Sums, sums: _Sums, factor: Decimal) -> None:
    for key, one in sums.items():
        known = total.get(key)
        if known is None:
            known = total[key] = _Sum()
        known.add(one, factor)


def _place(key: NeedKey) -> tuple[int, int, str, str]:
    return _ORDER_OF_KINDS[key.kind], _ORDER_OF_SORTS[key.sort], key.name, key.unit


def _need(key: NeedKey, one: _Sum) -> Need:
    # Two lump sums of one name may have two prices; then there is no price per unit to show.
    price = one.price if key.sort is not Sort.LUMP_SUM or _is_product(one) else None
    return Need(key, one.quantity, price, one.cost, one.found, one.complete)


def _is_product(one: _Sum) -> bool:
    return one.quantity is not None and one.price is not None and one.quantity * one.price == one.cost


def _spend(estimate: PricedEstimate, items: Iterable[PricedItem], needs: Iterable[Need]) -> Spend:
    kinds = dict.fromkeys(ResourceKind, _ZERO)
    for need in needs:
        kinds[need.key.kind] += need.cost or _ZERO
    direct, overhead, own = _ZERO, _ZERO, _ZERO
    for one in items:
        quantity, cost = one.item.quantity, one.direct_cost
        if quantity is None or cost is None:
            continue
        if one.source is None:
            own += one.amount or _ZERO
            continue
        direct += quantity * cost
        overhead += quantity * cost * one.overhead_rate
    return Spend(
        labor=kinds[ResourceKind.LABOR],
        material=kinds[ResourceKind.MATERIAL],
        equipment=kinds[ResourceKind.EQUIPMENT],
        direct_cost=direct,
        difference=direct - sum(kinds.values(), _ZERO),
        overhead_and_profit=overhead,
        own_prices=own,
        rounding=estimate.subtotal - direct - overhead - own,
        subtotal=estimate.subtotal,
    )
