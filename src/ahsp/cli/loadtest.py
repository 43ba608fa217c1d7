"""`./ahsp loadtest`: many people at once, through the real sign-in, with every answer checked."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ahsp.cli.front_end import ensure_front_end
from ahsp.cli.steps import say_step
from ahsp.loadtest.application import running_application
from ahsp.loadtest.compare import comparison, read_run
from ahsp.loadtest.mixes import SINGLE
from ahsp.loadtest.report import html_report
from ahsp.loadtest.run import MIX_NAMES, Options, Result, measure
from ahsp.operations.stack.home import REPOSITORY

# Seeded once and kept; nobody's own data is in it.
HOME = REPOSITORY / ".cache" / "loadtest-home"
REPORTS = REPOSITORY / ".cache" / "loadtest"


@click.command()
@click.option("--users", default=100, show_default=True, type=click.IntRange(1), help="People at once.")
@click.option("--spawn-rate", default=4.0, show_default=True, type=click.FloatRange(0.1), help="New people a second.")
@click.option("--duration", default=180.0, show_default=True, type=click.FloatRange(1), help="Seconds.")
@click.option("--mix", default="full", show_default=True, type=click.Choice(MIX_NAMES), help="What people do.")
@click.option("--shared-account", is_flag=True, help="Everybody signs in to the same account.")
@click.option("--report", "report_file", type=click.Path(path_type=Path, dir_okay=False), help="Where to write HTML.")
@click.option("--compare", type=click.Path(path_type=Path, dir_okay=False), help="What --json printed earlier.")
@click.option("--json", "as_json", is_flag=True, help="End standard output with every figure as one JSON object.")
def loadtest(
    users: int,
    spawn_rate: float,
    duration: float,
    mix: str,
    shared_account: bool,
    report_file: Path | None,
    compare: Path | None,
    as_json: bool,
) -> int:
    """Drive the application as installed with many people; ends with 1 when an objective is missed."""
    options = Options(1 if mix == SINGLE else users, spawn_rate, duration, mix, shared_account)
    earlier = read_run(compare) if compare else None
    ensure_front_end()
    say_step("Starting the application and its data")
    with running_application(HOME) as application:
        result = measure(application, options, say_step)
    click.echo(summary(result))
    if earlier is not None:
        click.echo(comparison(earlier, result.shape()))
    report_file = report_file or REPORTS / f"{mix}.html"
    report_file.parent.mkdir(parents=True, exist_ok=True)
    report_file.write_text(html_report(result, earlier), encoding="utf-8")
    click.echo(f"Report: {report_file}")
    if as_json:
        click.echo(json.dumps(result.shape()))
    return 0 if result.passed else 1


def summary(result: Result) -> str:
    """The figures by name, and every objective with its verdict."""
    lines = ["requests failed    p50    p95    p99    max ms"]
    for row in (*result.figures.rows, result.figures.whole):
        figures = f"{row.requests:8} {row.failures:6} {row.p50_ms:6.0f} {row.p95_ms:6.0f} {row.p99_ms:6.0f}"
        lines.append(f"{figures} {row.max_ms:6.0f}  {row.name}")
    lines += [f"{number} × {problem}" for problem, number in result.figures.problems.items()]
    if result.figures.signed_in_share < 1:
        lines.append(
            f"People were not signed in: {1 - result.figures.signed_in_share:.1%} of the answers were not theirs."
        )
    lines += [finding.line for finding in result.findings]
    return "\n".join([*lines, "passed" if result.passed else "FAILED"])
