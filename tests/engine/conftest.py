from __future__ import annotations

from collections.abc import Iterator
from decimal import localcontext

import pytest
from hypothesis import settings

from ahsp.engine.rounding import CALCULATION

# The same examples in every run, however slow the machine: a test that fails now and then helps nobody.
settings.register_profile("engine", max_examples=30, deadline=None, derandomize=True, database=None)
settings.load_profile("engine")


@pytest.fixture(autouse=True, scope="module")
def exact_arithmetic() -> Iterator[None]:
    """What a test calculates itself is as exact as what it checks."""
    with localcontext(CALCULATION):
        yield
