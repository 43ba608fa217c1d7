"""How the rows of an uploaded bill are shown before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ahsp.engine.issues import Severity
from ahsp.exchange.reading.boq import Boq, BoqRow, RowKind


@dataclass(frozen=True, slots=True)
class PreviewCounts:
    """How many rows became what; `errors` and `warnings` count rows, not findings."""

    sections: int
    items: int
    subtotals: int
    texts: int
    errors: int
    warnings: int


def worst(row: BoqRow) -> Severity | None:
    """The gravest finding of a row."""
    found = {issue.severity for issue in row.issues}
    return next((s for s in (Severity.ERROR, Severity.WARNING, Severity.INFO) if s in found), None)


def count(boq: Boq) -> PreviewCounts:
    """Counts over the whole file."""
    kinds = Counter(row.kind for row in boq.rows)
    gravity = Counter(worst(row) for row in boq.rows)
    return PreviewCounts(
        sections=kinds[RowKind.SECTION],
        items=kinds[RowKind.ITEM],
        subtotals=kinds[RowKind.SUBTOTAL],
        texts=kinds[RowKind.TEXT],
        errors=gravity[Severity.ERROR],
        warnings=gravity[Severity.WARNING],
    )


def choose(boq: Boq, show: str) -> list[BoqRow]:
    """The rows a person asked to see: "all", "issues" or the name of a RowKind."""
    if show == "issues":
        return [row for row in boq.rows if worst(row) in (Severity.ERROR, Severity.WARNING)]
    if show in set(RowKind):
        return [row for row in boq.rows if row.kind == show]
    return list(boq.rows)
