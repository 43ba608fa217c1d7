"""What the tests find around them: servers of their own, and programs that only some machines have."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from ahsp.bench.chromium import find_chromium
from ahsp.operations.stack.servers import temporary_stack

MARK = "AHSP_TEST_STACK"


@contextmanager
def test_servers() -> Iterator[dict[str, str]]:
    """The environment of a run of the tests; pytest sees the mark and starts no second stack."""
    with temporary_stack() as environment:
        chromium = find_chromium()
        if chromium is not None:
            environment["CHROMIUM"] = chromium
        yield {**environment, MARK: environment["AHSP_HOME"]}


def is_ci() -> bool:
    """Whether a missing part is a failure."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
