"""Gives every run of the tests servers of its own, whatever `DATABASE_URL` names: no data is ever touched."""

from __future__ import annotations

import atexit
import os
from contextlib import ExitStack

import pytest

from ahsp.operations.stack.servers import temporary_stack

_MARK = "AHSP_TEST_STACK"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Before the settings are read. Workers of pytest-xdist inherit the servers of their run."""
    # Tests run beside each other: one that waits for a turn must not take the cache for away and ask more.
    os.environ.setdefault("AHSP_REDIS_TIMEOUT", "5")
    if os.environ.get(_MARK):
        _take_own_cache()
        return
    stack = ExitStack()
    environment = stack.enter_context(temporary_stack())
    # The run that started the servers stops them, also when it never gets as far as its tests.
    atexit.register(stack.close)
    os.environ.update(environment)
    os.environ[_MARK] = environment["AHSP_HOME"]


def _take_own_cache() -> None:
    """A database of the cache for each worker of pytest-xdist, as Django gives each one of PostgreSQL.

    Otherwise a test that empties the cache would sign out the people of another worker's test.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if worker:
        server, _, _ = os.environ["REDIS_URL"].rpartition("/")
        os.environ["REDIS_URL"] = f"{server}/{int(worker) + 1}"
