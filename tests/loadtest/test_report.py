"""The report of a run: one file, with everything in it, beside an earlier run."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ahsp.core.errors import AhspError
from ahsp.loadtest.charts import line_chart, nice_step
from ahsp.loadtest.compare import comparison, pairs, read_run
from ahsp.loadtest.objectives import judge
from ahsp.loadtest.records import Records, Request, figures
from ahsp.loadtest.report import html_report, over_time
from ahsp.loadtest.run import Options, Result
from ahsp.loadtest.samples import Sample, part_of


def result(ms: float = 10) -> Result:
    requests = [Request(second / 2, "dashboard <1>", ms + second, "") for second in range(20)]
    requests[3].problem = "answered 503"
    records = Records(users=5, seconds=10, requests=requests, signed_in=19)
    samples = tuple(
        Sample(at=second, cpu={"web": 0.5}, memory={"web": 80.0}, database={"idle": 4}, pool={"cl_active": 3})
        for second in range(10)
    )
    options = Options(users=5, spawn_rate=1, seconds=10, mix="core", shared=False)
    found = figures(records)
    return Result(options, found, judge("core", 5, 60, found, {}), records, samples, {"connections_leaked": 0})


class Links(HTMLParser):
    """What a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "link", "img", "iframe"} or any(name in {"src", "href"} for name, _ in attrs):
            self.fetched.append(tag)


def test_the_report_is_one_file_with_verdict_plots_and_table() -> None:
    page = html_report(result())
    links = Links()
    links.feed(page)
    assert links.fetched == []
    assert "FAILED" in page
    assert "dashboard &lt;1&gt;: answered 503" in page
    for plot in ("Latency", "Requests", "Processor", "Memory", "Pool", "PostgreSQL"):
        assert f"<figcaption>{plot} " in page
    assert "Redis" not in page


def test_both_runs_stand_in_one_table(tmp_path: Path) -> None:
    before, now = result(ms=10), result(ms=20)
    file = tmp_path / "earlier.txt"
    file.write_text(f"some lines\n{json.dumps(before.shape())}\n")
    earlier = read_run(file)
    slowest = next(pair for pair in pairs(earlier, now.shape()) if (pair.name, pair.key) == ("all", "max_ms"))
    assert (slowest.before, slowest.now) == (29, 39)
    assert slowest.ratio == pytest.approx(39 / 29)
    assert "all: max_ms" in comparison(earlier, now.shape())
    assert "Beside the earlier run" in html_report(now, earlier)


@pytest.mark.parametrize("content", ["", "no run", "{}", '{"by_name": []}'])
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "earlier.json"
    file.write_text(content)
    with pytest.raises(AhspError) as refused:
        read_run(file)
    assert refused.value.code == "cli.no_run"


def test_the_shape_has_every_figure_that_json_promises() -> None:
    promised = "passed users requests failures requests_per_second p50_ms p95_ms p99_ms max_ms signed_in_share"
    assert set(promised.split()) | {"by_name", "stack"} <= set(result().shape())


def test_failures_and_latency_fall_into_their_second() -> None:
    latency, rates = over_time(result().records.requests, 10)
    assert dict(rates["failed"])[1] == 1
    assert sum(value or 0 for _, value in rates["answered"]) == 19
    assert dict(latency["p50"])[0] == 10
    assert dict(latency["p99"])[10] is None


def test_a_chart_is_well_formed_and_leaves_gaps() -> None:
    figure = line_chart("A & B", "ms", {"p<50>": [(0, 1.0), (1, None), (2, 3.0)]}, 2)
    root = ET.fromstring(figure)  # noqa: S314 - made a line above
    path = root.find(".//path[@class='line']")
    assert path is not None
    assert path.get("d", "").count("M") == 2
    assert line_chart("Nothing", "ms", {"p50": [(0, None)]}, 2) == ""


@pytest.mark.parametrize(("highest", "step"), [(1, 0.5), (4, 1), (37, 10), (100, 50), (132_520, 50_000), (0, 1)])
def test_axes_have_round_steps(highest: float, step: float) -> None:
    assert nice_step(highest) == pytest.approx(step)


def test_processes_are_told_apart_by_their_command_lines() -> None:
    assert part_of("python -P -m ahsp.operations.stack.web_process 127.0.0.1 8000") == "web"
    assert part_of("/x/pginstall/bin/postgres -D /data") == "postgres"
    assert part_of("postgres: ahsp ahsp 127.0.0.1(40000) idle") == "postgres"
    assert part_of("python -P -m celery -A ahsp.celery worker --loglevel=info") == "worker"
    assert part_of("python -P -m celery -A ahsp.celery beat") == "beat"
    assert part_of("/usr/sbin/pgbouncer /srv/pgbouncer.ini") == "pgbouncer"
    assert part_of("python -P -m ahsp.cli.main up") == "supervisor"
