"""One HTML file about a run, with everything in it: verdict, plots over time, table by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from ahsp.loadtest.charts import Point, line_chart
from ahsp.loadtest.compare import pairs, shown
from ahsp.loadtest.records import Request, percentile, row
from ahsp.loadtest.run import Result
from ahsp.loadtest.samples import Sample

# So many points along the time of a run: more than the eye tells apart in the width of a plot.
MOST_POINTS = 120
STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 84rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.passed { color: #00734f; } .failed { color: #c2410c; }
@media (prefers-color-scheme: dark) { .passed { color: #4ade80; } .failed { color: #fb923c; } }
@media (prefers-color-scheme: dark) { svg { background: #f6f6f4; } }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(34rem, 1fr)); gap: 1.5rem; }
figure { margin: 0; } figcaption { font-weight: 600; } .unit { font-weight: 400; opacity: .7; }
svg { width: 100%; height: auto; border-radius: 4px; font: 11px system-ui, sans-serif; }
.grid { stroke: #8884; } .tick { fill: #6b6b6b; } .end { text-anchor: end; } .middle { text-anchor: middle; }
.line { fill: none; stroke-width: 1.6; stroke-linejoin: round; } .name { font-weight: 600; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid #8883; }
th:first-child, td:first-child { text-align: left; }
.scroll { overflow-x: auto; }
"""


def html_report(result: Result, earlier: Mapping[str, Any] | None = None) -> str:
    """The report on `result`; with `earlier` both runs stand in one table."""
    options = result.options
    title = f"Load test: {options.users} people, mix {options.mix}"
    verdict = '<strong class="passed">passed</strong>' if result.passed else '<strong class="failed">FAILED</strong>'
    parts = [
        f"<h1>{escape(title)} — {verdict}</h1>",
        f"<p>{_facts(result)}</p>",
        "<h2>Objectives</h2>",
        _objectives(result),
        *_problems(result),
        "<h2>Over time</h2>",
        f'<div class="plots">{"".join(plots(result))}</div>',
        "<h2>By name</h2>",
        _table(result),
        *([] if earlier is None else ["<h2>Beside the earlier run</h2>", _comparison(result, earlier)]),
    ]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def _facts(result: Result) -> str:
    whole, found = result.figures.whole, result.figures
    return escape(
        f"{whole.requests:,} requests in {result.records.seconds:g} s, {found.requests_per_second:g} a second, "
        f"{whole.failures:,} failed; {found.signed_in_share:.2%} of the answers were for the person who asked; "
        f"{result.records.acknowledged:,} writes acknowledged, {len(result.records.lost):,} of them lost."
    )


def _objectives(result: Result) -> str:
    rows = []
    for finding in result.findings:
        objective = finding.objective
        value = "not measured" if finding.value is None else f"{finding.value:,.10g}"
        bound = f"{'at least' if objective.least else 'at most'} {objective.bound:,g}"
        verdict = '<td class="passed">reached</td>' if finding.passed else '<td class="failed">MISSED</td>'
        rows.append(f"<tr><td>{escape(objective.key)}</td><td>{value}</td><td>{bound}</td>{verdict}</tr>")
    return f"<table><tr><th>figure</th><th>measured</th><th>objective</th><th></th></tr>{''.join(rows)}</table>"


def _problems(result: Result) -> list[str]:
    rows = [f"<tr><td>{escape(what)}</td><td>{count:,}</td></tr>" for what, count in result.figures.problems.items()]
    return [f"<h2>What failed</h2><table>{''.join(rows)}</table>"] if rows else []


def plots(result: Result) -> list[str]:
    """Every plot of the run; parts that were not there have none."""
    seconds, samples = result.records.seconds, result.samples
    latency, rates = over_time(result.records.requests, seconds)
    return [
        line_chart("Latency", "ms", latency, seconds),
        line_chart("Requests", "a second", rates, seconds),
        line_chart("Processor", "cores", _by_part(samples, lambda sample: sample.cpu), seconds),
        line_chart("Memory", "MB, private", _by_part(samples, lambda sample: sample.memory), seconds),
        line_chart("Pool", "connections", _by_part(samples, lambda sample: sample.pool), seconds),
        line_chart("PostgreSQL", "connections", _by_part(samples, lambda sample: sample.database), seconds),
        line_chart("Redis", "commands a second", _redis(samples, "instantaneous_ops_per_sec", 1), seconds),
        line_chart("Redis memory", "MB", _redis(samples, "used_memory", 2**20), seconds),
    ]


def over_time(requests: Sequence[Request], seconds: float) -> tuple[dict[str, list[Point]], dict[str, list[Point]]]:
    """Percentiles of the latency, and answers and failures a second, each over pieces of the run's time."""
    width = max(1.0, seconds / MOST_POINTS)
    pieces: dict[int, list[Request]] = {number: [] for number in range(int(seconds / width) + 1)}
    for request in requests:
        pieces.setdefault(int(request.at / width), []).append(request)
    latency: dict[str, list[Point]] = {"p50": [], "p95": [], "p99": []}
    rates: dict[str, list[Point]] = {"answered": [], "failed": []}
    for number, found in sorted(pieces.items()):
        at = number * width
        ordered = sorted(request.ms for request in found)
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
            latency[name].append((at, percentile(ordered, share) if ordered else None))
        failed = sum(bool(request.problem) for request in found)
        rates["answered"].append((at, (len(found) - failed) / width))
        rates["failed"].append((at, failed / width))
    return latency, rates


def _thinned(samples: Sequence[Sample]) -> Sequence[Sample]:
    return samples[:: max(1, len(samples) // MOST_POINTS)]


def _by_part(samples: Sequence[Sample], figure: Callable[[Sample], Mapping[str, float]]) -> dict[str, list[Point]]:
    """A part that was not there is 0 as long as others were; where nobody answered there is a gap."""
    names = sorted({name for sample in samples for name in figure(sample)})
    return {
        name: [(sample.at, figure(sample).get(name, 0) if figure(sample) else None) for sample in _thinned(samples)]
        for name in names
    }


def _redis(samples: Sequence[Sample], name: str, unit: float) -> dict[str, list[Point]]:
    points = [(sample.at, sample.redis[name] / unit if name in sample.redis else None) for sample in _thinned(samples)]
    return {"redis": points}


def _table(result: Result) -> str:
    heads = ("", "requests", "failed", "p50 ms", "p95 ms", "p99 ms", "max ms")
    rows = [f"<tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>"]
    for one in (*result.figures.rows, result.figures.whole):
        cells = (one.requests, one.failures, one.p50_ms, one.p95_ms, one.p99_ms, one.max_ms)
        rows.append(f"<tr><td>{escape(one.name)}</td>{''.join(f'<td>{shown(cell)}</td>' for cell in cells)}</tr>")
    for name, spent in sorted(result.records.acts.items()):
        act = row(name, [Request(0, name, seconds * 1000, "") for seconds in spent])
        cells = (act.requests, 0, act.p50_ms, act.p95_ms, act.p99_ms, act.max_ms)
        rows.append(f"<tr><td>act: {escape(name)}</td>{''.join(f'<td>{shown(cell)}</td>' for cell in cells)}</tr>")
    return f'<div class="scroll"><table>{"".join(rows)}</table></div>'


def _comparison(result: Result, earlier: Mapping[str, Any]) -> str:
    rows = ["<tr><th></th><th>figure</th><th>earlier</th><th>now</th><th>ratio</th></tr>"]
    for pair in pairs(earlier, result.shape()):
        ratio = "-" if pair.ratio is None else f"{pair.ratio:.2f}"
        cells = (pair.key, shown(pair.before), shown(pair.now), ratio)
        rows.append(f"<tr><td>{escape(pair.name)}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return f'<div class="scroll"><table>{"".join(rows)}</table></div>'
