"""Lines of analyses as columns of ProjectLine, and the places they stand at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ahsp.core.errors import Refused
from ahsp.engine.analysis import AnalysisLine
from ahsp.engine.analysis_difference import line_values
from ahsp.estimates.places import CLOSE, LAST, ROOM, Last

Columns = dict[str, Any]
MOST_LINES = 300
NEEDED: Mapping[str, tuple[str, ...]] = {
    "resource": ("group_kind", "name", "unit"),
    "nested": ("nested_code",),
    "percentage": ("group_kind", "name"),
    "lump_sum": ("group_kind", "name"),
    "information": ("name",),
}
FILLED: Mapping[str, tuple[str, ...]] = {
    "resource": ("group_kind", "name", "unit", "coefficient"),
    "nested": ("nested_code", "coefficient"),
    "percentage": ("group_kind", "name", "percent", "of"),
    "lump_sum": ("group_kind", "name", "coefficient", "price"),
    "information": ("name",),
}
# What a line holds beside its place.
CONTENT = ("line_kind", "group_kind", "name", "unit", "nested_code", "coefficient", "percent", "price", "of")
EMPTY: Mapping[str, Any] = {
    "line_kind": "", "group_kind": "", "name": "", "unit": "", "nested_code": "", "coefficient": None,
    "percent": None, "price": None, "of": [],
}  # fmt: skip


def columns_of(line: AnalysisLine) -> Columns:
    """A line of the catalog as columns of a copy: positions get room between them."""
    values = line_values(line)
    values["of"] = sorted(position * ROOM for position in values.get("of", ()))
    return {**EMPTY, **values, "position": line.position * ROOM, "reference_position": line.position}


def content(values: Mapping[str, Any], field: str) -> Columns:
    """The columns of a line of its `line_kind`, those of other sorts empty. Raises Refused for what it lacks."""
    sort = values["line_kind"]
    for name in NEEDED[sort]:
        if not values.get(name):
            raise Refused(f"line.needs_{name}", field=f"{field}.{name}")
    return {**EMPTY, "line_kind": sort, **{name: values.get(name, EMPTY[name]) for name in FILLED[sort]}}


Standing = tuple[int, int]
"""Position and id of a line, in the order of the analysis."""


def make_room(standing: Sequence[Standing], after: int | Last | None, count: int) -> tuple[list[int], dict[int, int]]:
    """Positions for `count` lines behind the one with the id `after` (None: first), and new positions of those that
    must move apart, by id. Raises KeyError for an `after` that does not stand there."""
    behind = len(standing) if isinstance(after, Last) else 0
    if isinstance(after, int):
        behind = 1 + {pk: at for at, (_, pk) in enumerate(standing)}[after]
    before = standing[behind - 1][0] if behind else 0
    if behind == len(standing):
        return [before + ROOM * (step + 1) for step in range(count)], {}
    step = min((standing[behind][0] - before) // (count + 1), CLOSE)
    moved: dict[int, int] = {}
    if step < 1:
        places = [at + 1 if at < behind else at + 1 + count for at in range(len(standing))]
        moved = {pk: place * ROOM for place, (_, pk) in zip(places, standing, strict=True)}
        before, step = behind * ROOM, ROOM
    return [before + step * (one + 1) for one in range(count)], moved


def followed(of: Iterable[int], moved: Mapping[int, int | None]) -> list[int]:
    """The positions a percentage is of after lines moved: None takes one out."""
    return sorted(place for place in (moved.get(one, one) for one in of) if place is not None)


__all__ = [
    "CONTENT",
    "EMPTY",
    "LAST",
    "MOST_LINES",
    "Columns",
    "Last",
    "columns_of",
    "content",
    "followed",
    "make_room",
]
