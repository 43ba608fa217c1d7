"""The application as `./ahsp up` starts it, with people's work in it; the faults follow each other on one start."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ahsp.loadtest.application import Application, running_application
from tests.stack.survival.crowd import PEOPLE, Crowd, working


@pytest.fixture(scope="package")
def application() -> Iterator[Application]:
    with tempfile.TemporaryDirectory(prefix="ahsp-survival-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        with running_application(Path(folder) / "home", PEOPLE) as running:
            yield running


@pytest.fixture
def crowd(application: Application) -> Iterator[Crowd]:
    with working(application.running.address, application.seeds) as people:
        yield people
