"""What rows are called: those that are there by their columns, those that are gone by what the log kept of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ahsp.projects.log.words import words_of
from ahsp.projects.models import Project, RowChange
from ahsp.projects.tables import key_of, table_of

LONGEST = 160
RowId = tuple[str, int]


def titles(project: Project, rows: Iterable[RowId]) -> dict[str, str]:
    """By key. One query for each kind, and one for each kind of which rows are gone. One nobody knows has none."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk in rows:
        by_kind[kind].add(pk)
    found: dict[str, str] = {}
    for kind, pks in by_kind.items():
        columns = words_of(kind).title
        present = table_of(kind).rows(project).filter(pk__in=pks).values_list("pk", *columns)
        known = {pk: title_of(dict(zip(columns, values, strict=True)), columns) for pk, *values in present}
        gone = pks - known.keys()
        if gone:
            known |= _of_gone(project, kind, gone)
        found |= {key_of(kind, pk): title for pk, title in known.items()}
    return found


def title_of(values: Mapping[str, Any], columns: Iterable[str]) -> str:
    """The title from the columns of a row."""
    text = " ".join(" ".join(str(values[name]).split()) for name in columns if values.get(name))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _of_gone(project: Project, kind: str, pks: Iterable[int]) -> dict[int, str]:
    log = RowChange.objects.filter(project=project, kind=kind, row__in=list(pks), after__isnull=True)
    latest_last = log.order_by("revision", "id").values_list("row", "before")
    return {row: title_of(before or {}, words_of(kind).title) for row, before in latest_last}
