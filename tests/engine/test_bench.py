from __future__ import annotations

from ahsp.bench.engine import ITEMS, bare_loop, bare_numbers, large_estimate
from ahsp.engine.estimate import price_estimate


def test_engine_and_bare_loop_price_the_same_estimate() -> None:
    estimate = large_estimate()
    numbers = bare_numbers(estimate)
    priced = price_estimate(estimate)
    assert sum(len(lines) for _, lines in numbers) == 12_000
    assert (priced.item_count, priced.complete) == (ITEMS, True)
    assert priced.subtotal == bare_loop(numbers)
