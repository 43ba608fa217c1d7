"""The priced tree as a flat walk, without recursion: sections may be nested to any depth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ahsp.engine.estimate import PricedEstimate, PricedItem, PricedSection


class Opening(NamedTuple):
    """A section begins. `depth` is 0 for a top section."""

    section: PricedSection
    depth: int


class Line(NamedTuple):
    """A work item; `depth` is the number of sections around it."""

    item: PricedItem
    depth: int


class Closing(NamedTuple):
    """A section ends, after everything in it."""

    section: PricedSection
    depth: int


def walk(estimate: PricedEstimate) -> Iterator[Opening | Line | Closing]:
    """Everything in document order."""
    path = [iter(estimate.children)]
    opened: list[PricedSection] = []
    while path:
        for child in path[-1]:
            if isinstance(child, PricedSection):
                yield Opening(child, len(opened))
                opened.append(child)
                path.append(iter(child.children))
                break
            yield Line(child, len(opened))
        else:
            path.pop()
            if opened:
                section = opened.pop()
                yield Closing(section, len(opened))
