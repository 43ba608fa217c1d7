"""The priced estimate as the rows a page shows; nothing here calculates a rupiah."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ahsp.engine.estimate import PricedEstimate, PricedItem, PricedSection
from ahsp.engine.issues import Issue
from ahsp.engine.pricing import Status


@dataclass(frozen=True, slots=True)
class RabRow:
    """One row of the RAB page.

    `amount` is the item's amount or the section's total in rupiah, None where nothing is known; it is a lower
    bound when `lower_bound`. `share` is the part of the subtotal, 0 to 1. `pk` is the stored id; `parents` are
    the keys of the sections around the row.
    """

    key: str
    pk: int
    is_section: bool
    level: int
    parents: tuple[str, ...]
    number: str
    code: str
    description: str
    unit: str
    quantity: Decimal | None
    unit_price: Decimal | None
    amount: Decimal | None
    status: Status
    share: Decimal
    incomplete: int
    own_price: bool
    issues: tuple[Issue, ...]

    @property
    def lower_bound(self) -> bool:
        return self.status is Status.PARTIAL


def _share(amount: Decimal | None, subtotal: Decimal) -> Decimal:
    return amount / subtotal if amount and subtotal else Decimal(0)


def rab_rows(estimate: PricedEstimate) -> Iterator[RabRow]:
    """Sections and items in document order."""
    for child in estimate.children:
        yield from _rows(child, (), estimate.subtotal)


def _rows(child: PricedSection | PricedItem, parents: tuple[str, ...], subtotal: Decimal) -> Iterator[RabRow]:
    if isinstance(child, PricedItem):
        yield item_row(child, parents, subtotal)
        return
    yield section_row(child, parents, subtotal)
    inside = (*parents, child.section.key)
    for grandchild in child.children:
        yield from _rows(grandchild, inside, subtotal)


def section_row(child: PricedSection, parents: tuple[str, ...], subtotal: Decimal) -> RabRow:
    """A section with its total."""
    section = child.section
    return RabRow(
        key=section.key,
        pk=int(section.key[1:]),
        is_section=True,
        level=len(parents),
        parents=parents,
        number=section.number,
        code="",
        description=section.name,
        unit="",
        quantity=None,
        unit_price=None,
        amount=child.total,
        status=Status.PARTIAL if child.incomplete else Status.PRICED,
        share=_share(child.total, subtotal),
        incomplete=child.incomplete,
        own_price=False,
        issues=(),
    )


def item_row(child: PricedItem, parents: tuple[str, ...], subtotal: Decimal) -> RabRow:
    """A work item with its unit price and amount."""
    item = child.item
    price = child.unit_price
    return RabRow(
        key=item.key,
        pk=int(item.key[1:]),
        is_section=False,
        level=len(parents),
        parents=parents,
        number=item.number,
        code=item.analysis or "",
        description=item.description,
        unit=item.unit,
        quantity=item.quantity,
        unit_price=price.rounded if price else None,
        amount=child.amount,
        status=child.status,
        share=_share(child.amount, subtotal),
        incomplete=int(child.status is not Status.PRICED),
        own_price=bool(price and price.own),
        issues=child.issues,
    )


def recap_rows(estimate: PricedEstimate) -> list[RabRow]:
    """The first level of the estimate: the recapitulation."""
    return [
        section_row(child, (), estimate.subtotal)
        if isinstance(child, PricedSection)
        else item_row(child, (), estimate.subtotal)
        for child in estimate.children
    ]
