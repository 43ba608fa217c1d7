"""The analyses that a project can use: its own, and those of its edition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ahsp.catalog.codes import tidy_code
from ahsp.catalog.queries import ids_by_code, load_analyses
from ahsp.core.errors import NotFound, Refused
from ahsp.estimates.analyses.lines import CONTENT, Columns, columns_of
from ahsp.estimates.models import ProjectAnalysis, ProjectLine
from ahsp.projects.models import Project
from ahsp.projects.tables import key_of

LONGEST_CODE = 64
_CODE = re.compile(r"(?!a[0-9]+$)[^\s/\\?#%<>\"]{1,64}")
_OWN_KEY = re.compile(r"a[1-9][0-9]{0,17}")
_COPY = re.compile(r"-M[0-9]+$")


@dataclass(frozen=True, slots=True)
class Source:
    """An analysis to copy or point at. `own` is the id of the project's, else `catalog` that of the edition's; of one
    of the project's `catalog` is what it was made from, None for one of its own."""

    code: str
    name: str
    unit: str
    catalog: int | None
    own: int | None

    def lines(self) -> list[Columns]:
        """Columns of its lines, with their places."""
        if self.own is None and self.catalog is not None:
            return [columns_of(line) for line in load_analyses([self.catalog])[self.catalog].lines]
        names = (*CONTENT, "position", "reference_position")
        return list(ProjectLine.objects.filter(analysis=self.own).order_by("position", "id").values(*names))


class KnownAnalyses:
    """Found by key ("a12") or code, as they stand in the middle of a change. One query, and one for an edition's."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def own(self) -> dict[int, ProjectAnalysis]:
        return {one.pk: one for one in ProjectAnalysis.objects.filter(project=self.project)}

    @cached_property
    def by_code(self) -> dict[str, ProjectAnalysis]:
        return {one.code: one for one in self.own.values()}

    @cached_property
    def references(self) -> dict[int, str]:
        """Codes of the edition's analyses that own ones were made from, by id."""
        ids = {one.reference_id for one in self.own.values() if one.reference_id is not None}
        found = load_analyses(ids)
        return {pk: found[pk].code for pk in ids}

    def open_own(self, pk: int) -> ProjectAnalysis:
        """Raises NotFound."""
        if pk not in self.own:
            raise NotFound("row.not_found", {"key": key_of("a", pk), "project": self.project.name})
        return self.own[pk]

    def find(self, named: str) -> Source | None:
        if len(named) > LONGEST_CODE or "\0" in named:
            return None
        own = self.own.get(int(named[1:])) if _OWN_KEY.fullmatch(named) else self.by_code.get(named)
        if own is not None:
            return Source(own.code, own.name, own.unit, own.reference_id, own.pk)
        pk = ids_by_code(self.project.edition, [named]).get(named)
        if pk is None:
            return None
        analysis = load_analyses([pk])[pk]
        return Source(analysis.code, analysis.name, analysis.unit, pk, None)

    def open(self, named: str, *, field: str) -> Source:
        """Raises Refused."""
        found = self.find(named)
        if found is None:
            raise Refused("analysis.not_found", {"code": named[:LONGEST_CODE]}, field=field)
        return found

    def require_free(self, code: str, *, field: str, besides: int | None = None) -> str:
        """`code` as it is kept. Raises Refused for one that cannot be or is taken by another than `besides`."""
        tidy = tidy_code(code)
        if not _CODE.fullmatch(tidy):
            raise Refused("analysis.code_unusable", {"code": code[:LONGEST_CODE]}, field=field)
        taken = self.by_code.get(tidy)
        if taken is not None and taken.pk != besides:
            raise Refused("analysis.code_taken", {"code": tidy}, field=field)
        if ids_by_code(self.project.edition, [tidy]):
            raise Refused("analysis.code_of_edition", {"code": tidy}, field=field)
        return tidy

    def free_codes(self, starts: Sequence[str]) -> list[str]:
        """For each start a code that nobody has: "2.2.1-M1" of "2.2.1" or of another copy of it."""
        found: list[str] = []
        wanted = [f"{_COPY.sub('', start)[: LONGEST_CODE - 6]}-M" for start in starts]
        tried = dict.fromkeys(wanted, 0)
        while len(found) < len(starts):
            start = wanted[len(found)]
            tried[start] += 1
            code = f"{start}{tried[start]}"
            if code not in self.by_code and code not in found:
                found.append(code)
        taken = ids_by_code(self.project.edition, found)
        return [self._past(code, taken) for code in found] if taken else found

    def _past(self, code: str, taken: dict[str, int]) -> str:
        """An edition that uses such codes itself is no reason to fail."""
        while code in taken or code in self.by_code:
            code = f"{code[: LONGEST_CODE - 2]}-M"
            taken = {**taken, **ids_by_code(self.project.edition, [code])}
        return code

    def own_code(self) -> str:
        """A code for an analysis that was made from none: "P-1"."""
        number = 1 + len(self.own)
        while f"P-{number}" in self.by_code or ids_by_code(self.project.edition, [f"P-{number}"]):
            number += 1
        return f"P-{number}"
