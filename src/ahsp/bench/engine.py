"""How long the engine takes for a large estimate, beside a bare loop over the same numbers."""

from __future__ import annotations

import gc
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from statistics import median
from time import thread_time

from ahsp.engine.analysis import Analysis, ResourceLine
from ahsp.engine.estimate import Estimate, EstimateSettings, Section, WorkItem, price_estimate
from ahsp.engine.prices import PriceTable
from ahsp.engine.resources import ResourceKind, shared_resource
from ahsp.engine.rounding import CENT

ITEMS = 1_000
LINES_PER_ITEM = 12
ITEMS_PER_SECTION = 25
REPETITIONS = 41
OVERHEAD = Decimal("0.10")

Numbers = list[tuple[Decimal, list[tuple[Decimal, Decimal]]]]
"""For each item its quantity, and the coefficient and price of each of its lines."""


def measure() -> dict[str, float]:
    """Medians in seconds of REPETITIONS runs of each, turn about, and `ratio`, the median of engine / bare loop.

    Each ratio is of two runs side by side, so that a machine that changes its speed changes both.

    Both give the same subtotal, or ValueError is raised. The collector of cyclic garbage stays on.
    """
    estimate = large_estimate()
    numbers = bare_numbers(estimate)
    if bare_loop(numbers) != price_estimate(estimate).subtotal:
        raise ValueError("the engine and the bare loop disagree")
    gc.collect()
    bare: list[float] = []
    engine: list[float] = []
    for _ in range(REPETITIONS):
        bare.append(_seconds(lambda: bare_loop(numbers)))
        engine.append(_seconds(lambda: price_estimate(estimate)))
    return {
        "items": ITEMS,
        "lines": ITEMS * LINES_PER_ITEM,
        "repetitions": REPETITIONS,
        "bare_seconds": median(bare),
        "engine_seconds": median(engine),
        "ratio": median(one / other for one, other in zip(engine, bare, strict=True)),
    }


def _seconds(act: Callable[[], object]) -> float:
    """Processor time: what else the machine does must not decide the ratio."""
    start = thread_time()
    act()
    return thread_time() - start


def bare_loop(numbers: Numbers) -> Decimal:
    """The least that can be done: what is measured against."""
    total = Decimal(0)
    factor = 1 + OVERHEAD
    cent = Decimal("0.01")
    for quantity, lines in numbers:
        direct_cost = sum(coefficient * price for coefficient, price in lines)
        unit_price = (direct_cost * factor).quantize(cent, ROUND_HALF_UP)
        total += (quantity * unit_price).quantize(cent, ROUND_HALF_UP)
    return total


def bare_numbers(estimate: Estimate) -> Numbers:
    """The numbers of `estimate`, looked up beforehand."""
    numbers: Numbers = []
    for section in estimate.children:
        for item in section.children if isinstance(section, Section) else ():
            if not isinstance(item, WorkItem) or item.analysis is None or item.quantity is None:
                raise TypeError(f"not a work item with quantity and analysis: {item}")
            pairs = [
                (line.coefficient, estimate.prices.prices[line.resource])
                for line in estimate.analyses[item.analysis].lines
                if isinstance(line, ResourceLine) and line.coefficient is not None
            ]
            numbers.append((item.quantity, pairs))
    return numbers


def large_estimate() -> Estimate:
    """ITEMS work items in sections, each with its own analysis of LINES_PER_ITEM resources out of 900."""
    random = Random(47)  # noqa: S311 - the same estimate in every run, nothing secret
    kinds = (ResourceKind.LABOR, ResourceKind.MATERIAL, ResourceKind.EQUIPMENT)
    names = [(kinds[number % 3], f"resource {number}", f"unit {number % 7}") for number in range(900)]
    prices = {shared_resource(*name): Decimal(random.randint(500, 2_000_000)) for name in names}
    analyses = {}
    items = []
    for number in range(ITEMS):
        code = f"{number // 100 + 1}.{number % 100 + 1}"
        lines = tuple(
            # The same resource in every line that uses it, as every reader of rows gives it.
            ResourceLine(position, shared_resource(*name), Decimal(random.randint(1, 99_999)).scaleb(-4))
            for position, name in enumerate(random.sample(names, LINES_PER_ITEM), start=1)
        )
        analyses[code] = Analysis(code, f"work {number}", "m3", lines)
        quantity = Decimal(random.randint(1, 999_999)).scaleb(-2)
        items.append(WorkItem(str(number), str(number), f"work {number}", "m3", quantity, code))
    sections = tuple(
        Section(str(start), str(start), f"section {start}", tuple(items[start : start + ITEMS_PER_SECTION]))
        for start in range(0, ITEMS, ITEMS_PER_SECTION)
    )
    return Estimate(sections, analyses, PriceTable(prices), EstimateSettings(OVERHEAD, None, CENT))
