"""Whether a long run stays as it began: its last third beside its first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from ahsp.loadtest.objectives import LASTING_PARTS
from ahsp.loadtest.records import Request, percentile
from ahsp.loadtest.samples import Sample

# While people still arrive, everything grows.
SETTLED = 0.1


def soak_figures(requests: Sequence[Request], samples: Sequence[Sample], seconds: float) -> dict[str, float]:
    """Growth of memory (MB), connections and latency from the first third of the settled run to the last."""
    begin = seconds * SETTLED
    third = (seconds - begin) / 3
    early = [sample for sample in samples if begin <= sample.at < begin + third]
    late = [sample for sample in samples if sample.at >= seconds - third]
    found: dict[str, float] = {}
    for part in LASTING_PARTS:
        before, after = (_middle(sample.memory.get(part) for sample in some) for some in (early, late))
        if before and after:
            found[f"memory_growth_mb {part}"] = round(after - before, 1)
    before, after = (_middle(float(sum(sample.database.values())) for sample in some) for some in (early, late))
    found["connections_growth"] = round(after - before, 1)
    quick = sorted(one.ms for one in requests if begin <= one.at < begin + third)
    slow = sorted(one.ms for one in requests if one.at >= seconds - third)
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        if before_ms := percentile(quick, share):
            found[f"{name}_growth_ratio"] = round(percentile(slow, share) / before_ms, 2)
    return found


def _middle(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return median(known) if known else 0.0
