"""`./ahsp test`: the checks and every test, in groups; what cannot run on this machine is named."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import click

from ahsp.cli.check import PYTHON, report_file, run_checks, run_npm_step
from ahsp.cli.front_end import ensure_front_end
from ahsp.cli.steps import Tally
from ahsp.cli.test_environment import is_ci, test_servers
from ahsp.operations.stack.home import REPOSITORY

WORKERS = "2"
SEPARATE = ("tests/architecture", "tests/stack", "tests/browser")


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> int:
    """Run every test, the checks included; with ARGUMENTS only what pytest selects by them."""
    ensure_front_end()
    with test_servers() as environment:
        if arguments:
            return subprocess.run([*PYTHON, "pytest", *arguments], cwd=REPOSITORY, env=environment).returncode
        tally = Tally()
        run_checks(tally, environment)
        run_npm_step(tally, "front end: tests", "test")
        run_groups(tally, environment)
    return tally.finish(strict=is_ci())


def run_groups(tally: Tally, environment: Mapping[str, str]) -> None:
    """The tests of the engine and the apps in parallel, then those that need the machine for themselves."""
    pytest = [*PYTHON, "pytest", "-q"]
    ignored = [f"--ignore={folder}" for folder in SEPARATE]
    click.echo("Engine, apps and documents")
    parallel = ["-n", WORKERS, "--dist", "worksteal"]
    tally.run_pytest([*pytest, "tests", *ignored, *parallel], report_file("apps"), environment)
    click.echo("Servers: start, stop, kill, restart")
    tally.run_pytest([*pytest, "tests/stack"], report_file("stack"), environment)
    if "CHROMIUM" in environment:
        click.echo("Browser")
        tally.run_pytest([*pytest, "tests/browser"], report_file("browser"), environment)
    else:
        tally.leave_out("no Chromium found: install it or name it with CHROMIUM", "browser journeys")
    sys.stdout.flush()
