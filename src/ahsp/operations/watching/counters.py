"""The counters of all processes of this machine, and figures of a time from two readings of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from prometheus_client import REGISTRY
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from ahsp.core import metrics_files

Labels = tuple[tuple[str, str], ...]
Buckets = dict[float, float]
"""How many observations lie at or below each bound."""


def counted() -> list[Metric]:
    """What is counted, summed over the processes that share a folder; else of this process."""
    shared = metrics_files.folder()
    if shared is None:
        return [metric for metric in REGISTRY.collect() if metric.name.startswith("ahsp_")]
    metrics_files.forget_figures_of_ended()
    with metrics_files.held(shared):
        return list(MultiProcessCollector(None, str(shared)).collect())


@dataclass(frozen=True, slots=True)
class Reading:
    """Counters at one moment (`at` in seconds): samples by name and labels."""

    at: float
    samples: dict[str, dict[Labels, float]] = field(default_factory=dict)

    def total(self, name: str, **labels: str) -> float:
        """The sum of the samples of `name` that carry `labels`."""
        return sum(value for _found, value in self.matching(name, labels))

    def matching(self, name: str, labels: dict[str, str]) -> Iterator[tuple[dict[str, str], float]]:
        for key, value in self.samples.get(name, {}).items():
            found = dict(key)
            if labels.items() <= found.items():
                yield found, value

    def buckets(self, name: str, **labels: str) -> Buckets:
        """The histogram `name`, summed over what `labels` leave open."""
        summed: Buckets = {}
        for found, value in self.matching(f"{name}_bucket", labels):
            bound = float(found["le"])
            summed[bound] = summed.get(bound, 0.0) + value
        return dict(sorted(summed.items()))

    def values(self, name: str, label: str) -> set[str]:
        """Every value of `label` among the samples of `name`."""
        return {value for key in self.samples.get(name, {}) for known, value in key if known == label}

    def since(self, before: Reading) -> Reading:
        """What came in between. A counter that fell was begun anew and counts from zero."""
        samples = {
            name: {key: _rise(before.samples.get(name, {}).get(key, 0.0), value) for key, value in found.items()}
            for name, found in self.samples.items()
        }
        return Reading(self.at - before.at, samples)


def _rise(before: float, after: float) -> float:
    return after - before if after >= before else after


def read(at: float) -> Reading:
    """The counters now; `at` is whatever clock the caller measures time with."""
    samples: dict[str, dict[Labels, float]] = {}
    for metric in counted():
        for sample in metric.samples:
            samples.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return Reading(at, samples)


def quantile(buckets: Buckets, share: float) -> float | None:
    """The value below which `share` of the observations lie, as Prometheus estimates it; None without any.

    Within a bucket values are taken to be spread evenly; beyond the last bound that bound is all one knows.
    """
    bounds = [(0.0, 0.0), *buckets.items()]
    wanted = share * bounds[-1][1]
    if not wanted:
        return None
    for (low, below), (high, upto) in pairwise(bounds):
        if upto >= wanted:
            if high == float("inf"):
                return low
            return low + (high - low) * (wanted - below) / (upto - below)
    return None
