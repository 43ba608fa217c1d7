"""A section of a priced estimate by itself."""

from __future__ import annotations

from dataclasses import replace

from ahsp.engine.estimate import PricedEstimate, PricedItem, PricedSection


def section_alone(estimate: PricedEstimate, key: str) -> PricedEstimate | None:
    """The estimate with nothing but the section `key`, before tax; None if there is no such section."""
    found = _section(estimate, key)
    if found is None:
        return None
    alone = replace(
        estimate,
        children=(found,),
        subtotal=found.total,
        vat=None,
        total=found.total,
        rounded_total=found.total,
        item_count=0,
        incomplete=found.incomplete,
        issues=(),
    )
    return replace(alone, item_count=sum(1 for _ in alone.items()))


def _section(estimate: PricedEstimate, key: str) -> PricedSection | None:
    waiting: list[PricedSection | PricedItem] = list(estimate.children)
    while waiting:
        one = waiting.pop()
        if isinstance(one, PricedSection):
            if one.section.key == key:
                return one
            waiting += one.children
    return None
