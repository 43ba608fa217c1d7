"""Tables as CSV for programs: decimals with a point, no grouping."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# A table program would take what begins with one of these for a formula.
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """`rows` below `head`. Cells are written as they are: pass what a person typed through `cell`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def cell(text: str) -> str:
    """What a person typed, so that no table program takes it for a formula."""
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text
