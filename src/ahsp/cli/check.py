"""`./ahsp check`: everything that can be said about the source without running the application."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path

import click

from ahsp.cli.front_end import run_npm
from ahsp.cli.messages import language
from ahsp.cli.steps import Tally
from ahsp.cli.test_environment import is_ci, test_servers
from ahsp.core.errors import AhspError
from ahsp.core.issue_texts import issue_text
from ahsp.operations.stack.home import REPOSITORY

PROGRAMS = Path(sys.executable).parent
PYTHON = [sys.executable, "-P", "-m"]
REPORTS = REPOSITORY / ".cache" / "reports"


@click.command()
def check() -> int:
    """Check style, types, imports, migrations, translations and architecture."""
    tally = Tally()
    with test_servers() as environment:
        run_checks(tally, environment)
    return tally.finish(strict=is_ci())


def run_checks(tally: Tally, environment: Mapping[str, str]) -> None:
    """Add every check to `tally`."""
    tally.run("ruff check", [str(PROGRAMS / "ruff"), "check", "."], environment)
    tally.run("ruff format", [str(PROGRAMS / "ruff"), "format", "--check", "."], environment)
    tally.run("mypy", [*PYTHON, "mypy"], environment)
    tally.run("imports", [str(PROGRAMS / "lint-imports"), "--no-cache", "--no-logo"], environment)
    manage = [*PYTHON, "django"]
    tally.run("migrations", [*manage, "makemigrations", "--check", "--dry-run"], environment)
    tally.run("settings", [*manage, "check", "--fail-level", "WARNING"], environment)
    run_npm_step(tally, "front end: types", "check")
    tally.run_pytest([*PYTHON, "pytest", "-q", "tests/architecture"], report_file("architecture"), environment)


def run_npm_step(tally: Tally, name: str, script: str) -> None:
    """Run a script of the front end's package.json as one check."""
    started = time.monotonic()
    problem = ""
    try:
        run_npm("run", script)
    except AhspError as error:
        problem = issue_text(error.code, error.data, language())
    tally.note(name, time.monotonic() - started, problem)


def report_file(name: str) -> Path:
    """Where the report of a group of tests is written."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    return REPORTS / f"{name}.xml"
