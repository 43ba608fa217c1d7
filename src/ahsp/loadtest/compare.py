"""A run beside an earlier one, from what `--json` printed for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ahsp.core.errors import AhspError

FIGURES = ("p50_ms", "p95_ms", "p99_ms", "max_ms")
WHOLE = ("requests", "failures", "requests_per_second", *FIGURES)


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure in both runs; None where a run does not have it."""

    name: str
    key: str
    before: float | None
    now: float | None

    @property
    def ratio(self) -> float | None:
        """How many times the earlier value; None when there is nothing to divide by."""
        return self.now / self.before if self.before and self.now is not None else None


def read_run(path: Path) -> dict[str, Any]:
    """The run that `--json` printed into `path`, whatever stands before its last line. Raises AhspError."""
    try:
        lines = path.read_text(encoding="utf-8").strip().splitlines()
        found = json.loads(lines[-1])
        pairs = {row["name"]: row for row in found["by_name"]}
        if not all(key in found for key in WHOLE) or not all(key in row for row in pairs.values() for key in FIGURES):
            raise KeyError
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise AhspError("cli.no_run", {"file": str(path)}) from error
    return dict(found)


def pairs(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Pair]:
    """Every figure of the whole, then those of each name."""
    for key in WHOLE:
        yield Pair("all", key, before[key], now[key])
    earlier = {row["name"]: row for row in before["by_name"]}
    later = {row["name"]: row for row in now["by_name"]}
    for name in dict.fromkeys([*later, *earlier]):
        for key in FIGURES:
            yield Pair(name, key, earlier.get(name, {}).get(key), later.get(name, {}).get(key))


def comparison(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Both runs as one table of text."""
    lines = [f"{'earlier':>10} {'now':>10}  ratio"]
    for pair in pairs(before, now):
        ratio = f"{pair.ratio:.2f}" if pair.ratio is not None else "-"
        lines.append(f"{shown(pair.before):>10} {shown(pair.now):>10} {ratio:>6}  {pair.name}: {pair.key}")
    return "\n".join(lines)


def shown(value: float | None) -> str:
    return "-" if value is None else f"{value:,.1f}".removesuffix(".0")
