"""Where prices are from, as pages and documents tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ahsp.engine.prices import FoundPrice
from ahsp.engine.resources import Resource


class Origin(NamedTuple):
    """`own` for a price of the project itself; else `source` is the price book. Blank or None where nothing is told."""

    own: bool
    source: str
    region: str = ""
    dated: date | None = None
    document: str = ""
    note: str = ""


class Origins(NamedTuple):
    """The price book's origin, and that of each resource for which the project has a price of its own."""

    book: Origin
    own: Mapping[Resource, Origin]

    def of(self, found: FoundPrice | None) -> Origin | None:
        """Where a found price is from; None for one that is missing."""
        return None if found is None else self.own.get(found.recorded, self.book)
