"""A checkout on a path with a space, set up for real once; every test starts it on a home of its own choice."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ahsp.operations.stack.pgbouncer import pgbouncer_program
from tests.stack.machine import Up, clean_environment, copy_checkout

needs_pgbouncer = pytest.mark.skipif(
    pgbouncer_program() is None and not os.environ.get("CI"), reason="PgBouncer is not installed here"
)


@dataclass(frozen=True)
class Installation:
    """`script` is a link to the script of `root`, in another folder."""

    root: Path
    script: Path
    said: str


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """Not pytest's own: every run of pytest closes that one again, also to the user the servers run as."""
    with tempfile.TemporaryDirectory(prefix="ahsp-stack-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@pytest.fixture
def tmp_path(folder: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=folder))


@pytest.fixture(scope="session")
def installation(folder: Path) -> Installation:
    root = copy_checkout(folder / "a folder with spaces" / "ahsp")
    script = folder / "linked"
    script.symlink_to(Path("a folder with spaces") / "ahsp" / "ahsp")
    done = subprocess.run(
        [script, "--help"], cwd="/", env=clean_environment(folder / "unused"), capture_output=True, text=True
    )
    if "could not be installed" in done.stderr and not os.environ.get("CI"):
        pytest.skip("the packages of requirements.lock cannot be fetched here")
    assert done.returncode == 0, done.stderr
    return Installation(root, script, done.stderr)


@pytest.fixture(scope="module")
def home(folder: Path) -> Path:
    """A home that does not exist yet; the tests of a module share it, as the starts of a person do."""
    return Path(tempfile.mkdtemp(dir=folder)) / "data of ahsp"


@pytest.fixture
def up(installation: Installation, home: Path) -> Iterator[Up]:
    running = Up(installation.script, home).ready()
    yield running
    if running.process.poll() is None:
        running.end()
