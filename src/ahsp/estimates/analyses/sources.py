"""Own analyses and those of the edition as the engine prices them, with what tells their lines from one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from ahsp.engine.analysis import NestedLine
from ahsp.engine.estimate import Estimate
from ahsp.engine.nesting import nested_by
from ahsp.engine.priced_item import PricedItem
from ahsp.engine.unit_prices import price_units
from ahsp.estimates.analyses.known import KnownAnalyses, Source
from ahsp.estimates.models import ProjectAnalysis, ProjectLine
from ahsp.estimates.queries import load_part
from ahsp.projects.models import Project


@dataclass(frozen=True, slots=True)
class LineRow:
    """A stored line by its place in the analysis, from 1: id, version, and the line of the reference it is from."""

    pk: int
    version: int
    origin: int | None


def line_rows(analysis: int) -> dict[int, LineRow]:
    """The lines of an own analysis by their place."""
    rows = ProjectLine.objects.filter(analysis=analysis).order_by("position", "id")
    found = rows.values_list("id", "version", "reference_position")
    return {place: LineRow(*row) for place, row in enumerate(found, 1)}


class Opened:
    """One analysis of a project with everything that its page tells it from."""

    def __init__(self, project: Project, source: Source, known: KnownAnalyses, items: Q | None = None) -> None:
        self.project, self.source, self.known = project, source, known
        also = () if source.catalog is None else (source.catalog,)
        self.estimate = load_part(project, self._using if items is None else items, also)

    @property
    def _using(self) -> Q:
        if self.source.own is not None:
            return Q(own=self.source.own)
        return Q(own=None, analysis=self.source.catalog)

    @cached_property
    def priced(self) -> PricedItem:
        return price_units(self.estimate, [self.source.code])[self.source.code]

    @cached_property
    def reference_code(self) -> str | None:
        """The code of what it was made from; None for one of the edition, or that was made from none."""
        if self.source.own is None or self.source.catalog is None:
            return None
        return self.known.references[self.source.catalog]

    @cached_property
    def reference(self) -> PricedItem | None:
        code = self.reference_code
        return None if code is None else price_units(self.estimate, [code])[code]

    @cached_property
    def row(self) -> ProjectAnalysis | None:
        return None if self.source.own is None else self.known.own[self.source.own]

    @cached_property
    def lines(self) -> dict[int, LineRow]:
        return {} if self.source.own is None else line_rows(self.source.own)


def nesting(estimate: Estimate, code: str) -> list[str]:
    """Codes of the analyses whose own lines name `code`."""
    return [
        one.code
        for one in estimate.analyses.values()
        if any(isinstance(line, NestedLine) and line.analysis == code for line in one.lines)
    ]


def reach(estimate: Estimate, codes: Iterable[str]) -> tuple[set[str], set[str]]:
    """These analyses with all that they nest, however deep; and those of them that something among them nests."""
    waiting = [code for code in codes if code in estimate.analyses]
    found, inner = set(waiting), set[str]()
    while waiting:
        for code in nested_by(estimate.analyses, waiting.pop()):
            inner.add(code)
            if code not in found:
                found.add(code)
                waiting.append(code)
    return found, inner
