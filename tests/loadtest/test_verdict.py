"""From the records of a run to its verdict."""

from __future__ import annotations

import pytest

from ahsp.loadtest.objectives import LASTING_PARTS, judge
from ahsp.loadtest.records import Records, Request, figures, percentile
from ahsp.loadtest.samples import Sample
from ahsp.loadtest.soak import soak_figures

POOL = {"server_connections_max": 12.0, "connections_leaked": 0.0, "live_p99_ms": 300.0}


def records(count: int = 100, ms: float = 10, problem: str = "") -> Records:
    requests = [Request(at=number / 10, name="dashboard", ms=ms, problem=problem) for number in range(count)]
    return Records(users=10, seconds=10, requests=requests, signed_in=count)


@pytest.mark.parametrize(
    ("share", "value"), [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0), (0.001, 1.0), (0.0, 1.0)]
)
def test_percentiles_are_values_that_occurred(share: float, value: float) -> None:
    assert percentile([float(number) for number in range(1, 101)], share) == value


def test_the_percentile_of_nothing_is_nothing() -> None:
    assert percentile([], 0.5) == 0


def test_a_quick_run_without_failures_passes() -> None:
    found = figures(records())
    assert found.requests_per_second == 10
    assert found.signed_in_share == 1
    assert all(finding.passed for finding in judge("core", 100, 60, found, POOL))


def test_one_failure_fails_the_run_and_is_named() -> None:
    failing = records()
    failing.requests[7].problem = "answered 503"
    found = figures(failing)
    assert found.problems == {"dashboard: answered 503": 1}
    missed = [one for one in judge("core", 100, 60, found, POOL) if not one.passed]
    assert [one.objective.key for one in missed] == ["failures"]
    assert missed[0].line == "MISSED  failures: 1 (at most 0)"


def test_one_answer_to_a_stranger_fails_the_run() -> None:
    strange = records()
    strange.signed_in, strange.strangers = 99, 1
    missed = [one.objective.key for one in judge("full", 100, 60, figures(strange), POOL) if not one.passed]
    assert missed == ["signed_in_share"]


def test_a_run_without_requests_fails() -> None:
    empty = figures(Records(users=10, seconds=10))
    assert {one.objective.key for one in judge("core", 10, 60, empty, POOL) if not one.passed} >= {
        "requests",
        "signed_in_share",
    }


def test_what_was_not_measured_is_not_reached() -> None:
    unmeasured = [one for one in judge("capacity", 100, 60, figures(records()), POOL) if one.value is None]
    assert [one.objective.key for one in unmeasured] == ["bare_page_ratio"]
    assert not unmeasured[0].passed


def test_a_slow_run_misses_its_objective() -> None:
    missed = {one.objective.key for one in judge("core", 100, 60, figures(records(ms=300)), POOL) if not one.passed}
    assert missed == {"p50_ms", "p99_ms"}
    assert all(one.passed for one in judge("core", 500, 60, figures(records(ms=300)), POOL))


def soak(growth: float) -> dict[str, float]:
    """Figures of twenty minutes in which everything grows by `growth` of itself from the first third to the last."""
    seconds = 1200.0
    slope = [1 + growth * max(0.0, second / seconds - 0.25) / 0.6 for second in range(1200)]
    samples = [
        Sample(at=second, memory=dict.fromkeys(LASTING_PARTS, 200 * factor), database={"idle": round(10 * factor)})
        for second, factor in enumerate(slope)
    ]
    requests = [Request(second, "dashboard", 10 * factor, "") for second, factor in enumerate(slope)]
    return soak_figures(requests, samples, seconds)


def test_twenty_minutes_that_stay_as_they_began_are_flat() -> None:
    flat = judge("core", 100, 1200, figures(records()), {**POOL, **soak(0)})
    assert [one.line for one in flat if not one.passed] == []


def test_whatever_grows_all_the_time_fails_a_long_run() -> None:
    grown = judge("core", 100, 1200, figures(records()), {**POOL, **soak(2)})
    missed = {one.objective.key for one in grown if not one.passed}
    memory = {f"memory_growth_mb {part}" for part in LASTING_PARTS}
    assert missed == memory | {"connections_growth", "p50_growth_ratio", "p95_growth_ratio"}
