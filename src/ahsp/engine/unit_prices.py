"""What one unit of an analysis comes to, with E, F and rounding, whether or not a line of the bill uses it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext

from ahsp.engine.boq import Estimate, WorkItem
from ahsp.engine.item_pricing import ItemPricer
from ahsp.engine.priced_item import PricedItem
from ahsp.engine.rounding import CALCULATION

_ONE = Decimal(1)


def price_units(estimate: Estimate, codes: Iterable[str]) -> dict[str, PricedItem]:
    """By code, a work item of one unit of each analysis, at the estimate's overhead and rounding.

    KeyError for a code that the estimate does not know.
    """
    found = {}
    with localcontext(CALCULATION):
        pricer = ItemPricer(estimate)
        for code in codes:
            analysis = estimate.analyses[code]
            found[code] = pricer.price(WorkItem(code, "", analysis.name, analysis.unit, _ONE, code))
    return found
