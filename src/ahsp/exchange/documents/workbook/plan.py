"""Where everything stands before anything is written, so that formulas can point ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ahsp.engine.analysis import InformationLine, NestedLine, ResourceLine
from ahsp.engine.estimate import EstimateSettings, PricedEstimate, PricedItem
from ahsp.engine.prices import FoundPrice
from ahsp.engine.pricing import PricedAnalysis, Status
from ahsp.engine.resources import Resource, ResourceKind

KINDS = (ResourceKind.LABOR, ResourceKind.MATERIAL, ResourceKind.EQUIPMENT)


@dataclass(slots=True)
class Block:
    """One analysis on its sheet. `rate` is its overhead and profit, None where it only serves other analyses.

    Row numbers: `title`, `groups` (A, B, C), `lines` by index in the analysis, `nested_head`, and D, E, F, rounded.
    """

    priced: PricedAnalysis
    rate: Decimal | None
    exact: Decimal | None = None
    rounded: Decimal | None = None
    title: int = 0
    groups: dict[ResourceKind, int] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    nested_head: int = 0
    direct: int = 0
    final: int = 0

    @property
    def complete(self) -> bool:
        return self.priced.status is Status.PRICED

    @property
    def overhead_row(self) -> int:
        return self.direct + 1

    @property
    def exact_row(self) -> int:
        return self.direct + 2

    def indexes(self, kind: ResourceKind) -> list[int]:
        """The lines counted in one group."""
        return [at for at, one in enumerate(self.priced.lines) if one.kind is kind]

    def nested(self) -> list[int]:
        return [at for at, one in enumerate(self.priced.lines) if isinstance(one.line, NestedLine)]

    def information(self) -> list[int]:
        return [at for at, one in enumerate(self.priced.lines) if isinstance(one.line, InformationLine)]


BlockKey = tuple[str, Decimal]


@dataclass(slots=True)
class Plan:
    """`blocks` in order of the sheet; `of_item` and `by_code` find them; `prices` maps a resource to its row."""

    blocks: list[Block]
    of_item: dict[BlockKey, Block]
    by_code: dict[str, Block]
    found: dict[Resource, FoundPrice | None]
    prices: dict[Resource, int] = field(default_factory=dict)

    def block_of(self, priced: PricedItem, settings: EstimateSettings) -> Block | None:
        """The analysis block that a work item's unit price comes from."""
        key = _key(priced, settings)
        return self.of_item[key] if key else None


def overhead_of(priced: PricedItem, settings: EstimateSettings) -> Decimal:
    """The rate of overhead and profit that holds for a work item."""
    if priced.unit_price is not None:
        return priced.unit_price.overhead_rate
    own = priced.item.overhead
    return settings.overhead if own is None else own


def _key(priced: PricedItem, settings: EstimateSettings) -> BlockKey | None:
    """None for a work item whose price does not come from an analysis."""
    own = priced.unit_price is not None and priced.unit_price.own
    if priced.analysis is None or own:
        return None
    return priced.analysis.analysis.code, overhead_of(priced, settings)


def make_plan(estimate: PricedEstimate, first_row: int) -> Plan:
    """Every analysis used, once for each rate, from `first_row` of its sheet on; then those only nested in them."""
    of_item: dict[BlockKey, Block] = {}
    for priced in estimate.items():
        key = _key(priced, estimate.settings)
        if priced.analysis is None or key is None:
            continue
        block = of_item.get(key)
        if block is None:
            block = of_item[key] = Block(priced.analysis, key[1])
        if priced.unit_price is not None:
            block.exact, block.rounded = priced.unit_price.exact, priced.unit_price.rounded
    blocks = list(of_item.values())
    by_code: dict[str, Block] = {}
    for block in blocks:
        by_code.setdefault(block.priced.analysis.code, block)
    for analysis in _nested_in(blocks):
        if analysis.analysis.code not in by_code:
            block = by_code[analysis.analysis.code] = Block(analysis, None)
            blocks.append(block)
    row = first_row
    for block in blocks:
        row = _lay_out(block, row) + 1
    return Plan(blocks, of_item, by_code, _found_prices(blocks))


def _nested_in(blocks: Iterable[Block]) -> Iterator[PricedAnalysis]:
    waiting = [block.priced for block in blocks]
    seen: set[str] = set()
    while waiting:
        for line in waiting.pop().lines:
            nested = line.nested
            if nested is not None and nested.analysis.code not in seen:
                seen.add(nested.analysis.code)
                waiting.append(nested)
                yield nested


def _lay_out(block: Block, row: int) -> int:
    """Give each part of `block` its row. Returns the first row after it."""
    block.title = row
    row += 1
    for kind in KINDS:
        block.groups[kind] = row
        row = _number(block, block.indexes(kind), row + 1)
    nested = block.nested()
    if nested:
        block.nested_head = row
        row = _number(block, nested, row + 1)
    row = _number(block, block.information(), row)
    block.direct = row
    if block.rate is None:
        return row + 1
    block.final = row + 3
    return row + 4


def _number(block: Block, indexes: list[int], row: int) -> int:
    for at in indexes:
        block.lines[at] = row
        row += 1
    return row


def _found_prices(blocks: Iterable[Block]) -> dict[Resource, FoundPrice | None]:
    """Each resource used with its price, in order of group, name and unit."""
    found = {
        line.line.resource: line.found
        for block in blocks
        for line in block.priced.lines
        if isinstance(line.line, ResourceLine)
    }
    return dict(sorted(found.items(), key=lambda pair: (KINDS.index(pair[0].kind), pair[0].name, pair[0].unit)))
