"""What the tests find around them: servers of their own, and programs that only some machines have."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from ahsp.operations.stack.servers import temporary_stack

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MARK = "AHSP_TEST_STACK"


@contextmanager
def test_servers() -> Iterator[dict[str, str]]:
    """The environment of a run of the tests; pytest sees the mark and starts no second stack."""
    with temporary_stack() as environment:
        chromium = find_chromium()
        if chromium is not None:
            environment["CHROMIUM"] = chromium
        yield {**environment, MARK: environment["AHSP_HOME"]}


def find_chromium() -> str | None:
    """The browser that `CHROMIUM` names, or the first one in the PATH."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def is_ci() -> bool:
    """Whether a missing part is a failure."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
