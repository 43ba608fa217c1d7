"""Reads of the catalog: rows into the engine's analyses, kept by the process that read them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection

from ahsp.catalog.access import editions
from ahsp.catalog.models import Analysis as AnalysisRow
from ahsp.catalog.models import Edition
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

# UNION, not UNION ALL: an analysis that nests itself ends the recursion instead of looping for ever.
_LINES = """
WITH RECURSIVE used(id) AS (
    SELECT unnest(%s::bigint[])
  UNION
    SELECT inner_analysis.id
      FROM used
      JOIN catalog_analysis AS outer_analysis ON outer_analysis.id = used.id
      JOIN catalog_analysisline AS line ON line.analysis_id = used.id AND line.line_kind = 'nested'
      JOIN catalog_analysis AS inner_analysis
        ON inner_analysis.edition_id = outer_analysis.edition_id AND inner_analysis.code = line.nested_code
)
SELECT line.analysis_id, line.position, line.line_kind, line.group_kind,
       resource.kind, resource.name, resource.unit,
       line.name, line.nested_code, line.coefficient, line.percent, line.price, line.of
  FROM used
  JOIN catalog_analysisline AS line ON line.analysis_id = used.id
  LEFT JOIN catalog_resource AS resource ON resource.id = line.resource_id
 ORDER BY line.analysis_id, line.position
"""

# One array parameter: a thousand placeholders cost more to send than the rows to fetch.
_HEADS = "SELECT id, edition_id, code, name, unit, division FROM catalog_analysis WHERE id = ANY(%s::bigint[])"

_KINDS = {kind.value: kind for kind in ResourceKind}

MOST_KEPT = 50_000
SECONDS_LATEST = 60


class _Kept(NamedTuple):
    """An analysis with the ids of those it names, and its division."""

    analysis: Analysis
    nested: tuple[int, ...]
    division: str


# A loaded edition is never changed, so a process reads each analysis once; its rows are most of what a page of a
# project would have to fetch.
_kept: dict[int, _Kept] = {}
_NEVER = (0.0, "")
_latest = _NEVER


def load_analyses(ids: Iterable[int]) -> dict[int, Analysis]:
    """The analyses with these ids and every analysis they nest, by id. Two queries for those not read before."""
    return {pk: one.analysis for pk, one in _load(ids).items()}


def load_divisions(ids: Iterable[int]) -> dict[int, str]:
    """The division of each of these analyses, by id. Two queries for those not read before."""
    wanted = set(ids)
    return {pk: one.division for pk, one in _load(wanted).items() if pk in wanted}


def latest_edition() -> str:
    """Slug of the edition of the latest regulation, "" while none is loaded. Every page asks, so it is asked for
    once in a while: whoever loads an edition waits that long until pages of no project search it."""
    global _latest
    until, slug = _latest
    if time.monotonic() >= until or not slug:
        slug = editions().values_list("slug", flat=True).first() or ""
        _latest = (time.monotonic() + SECONDS_LATEST, slug)
    return slug


def read_catalog() -> None:
    """Read every analysis, so that the first page of a process does not have to."""
    latest_edition()
    load_analyses(AnalysisRow.objects.order_by("-edition_id").values_list("id", flat=True)[:MOST_KEPT])


def forget_catalog() -> None:
    """Begin like a process that has read nothing; for tests and measurements."""
    global _kept
    _kept = {}


def _load(ids: Iterable[int]) -> dict[int, _Kept]:
    rest = list(set(ids))
    # Another thread may begin afresh: what this one found stays in its hands.
    known = _kept
    missing = [pk for pk in rest if pk not in known]
    if missing:
        fetched = _fetch(missing)
        if len(known) + len(fetched) > MOST_KEPT:
            forget_catalog()
        _kept.update(fetched)
        known = {**known, **fetched} if known is not _kept else known
    found: dict[int, _Kept] = {}
    while rest:
        pk = rest.pop()
        if pk not in found and pk in known:
            found[pk] = known[pk]
            rest += known[pk].nested
    return found


def _fetch(ids: list[int]) -> dict[int, _Kept]:
    lines: dict[int, list[AnalysisLine]] = {pk: [] for pk in ids}
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [ids])
        for row in cursor.fetchall():
            lines.setdefault(row[0], []).append(_line(row))
        cursor.execute(_HEADS, [list(lines)])
        heads = cursor.fetchall()
    by_code = {(edition, code): pk for pk, edition, code, *_ in heads}
    found = {}
    for pk, edition, code, name, unit, division in heads:
        own = tuple(lines[pk])
        named = (by_code.get((edition, line.analysis)) for line in own if isinstance(line, NestedLine))
        nested = tuple(other for other in named if other is not None)
        found[pk] = _Kept(Analysis(code, name, unit, own), nested, division)
    return found


def _line(row: tuple[Any, ...]) -> AnalysisLine:
    _, position, line_kind, group, kind, resource, unit, name, nested, coefficient, percent, price, of = row
    if line_kind == "resource":
        return ResourceLine(position, shared_resource(_KINDS[kind], resource, unit), coefficient)
    if line_kind == "nested":
        return NestedLine(position, nested, coefficient)
    if line_kind == "percentage":
        return PercentageLine(position, _KINDS[group], name, percent, tuple(of))
    if line_kind == "lump_sum":
        return LumpSumLine(position, _KINDS[group], name, coefficient, price)
    return InformationLine(position, name)


def resource_names(analyses: Iterable[Analysis]) -> set[str]:
    """Names of every resource the analyses use."""
    return {line.resource.name for analysis in analyses for line in analysis.lines if isinstance(line, ResourceLine)}


def ids_by_code(edition: Edition, codes: Iterable[str]) -> dict[str, int]:
    """Ids of the edition's analyses with these codes; codes it does not have are left out."""
    rows = AnalysisRow.objects.filter(edition=edition, code__in=set(codes)).values_list("code", "id")
    return dict(rows)


def editions_with(codes: Iterable[str], *, other_than: Edition) -> Mapping[str, str]:
    """For codes that another edition has: its title and slug."""
    rows = AnalysisRow.objects.filter(code__in=set(codes)).exclude(edition=other_than)
    found = rows.values_list("code", "edition__title", "edition__slug")
    return {code: f"{title} ({slug})" for code, title, slug in found}
