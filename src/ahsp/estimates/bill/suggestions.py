"""Analyses for a line that is being typed: those of the edition and the project's own, at the project's prices."""

from __future__ import annotations

from typing import Any

from ahsp.catalog.finder import find
from ahsp.catalog.search.normalize import fold
from ahsp.core.api.bodies import plain
from ahsp.estimates.models import ProjectAnalysis
from ahsp.estimates.queries import priced_analyses
from ahsp.projects.models import Project

Body = dict[str, Any]


def suggestions(project: Project, query: str, limit: int) -> list[Body]:
    """Best first, the project's own before those of the edition."""
    own: list[Body] = [
        {"code": code, "name": name, "unit": unit, "own": True} for code, name, unit in _own(project, query)
    ]
    found = find(project.edition, query, limit=limit) if fold(query) else []
    edition: list[Body] = [
        {
            "code": one.code,
            "name": one.name,
            "unit": one.unit,
            "own": False,
            "division": one.division,
            "section": one.section,
        }
        for one in found
    ]
    told = [*own, *edition][:limit]
    prices = priced_analyses(project, [one.pk for one in found]) if told else {}
    return [
        {**one, "unit_price": plain(prices[one["code"]].rounded), "status": prices[one["code"]].status} for one in told
    ]


def _own(project: Project, query: str) -> list[tuple[str, str, str]]:
    """Those with every word of the query in code or name, codes that begin with it first."""
    folded = fold(query)
    words = folded.split()
    rows = ProjectAnalysis.objects.filter(project=project).order_by("code").values_list("code", "name", "unit")
    hits = [row for row in rows if words and all(word in fold(f"{row[0]} {row[1]}") for word in words)]
    return sorted(hits, key=lambda row: not fold(row[0]).startswith(folded))
