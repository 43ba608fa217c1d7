"""Reads of the project's own analyses: rows into the engine's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from ahsp.engine.analysis import (
    Analysis,
    AnalysisLine,
    InformationLine,
    LumpSumLine,
    NestedLine,
    PercentageLine,
    ResourceLine,
)
from ahsp.engine.resources import ResourceKind, shared_resource

_KINDS = {kind.value: kind for kind in ResourceKind}
# Heads and their lines in one question: every page of a project asks it, and most projects have none.
_OWN = """
SELECT head.project_id, head.id, head.code, head.name, head.unit, head.reference_id,
       line.position, line.line_kind, line.group_kind, line.name, line.unit, line.nested_code,
       line.coefficient, line.percent, line.price, line.of
  FROM estimates_projectanalysis AS head
  LEFT JOIN estimates_projectline AS line ON line.analysis_id = head.id
 WHERE head.project_id = ANY(%s)
 ORDER BY head.id, line.position, line.id
"""


class OwnAnalysis(NamedTuple):
    """An analysis of the project, and the id of the catalog's that it was made from."""

    analysis: Analysis
    reference: int | None


def load_own_analyses(projects: Iterable[int]) -> dict[int, dict[int, OwnAnalysis]]:
    """The own analyses of the projects with these ids: by project, then by their id. One query."""
    heads: dict[int, tuple[Any, ...]] = {}
    rows: dict[int, list[Sequence[Any]]] = defaultdict(list)
    wanted = list(projects)
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [wanted])
        for project, pk, code, name, unit, reference, *line in cursor.fetchall():
            heads[pk] = (project, code, name, unit, reference)
            if line[0] is not None:
                rows[pk].append(line)
    found: dict[int, dict[int, OwnAnalysis]] = {project: {} for project in wanted}
    for pk, (project, code, name, unit, reference) in heads.items():
        found[project][pk] = OwnAnalysis(Analysis(code, name, unit, _lines(rows[pk])), reference)
    return found


def nested_codes(analyses: Iterable[Analysis]) -> set[str]:
    """Codes that lines of the analyses name."""
    return {line.analysis for analysis in analyses for line in analysis.lines if isinstance(line, NestedLine)}


def _lines(rows: Sequence[Sequence[Any]]) -> tuple[AnalysisLine, ...]:
    """Lines are counted from 1: the positions of the rows only order them, with room between."""
    places = {position: place for place, (position, *_) in enumerate(rows, 1)}
    return tuple(_line(places, place, row) for place, row in enumerate(rows, 1))


def _line(places: Mapping[int, int], position: int, row: Sequence[Any]) -> AnalysisLine:
    _, line_kind, group, name, unit, nested, coefficient, percent, price, of = row
    if line_kind == "resource":
        return ResourceLine(position, shared_resource(_KINDS[group], name, unit), coefficient)
    if line_kind == "nested":
        return NestedLine(position, nested, coefficient)
    if line_kind == "percentage":
        return PercentageLine(position, _KINDS[group], name, percent, tuple(places[one] for one in of if one in places))
    if line_kind == "lump_sum":
        return LumpSumLine(position, _KINDS[group], name, coefficient, price)
    return InformationLine(position, name)
