"""What the codes of a bill mean in a project, for many lines at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ahsp.catalog.codes import resolve_codes, tidy_code
from ahsp.catalog.queries import editions_with, ids_by_code, load_analyses
from ahsp.engine import estimate as engine
from ahsp.engine.issues import Issue
from ahsp.estimates.models import ProjectAnalysis
from ahsp.projects.models import Project


class Own(NamedTuple):
    """An analysis of the project itself."""

    pk: int
    name: str
    unit: str


class Meaning(NamedTuple):
    """A code as it is kept, and the analysis that it names: the project's own or the edition's, or neither."""

    code: str
    analysis_id: int | None
    own_id: int | None
    issues: tuple[Issue, ...]


class Codes:
    """What the codes `written` mean in the project and its edition. Three queries."""

    def __init__(self, project: Project, written: Iterable[str]) -> None:
        asked = {code for code in written if code}
        codes = asked | {tidy_code(code) for code in asked}
        owned = ProjectAnalysis.objects.filter(project=project).values_list("code", "id", "name", "unit")
        self.own = {code: Own(pk, name, unit) for code, pk, name, unit in owned if code in codes}
        self.ids = ids_by_code(project.edition, codes) if codes else {}
        self.known = self.ids.keys() | self.own.keys()
        unknown = codes - self.known
        self._elsewhere = editions_with(unknown, other_than=project.edition) if unknown else {}

    def editions_with(self, code: str) -> list[str]:
        return [self._elsewhere[code]] if code in self._elsewhere else []

    def meaning(self, code: str, issues: tuple[Issue, ...] = ()) -> Meaning:
        """Of a code as the edition writes it."""
        own = self.own.get(code)
        return Meaning(code, None if own else self.ids.get(code), own.pk if own else None, issues)

    def meanings(self, lines: Sequence[engine.WorkItem]) -> list[Meaning]:
        """Of the codes of lines, as for an imported bill."""
        found = resolve_codes(lines, self.known, self.editions_with)
        return [self.meaning(one.analysis or "", one.issues) for one in found if isinstance(one, engine.WorkItem)]

    def names(self, meanings: Iterable[Meaning]) -> dict[str, tuple[str, str]]:
        """Name and unit of the analyses that are meant, by code."""
        found = load_analyses({one.analysis_id for one in meanings if one.analysis_id is not None}).values()
        named = {one.code: (one.name, one.unit) for one in found}
        return named | {code: (own.name, own.unit) for code, own in self.own.items()}
