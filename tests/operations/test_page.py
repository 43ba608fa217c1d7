"""The page of administrators: figures and plots from samples that were really taken."""

from __future__ import annotations

import csv
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from ahsp.operations.models import Sample
from ahsp.operations.queries import columns
from ahsp.operations.services import HOURS_KEPT, keep_sample
from ahsp.operations.watching import sampling
from ahsp.operations.watching.counters import Reading, quantile, read
from ahsp.operations.watching.figures import figures_of
from ahsp.operations.watching.parts import ask_parts, node
from tests.people import Cast, sign_in

EARLY = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def administrator(cast: Cast) -> Client:
    call_command("staff", cast.ani.email, verbosity=0)
    return sign_in(cast.ani)


def test_page_shows_checks_figures_and_plots(administrator: Client) -> None:
    page = administrator.get("/operations/").content.decode()
    for name in ("postgresql", "migrations", "redis", "broker"):
        assert f'<th scope="row">{name}</th>' in page
    for name in ("requests", "latency", "pool", "connections", "cache", "queries", "jobs", "memory"):
        assert f'data-chart="{name}"' in page
        assert f"/operations/series/{name}.csv" in page
    assert "Keadaan server" in page


def test_the_part_that_comes_again_is_no_whole_page(administrator: Client) -> None:
    part = administrator.get("/operations/now/").content.decode()
    assert 'data-part="top"' in part
    assert "<html" not in part


def test_a_part_that_is_away_is_told_first(administrator: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    page = administrator.get("/operations/now/").content.decode()
    assert "siap, 1 bagian bermasalah" in page
    assert "redis tidak terjangkau" in page


def test_being_an_administrator_can_be_taken_back(administrator: Client, cast: Cast) -> None:
    assert administrator.get("/operations/").status_code == 200
    call_command("staff", cast.ani.email.upper(), "--remove", verbosity=0)
    assert administrator.get("/operations/").status_code == 404
    with pytest.raises(CommandError):
        call_command("staff", "nobody@example.com", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_sample_tells_what_happened_since_the_reading_before() -> None:
    before = sampling.take(None)
    assert not Sample.objects.exists()
    for _ in range(3):
        Client().get("/account/login/")
    sampling.take(before)
    figures = Sample.objects.get(node=node()).figures
    assert figures["requests_per_s"] > 0
    assert figures["errors_per_s"] == 0
    assert 0 < figures["p50_ms"] <= figures["p95_ms"] <= figures["p99_ms"]
    assert figures["connections_active"] >= 0
    assert figures["redis_mb"] > 0
    assert figures["resident_mb"] > 0


def test_samples_are_kept_for_two_days(db: None) -> None:  # noqa: ARG001 samples are rows
    keep_sample(at=EARLY, node="a", figures={"p50_ms": 1})
    keep_sample(at=EARLY + timedelta(hours=HOURS_KEPT), node="a", figures={"p50_ms": 2})
    keep_sample(at=EARLY + timedelta(hours=HOURS_KEPT, seconds=30), node="a", figures={"p50_ms": 3})
    assert [sample.figures["p50_ms"] for sample in Sample.objects.order_by("at")] == [2, 3]


def test_a_day_is_thinned_without_losing_its_peaks(db: None) -> None:  # noqa: ARG001 samples are rows
    Sample.objects.bulk_create(
        Sample(
            at=EARLY + timedelta(seconds=30 * number),
            node="a",
            figures={"p99_ms": 900 if number == 1001 else 10, "requests_per_s": 1 + number % 2},
        )
        for number in range(2880)
    )
    day = columns("a", timedelta(hours=24), EARLY + timedelta(hours=24))
    assert len(day.at) <= 721
    assert max(value or 0 for value in day.values["p99_ms"]) == 900
    assert set(day.values["requests_per_s"]) == {1.5}
    hour = columns("a", timedelta(hours=1), EARLY + timedelta(hours=24))
    assert len(hour.at) == 120


def test_no_line_is_drawn_over_a_time_without_samples(db: None) -> None:  # noqa: ARG001 samples are rows
    for minutes in (0, 1, 40, 41):
        keep_sample(at=EARLY + timedelta(minutes=minutes), node="a", figures={"p50_ms": 5})
    found = columns("a", timedelta(hours=1), EARLY + timedelta(hours=1))
    assert found.values["p50_ms"] == [5, 5, None, 5, 5]


def test_nodes_are_told_apart(administrator: Client) -> None:
    now = timezone.now()
    for name, value in (("web-1", 5), ("web-2", 7)):
        keep_sample(at=now, node=name, figures={"p50_ms": value})
    for name, value in (("web-1", 5), ("web-2", 7)):
        found = administrator.get("/operations/series/", {"node": name, "range": "1h"}).json()
        assert found["values"]["p50_ms"] == [value]
    assert "web-2" in administrator.get("/operations/").content.decode()


def test_a_plot_can_be_taken_along_as_csv(administrator: Client) -> None:
    keep_sample(at=timezone.now(), node=node(), figures={"p50_ms": 5.5, "p95_ms": 9})
    answer = administrator.get("/operations/series/latency.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    header, line = csv.reader(answer.content.decode().splitlines())
    assert header == ["time", "p50_ms", "p95_ms", "p99_ms"]
    assert line[1:] == ["5.5", "9", ""]
    assert administrator.get("/operations/series/unknown.csv").status_code == 404


def test_a_counter_begun_anew_counts_from_zero() -> None:
    before = Reading(1.0, {"a": {(): 10.0}, "b": {(): 5.0}})
    after = Reading(3.0, {"a": {(): 4.0}, "b": {(): 7.0}})
    between = after.since(before)
    assert (between.at, between.total("a"), between.total("b")) == (2.0, 4.0, 2.0)


@pytest.mark.parametrize(
    ("share", "value"), [(0.5, 0.1), (0.25, 0.05), (0.75, 0.6), (1.0, 1.0)], ids=["half", "quarter", "most", "all"]
)
def test_quantiles_lie_within_their_bucket(share: float, value: float) -> None:
    assert quantile({0.1: 4, 0.2: 4, 1.0: 8, float("inf"): 8}, share) == pytest.approx(value)
    assert quantile({0.1: 0, float("inf"): 0}, share) is None
    assert quantile({0.1: 0, float("inf"): 3}, share) == 0.1


def test_figures_leave_out_what_nobody_knows() -> None:
    figures = figures_of(read(time.monotonic()).since(read(time.monotonic())), {**ask_parts(), "postgres": None})
    assert figures["requests_per_s"] == 0
    assert "p50_ms" not in figures
    assert "connections_active" not in figures
