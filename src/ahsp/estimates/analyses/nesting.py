"""What own analyses nest must not lead back to them, nor too deep: looked at when it is written."""

from __future__ import annotations

from collections.abc import Collection

from ahsp.catalog.queries import ids_by_code, load_analyses
from ahsp.core.errors import Refused
from ahsp.engine.analysis import Analysis
from ahsp.engine.nesting import MAX_DEPTH, Nesting, circle_of
from ahsp.estimates.analyses.queries import load_own_analyses, nested_codes
from ahsp.projects.models import Project


def all_analyses(project: Project) -> dict[str, Analysis]:
    """The project's own, and those of its edition that they nest, by code."""
    own = [one.analysis for one in load_own_analyses([project.pk])[project.pk].values()]
    codes = nested_codes(own)
    ids = ids_by_code(project.edition, codes) if codes else {}
    return {one.code: one for one in load_analyses(ids.values()).values()} | {one.code: one for one in own}


def require_sound(project: Project, codes: Collection[str], *, field: str) -> None:
    """Raises Refused, naming the chain, when one of these analyses contains itself or is nested too deep."""
    known = all_analyses(project)
    nesting = Nesting(known)
    for code in codes:
        circle = circle_of(known, code)
        if circle:
            raise Refused("analysis.circular", {"chain": " → ".join(circle)}, field=field)
    for code in known:
        if nesting.height(code) > MAX_DEPTH:
            raise Refused("analysis.nested_too_deep", {"code": code, "limit": str(MAX_DEPTH)}, field=field)
