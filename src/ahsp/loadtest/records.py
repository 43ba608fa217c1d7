"""What a run recorded, request by request, and the figures that are made of it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

SEEN = "another's edit seen"


@dataclass(slots=True)
class Request:
    """`at` is the second of the run it was sent in, `problem` is empty when its answer was right."""

    at: float
    name: str
    ms: float
    problem: str


@dataclass(slots=True)
class Records:
    """Everything the people of a run noted.

    `signed_in` and `strangers` count answers for the person who asked and answers that were not.
    `acts` are the seconds of whole acts of several requests, by name. `lost` names acknowledged writes that a
    later reading did not find, out of `acknowledged`.
    """

    users: int
    seconds: float
    requests: list[Request] = field(default_factory=list)
    signed_in: int = 0
    strangers: int = 0
    acts: dict[str, list[float]] = field(default_factory=dict)
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)

    def note_act(self, name: str, seconds: float) -> None:
        self.acts.setdefault(name, []).append(seconds)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Records:
        found = json.loads(path.read_text(encoding="utf-8"))
        found["requests"] = [Request(**one) for one in found["requests"]]
        return cls(**found)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of the requests with one name, in milliseconds."""

    name: str
    requests: int
    failures: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a run. `problems` counts the failures by what was wrong."""

    whole: Row
    rows: tuple[Row, ...]
    requests_per_second: float
    signed_in_share: float
    problems: dict[str, int]


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the `ordered` values do not exceed; 0 of none."""
    if not ordered:
        return 0.0
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]


def row(name: str, requests: Sequence[Request]) -> Row:
    ordered = sorted(request.ms for request in requests)
    return Row(
        name,
        len(requests),
        sum(bool(request.problem) for request in requests),
        round(percentile(ordered, 0.5), 1),
        round(percentile(ordered, 0.95), 1),
        round(percentile(ordered, 0.99), 1),
        round(ordered[-1], 1) if ordered else 0.0,
    )


def figures(records: Records) -> Figures:
    """The figures of `records`. Nobody signed in means a share of 0, also when nobody was a stranger."""
    by_name: dict[str, list[Request]] = defaultdict(list)
    for request in records.requests:
        by_name[request.name].append(request)
    seen = records.signed_in + records.strangers
    return Figures(
        whole=row("all", records.requests),
        rows=tuple(row(name, found) for name, found in sorted(by_name.items())),
        requests_per_second=round(len(records.requests) / records.seconds, 2) if records.seconds else 0.0,
        signed_in_share=records.signed_in / seen if seen else 0.0,
        problems=dict(Counter(f"{one.name}: {one.problem}" for one in records.requests if one.problem).most_common()),
    )
