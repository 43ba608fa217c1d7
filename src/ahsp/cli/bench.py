"""`./ahsp bench`: every measurement in one run, on servers of its own, as one table."""

from __future__ import annotations

import gc
import importlib
import json
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from ahsp.cli.front_end import ensure_front_end
from ahsp.cli.steps import say_step
from ahsp.core.errors import AhspError
from ahsp.operations.stack.home import REPOSITORY
from ahsp.operations.stack.pgbouncer import PoolSize
from ahsp.operations.stack.servers import direct_environment, temporary_stack

PAGE = REPOSITORY / "docs" / "performance.md"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the figure `key` of the measurement `suite`, and the most it may be."""

    what: str
    suite: str
    key: str
    unit: str
    limit: float


ROWS = (
    Row("Engine, 1,000 items and 12,000 lines", "engine", "ratio", "× a bare Decimal loop", 2),
    Row("RAB of 1,000 items: queries", "database", "queries", "queries", 8),
    Row("RAB of 1,000 items: time", "database", "ratio", "× fetching the same rows", 3),
    Row("Copy of a project of 1,000 items", "database", "copy_ms", "ms", 500),
    Row("`./ahsp price`, 10,000 lines: time", "price", "seconds", "s", 3),
    Row("`./ahsp price`, 10,000 lines: memory", "price", "megabytes", "MB", 300),
    Row("Edition package loads", "catalog", "load_s", "s", 3),
    Row("Search, median of the golden queries", "catalog", "search_median_ms", "ms", 30),
    Row("Search, slowest of the golden queries", "catalog", "search_slowest_ms", "ms", 30),
    Row("Workspace, 12,000 items: a price to its answer", "workspace", "price_ms_12000", "ms", 300),
    Row("Workspace: a quantity to its answer", "workspace", "quantity_ms_12000", "ms", 300),
    Row("Workspace: all parts of the bill, first time", "workspace", "grid_ms_12000", "ms", 700),
    Row("Workspace: what others wrote", "workspace", "sync_ms_12000", "ms", 50),
    Row("Workspace: paste of 3,000 rows × 6, looked at and written", "workspace", "paste_ms_12000", "ms", 2500),
    Row("Workspace: largest answer, compressed", "workspace", "largest_kb", "kB", 200),
    Row("Workspace, a price: 12,000 items against 1,000", "workspace", "price_ms_growth", "× as long", 12),
    Row("Browser, 12,000 items: usable, first visit", "browser", "usable_ms_12000", "ms", 1500),
    Row("Browser: usable, next visit", "browser", "usable_again_ms_12000", "ms", 1500),
    Row("Browser: frame of a recorded scroll, median", "browser", "frame_ms_12000", "ms", 17),
    Row("Browser: longest frame of a recorded scroll", "browser", "longest_frame_ms_12000", "ms", 50),
    Row("Browser: a price to the total below", "browser", "price_total_ms_12000", "ms", 400),
    Row("Browser: a price to all totals on screen", "browser", "price_ms_12000", "ms", 400),
    Row("Browser: paste of 3,000 rows × 6 to the totals", "browser", "paste_ms_12000", "ms", 3000),
    Row("Browser: largest answer as it came", "browser", "largest_kb_12000", "kB", 200),
    Row("Browser: memory of the tab", "browser", "tab_mb_12000", "MB", 300),
    Row("Browser: of that, held by scripts", "browser", "heap_mb_12000", "MB", 300),
    Row("Browser, usable: 12,000 items against 1,000", "browser", "usable_growth", "× as long", 12),
    Row("Browser, a price: 12,000 items against 1,000", "browser", "price_growth", "× as long", 12),
    Row("XLSX, 1,000 items", "documents", "xlsx_ms", "ms", 350),
    Row("XLSX, 10,000 items against 1,000", "documents", "xlsx_growth", "× as long", 12),
    Row("PDF, 1,000 items", "documents", "pdf_ms", "ms", 1000),
    Row("PDF, 10,000 items against 1,000", "documents", "pdf_growth", "× as long", 12),
    Row("DOCX, 1,000 items", "documents", "docx_ms", "ms", 350),
    Row("DOCX, 10,000 items against 1,000", "documents", "docx_growth", "× as long", 12),
)

Figures = dict[str, dict[str, Any]]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON instead of the table.")
@click.option("--write", is_flag=True, help="Put the table into docs/performance.md.")
def bench(as_json: bool, write: bool) -> int:
    """Measure speed and print the table; ends with 1 when a target is missed."""
    ensure_front_end()
    with temporary_stack(pool=PoolSize()) as environment:
        os.environ.update(direct_environment(environment))
        figures = measure_all()
    click.echo(json.dumps(figures, indent=2) if as_json else table(figures))
    if write:
        write_page(table(figures))
    return 1 if any(is_missed(row, figures) for row in ROWS) else 0


def is_missed(row: Row, figures: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether it was measured and is more than it may be."""
    value = figures[row.suite].get(row.key)
    return value is not None and value > row.limit


def measure_all() -> Figures:
    """Run every measurement, on a database that holds the shipped packages."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_packages", verbosity=0)
    # As ahsp.wsgi does before the first request.
    gc.collect()
    gc.freeze()
    figures: Figures = {}
    for suite in dict.fromkeys(row.suite for row in ROWS):
        say_step(f"Measuring: {suite}")
        figures[suite] = importlib.import_module(f"ahsp.bench.{suite}").measure()
    return figures


def table(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures beside what they may be at most, as Markdown."""
    lines = ["| what | measured | at most | |", "| --- | ---: | ---: | --- |"]
    for row in ROWS:
        value = figures[row.suite].get(row.key)
        measured = "not measured" if value is None else f"{_shown(value)} {row.unit}"
        verdict = "missed" if is_missed(row, figures) else ""
        lines.append(f"| {row.what} | {measured} | {_shown(row.limit)} | {verdict} |")
    return "\n".join([*lines, "", _machine(figures)])


def _machine(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """What it was measured on, and what was not there."""
    browser = figures.get("browser", {})
    parts = [f"{os.cpu_count()} cores", f"Python {platform.python_version()}"]
    if "chromium" in browser:
        parts.append(f"Chromium {browser['chromium']}")
    told = ", ".join(parts) + "."
    return f"{told} The browser was left out: {browser['missing']}." if "missing" in browser else told


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def write_page(content: str) -> None:
    """Put `content` between the marks of docs/performance.md. Raises AhspError when they are gone."""
    page = PAGE.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise AhspError("cli.bench_marks", {"file": str(PAGE), "begin": BEGIN, "end": END})
    PAGE.write_text(f"{before}{BEGIN}\n{content}\n{END}{after}", encoding="utf-8")
