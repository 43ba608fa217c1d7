"""Samples as the page shows them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from ahsp.operations.models import Sample
from ahsp.operations.watching.charts import CHARTS, WORST_VALUE, Chart

MOST_POINTS = 720
RANGES = {"1h": timedelta(hours=1), "6h": timedelta(hours=6), "24h": timedelta(hours=24)}
SECONDS_OF_A_SAMPLE = 30


@dataclass(frozen=True, slots=True)
class Columns:
    """Times in seconds since 1970, and for each figure as many values; None where nothing was told."""

    at: list[int]
    values: dict[str, list[float | None]]


def nodes(since: datetime) -> list[str]:
    """The machines that have told of themselves since then."""
    return list(Sample.objects.filter(at__gte=since).order_by("node").values_list("node", flat=True).distinct())


def latest_figures(node: str, since: datetime) -> Mapping[str, float]:
    """Of the last sample of `node`; empty when there is none since then."""
    found = Sample.objects.filter(node=node, at__gte=since).order_by("-at").first()
    return found.figures if found else {}


def columns(node: str, span: timedelta, now: datetime) -> Columns:
    """The samples of `node` in the last `span`, thinned so that at most MOST_POINTS are left.

    Where nobody took samples a row of blanks stands, so that no line is drawn across.
    """
    step = max(SECONDS_OF_A_SAMPLE, int(span.total_seconds()) // MOST_POINTS)
    found = Sample.objects.filter(node=node, at__gte=now - span).order_by("at").values_list("at", "figures")
    at: list[int] = []
    rows: list[dict[str, float]] = []
    for slot, members in groupby(found.iterator(), key=lambda row: int(row[0].timestamp()) // step):
        if at and slot * step - at[-1] > 3 * step:
            at.append(at[-1] + step)
            rows.append({})
        at.append(slot * step)
        rows.append(_thinned([figures for _at, figures in members]))
    names = [series.figure for chart in CHARTS for series in chart.series]
    return Columns(at, {name: [row.get(name) for row in rows] for name in names})


def as_csv(chart: Chart, found: Columns) -> str:
    """The lines of one plot with their times (UTC), as programs read them: full stops, commas, blanks for unknown."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["time", *(series.figure for series in chart.series)])
    for row, at in enumerate(found.at):
        values = (found.values[series.figure][row] for series in chart.series)
        writer.writerow([datetime.fromtimestamp(at, UTC).isoformat(), *("" if v is None else v for v in values)])
    return text.getvalue()


def _thinned(members: list[dict[str, float]]) -> dict[str, float]:
    if len(members) == 1:
        return members[0]
    thinned = {}
    for chart in CHARTS:
        for series in chart.series:
            values = [member[series.figure] for member in members if series.figure in member]
            if values:
                thinned[series.figure] = max(values) if chart.thinned_by == WORST_VALUE else _mean(values)
    return thinned


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return round(sum(numbers) / len(numbers), 4)
