"""A disk that fills up under load and has room again later."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from ahsp.loadtest.application import running_application
from ahsp.operations.stack.postgres import answers as database_answers
from tests.stack.machine import wait_for
from tests.stack.survival.crowd import Crowd, count, working
from tests.stack.survival.fault import survive, told

PEOPLE_HERE = 6
DISK = "640m"
# Long enough for servers to die of it and to be started in vain.
SECONDS_FULL = 12


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own for the home; only root may make one."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    with tempfile.TemporaryDirectory(prefix="ahsp-disk-") as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0755", "tmpfs", name], check=True)
        Path(name).parent.chmod(0o1777)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=True)


def fill(file: Path) -> None:
    """Take every byte that is left."""
    with file.open("ab", buffering=0) as filling:
        block = 2**20
        while block:
            try:
                filling.write(b"\0" * block)
            except OSError as error:
                assert error.errno == errno.ENOSPC
                block //= 2


def write_until_refused(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Fill what PostgreSQL holds in reserve for its log of changes, as an hour of work would."""
    while True:
        try:
            connection.execute("SELECT pg_logical_emit_message(false, 'full', repeat('x', 1000000), true)")
        except psycopg.OperationalError:
            return


def troubled(crowd: Crowd) -> bool:
    return count(crowd.sights)["unavailable"] > 0


def test_a_disk_that_was_full_has_room_again(small_disk: Path, record_property: Callable[[str, object], None]) -> None:
    ballast = small_disk / "ballast"
    with (
        running_application(small_disk / "home", PEOPLE_HERE) as application,
        working(application.running.address, application.seeds) as crowd,
    ):
        direct = application.running.direct_database_url

        def fill_and_free() -> None:
            # Connected before: on a full disk PostgreSQL may refuse whoever comes.
            with psycopg.connect(direct, autocommit=True) as connection:
                fill(ballast)
                write_until_refused(connection)
            full = time.monotonic()
            wait_for(lambda: troubled(crowd) and time.monotonic() - full > SECONDS_FULL, "trouble")
            ballast.unlink()

        outcome = survive(crowd, fill_and_free, lambda: database_answers(direct))
        told("disk full", outcome, record_property)
        assert outcome.of_kind("unavailable")
