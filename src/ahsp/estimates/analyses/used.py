"""The analyses behind a priced estimate that are none of the edition's: documents say so of each."""

from __future__ import annotations

from typing import NamedTuple

from ahsp.engine.estimate import PricedEstimate
from ahsp.engine.priced_analysis import PricedAnalysis
from ahsp.estimates.analyses.known import KnownAnalyses
from ahsp.projects.models import Project


class OwnInUse(NamedTuple):
    """`reference` is the code of what it was made from, "" for one that comes from none."""

    code: str
    name: str
    reference: str


def own_in_use(project: Project, estimate: PricedEstimate) -> list[OwnInUse]:
    """Those that an item uses or that are nested in one, by code. One query where the project has none."""
    known = KnownAnalyses(project)
    if not known.own:
        return []
    used = _codes(estimate)
    rows = (known.by_code[code] for code in sorted(used & known.by_code.keys()))
    return [
        OwnInUse(one.code, one.name, known.references[one.reference_id] if one.reference_id is not None else "")
        for one in rows
    ]


def _codes(estimate: PricedEstimate) -> set[str]:
    found: set[str] = set()
    waiting: list[PricedAnalysis] = []
    for one in estimate.items():
        if isinstance(one.source, PricedAnalysis):
            waiting.append(one.source)
        elif one.source is not None:
            # Every line of it has a recorded price, so it nests nothing.
            found.add(one.source.code)
    while waiting:
        priced = waiting.pop()
        if priced.analysis.code not in found:
            found.add(priced.analysis.code)
            waiting += [one.nested for one in priced.lines if one.nested is not None]
    return found
