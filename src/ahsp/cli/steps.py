"""Steps of a long command: each is named, timed, and shows its output when it fails."""

from __future__ import annotations

import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from ahsp.operations.stack.home import REPOSITORY


def say_step(line: str) -> None:
    """Progress of a command for developers, on standard error."""
    click.echo(f"{line} …", err=True)


@dataclass(slots=True)
class Tally:
    """What ran so far, and what could not run and why."""

    passed: int = 0
    failed: int = 0
    left_out: dict[str, list[str]] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    def leave_out(self, reason: str, what: str) -> None:
        self.left_out.setdefault(reason, []).append(what)

    def run(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Run a check quietly; it counts as one test."""
        started = time.monotonic()
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        self.note(name, time.monotonic() - started, "" if done.returncode == 0 else done.stdout or "failed")

    def note(self, name: str, seconds: float, problem: str) -> None:
        """Count one check; `problem` is empty when it passed."""
        self.passed += not problem
        self.failed += bool(problem)
        click.echo(f"{'failed' if problem else 'passed'}  {name}  ({seconds:.1f} s)")
        if problem:
            click.echo(problem.rstrip())

    def run_pytest(self, command: Sequence[str], report: Path, environment: Mapping[str, str]) -> None:
        """Run a group of tests, its output as it comes, and add what its report counts."""
        report.unlink(missing_ok=True)
        done = subprocess.run([*command, f"--junitxml={report}"], cwd=REPOSITORY, env=environment)
        failed_before = self.failed
        if report.exists():
            self._add(report)
        if done.returncode != 0 and self.failed == failed_before:
            # It broke down before or between its tests.
            self.failed += 1

    def _add(self, report: Path) -> None:
        for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it a moment ago
            skipped = case.find("skipped")
            if skipped is not None:
                self.leave_out(skipped.get("message") or "no reason given", str(case.get("name")))
            elif case.find("failure") is not None or case.find("error") is not None:
                self.failed += 1
            else:
                self.passed += 1

    def finish(self, *, strict: bool) -> int:
        """Name what was left out, print the last line, and answer with the exit code.

        With `strict` whatever was left out is a failure.
        """
        for reason, names in self.left_out.items():
            shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
            click.echo(f"left out: {shown} - {reason}")
        skipped = sum(map(len, self.left_out.values()))
        if strict and skipped:
            click.echo("With CI=true nothing may be left out: install what is named above.")
        failed = self.failed + (skipped if strict else 0)
        parts = [f"{self.passed} passed", f"{failed} failed"]
        parts += [f"{skipped} skipped"] if skipped and not strict else []
        click.echo(f"===== {', '.join(parts)} in {time.monotonic() - self.started:.1f}s =====")
        return 1 if failed else 0
