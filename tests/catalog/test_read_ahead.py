"""A process reads the catalog before its first request, and without a database it starts all the same."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ahsp.catalog import finder
from ahsp.catalog.models import Analysis
from ahsp.catalog.queries import forget_catalog, load_analyses, load_divisions
from tests.builders import make_edition


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    forget_catalog()
    yield
    forget_catalog()


@pytest.mark.django_db
def test_what_was_read_ahead_is_not_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    make_edition()
    # The connection of a test is the test's own.
    monkeypatch.setattr(connection, "close", lambda: None)
    finder.read_ahead()
    with CaptureQueriesContext(connection) as captured:
        ids = list(Analysis.objects.values_list("id", flat=True))
        assert {one.code for one in load_analyses(ids).values()} == {"1.1", "1.2", "1.3"}
        assert set(load_divisions(ids).values()) == {"1 Tanah"}
    assert len(captured) == 1


def test_a_process_starts_without_a_database() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    url = f"postgresql://ahsp:secret@127.0.0.1:{port}/ahsp"
    environment = {**os.environ, "DATABASE_URL": url, "AHSP_DIRECT_DATABASE_URL": ""}
    started = subprocess.run(
        [sys.executable, "-c", "import ahsp.wsgi; print('serves')"], env=environment, capture_output=True, text=True
    )
    assert started.stdout == "serves\n", started.stderr
    assert "catalog.not_read" in started.stderr
    assert "secret" not in started.stderr
