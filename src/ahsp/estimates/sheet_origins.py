"""Where the coefficients and prices of a unit price sheet are from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ahsp.catalog.models import Edition
from ahsp.engine.analysis import LumpSumLine, NestedLine, ResourceLine
from ahsp.engine.analysis_difference import Change, differences
from ahsp.engine.price_origins import Origins
from ahsp.estimates.analyses.bodies import opened_of_item
from ahsp.estimates.analyses.sources import Opened
from ahsp.estimates.models import ProjectAnalysis
from ahsp.estimates.prices.origins import origins_of
from ahsp.estimates.prices.rows import own_prices
from ahsp.prices.models import PriceBook
from ahsp.projects.models import Project


class ChangedLine(NamedTuple):
    """A line that is not the reference's: what became of it, and the coefficient it had there."""

    change: Change
    coefficient: Decimal | None


@dataclass(frozen=True, slots=True)
class SheetOrigins:
    """`reference` is the code of the edition that coefficients are quoted by, "" for an analysis that comes from none;
    `made` the code of the project's own analysis, "" for one of the edition; `changed` its lines that differ, by
    position. `prices` tells own prices of the project from those of the book."""

    book: PriceBook
    edition: Edition
    reference: str
    made: str = ""
    prices: Origins | None = None
    changed: Mapping[int, ChangedLine] = field(default_factory=dict)


def origins_of_item(project: Project, item: int, code: str) -> SheetOrigins:
    """Of the analysis `code` that an item uses."""
    prices = origins_of(project.price_book, own_prices(project))
    if not ProjectAnalysis.objects.filter(project=project, code=code).exists():
        return SheetOrigins(project.price_book, project.edition, code, prices=prices)
    opened = opened_of_item(project, item, code)
    reference = opened.reference_code or ""
    return SheetOrigins(project.price_book, project.edition, reference, code, prices, _changed(opened))


def _changed(opened: Opened) -> dict[int, ChangedLine]:
    own, reference = opened.priced.analysis, opened.reference
    if own is None or reference is None or reference.analysis is None:
        return {}
    origins = {place: row.origin for place, row in opened.lines.items() if row.origin is not None}
    found = {}
    for one in differences(own, reference.analysis, origins):
        if one.own is None or one.change is Change.SAME:
            continue
        before = one.reference.line if one.reference else None
        coefficient = before.coefficient if isinstance(before, ResourceLine | NestedLine | LumpSumLine) else None
        found[one.own.line.position] = ChangedLine(one.change, coefficient)
    return found
