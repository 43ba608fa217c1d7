"""Reads of versions: the list, one of them, and any two side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ahsp.core.errors import NotFound
from ahsp.core.one_moment import one_moment
from ahsp.core.revision_cache import by_revision
from ahsp.engine.comparison import Compared, Effects, Row, compare, only_differing
from ahsp.estimates.queries import priced_estimate
from ahsp.exchange.project_files import settings_of
from ahsp.exchange.versions.content import lines_of, read, totals_of, unpack
from ahsp.projects.models import Project, RowChange, Snapshot

NOW = "now"


def versions_of(project: Project) -> QuerySet[Snapshot]:
    """Latest first, with the people, without what they hold."""
    found = Snapshot.objects.filter(project=project).select_related("person", "approved_by")
    return found.defer("inputs", "lines").order_by("-id")


def version_of(project: Project, pk: int) -> Snapshot:
    """Raises NotFound."""
    found = versions_of(project).filter(pk=pk).first()
    if found is None:
        raise NotFound("version.not_found")
    return found


def locking_version(project: Project) -> Snapshot | None:
    """The version as which the project is locked."""
    if project.locked_at is None:
        return None
    return versions_of(project).filter(approved_at__isnull=False).order_by("-approved_at").first()


def changed_since(project: Project, version: Snapshot) -> bool:
    """Whether rows or settings were written after the version was saved; comments and roles do not count."""
    return RowChange.objects.filter(project=project, revision__gt=version.revision).exists()


def latest_row_change(project: Project) -> int:
    """The revision that last wrote a row or a setting."""
    latest = RowChange.objects.filter(project=project).order_by("-revision").values_list("revision", flat=True)
    return latest.first() or 0


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a version, or the project now."""

    version: Snapshot | None
    totals: dict[str, Any]
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two sides, what came, went and changed, and the rows that are to be shown."""

    a: Side
    b: Side
    effects: Effects
    counts: dict[str, int]
    rows: Sequence[Compared]


def side_by_side(project: Project, a: str, b: str, *, everything: bool = False) -> SideBySide:
    """`a` and `b` are ids of versions or "now"; without `everything` only rows that differ. Raises NotFound.

    What differs is kept while the project stands at its revision.
    """
    for name in (a, b):
        if not (name == NOW or (name.isascii() and name.isdigit() and len(name) < 19)):
            raise NotFound("version.not_found")

    def make() -> SideBySide:
        (one, before), (other, after) = _side(project, a), _side(project, b)
        found = compare(before, after)
        rows = found.rows if everything else tuple(only_differing(found.rows))
        return SideBySide(one, other, found.effects, _counts(found.rows), rows)

    if everything:
        with one_moment(project):
            return make()
    return by_revision(f"versions-{a}-{b}", project, make)


def _side(project: Project, named: str) -> tuple[Side, list[Row]]:
    if named == NOW:
        estimate = priced_estimate(project)
        return Side(None, totals_of(project, estimate), settings_of(project)), lines_of(estimate)
    version = version_of(project, int(named))
    inputs, lines = Snapshot.objects.filter(pk=version.pk).values_list("inputs", "lines").get()
    return Side(version, version.totals, unpack(inputs)["settings"]), read(unpack(lines))


def _counts(rows: Iterable[Compared]) -> dict[str, int]:
    """How many items came, went, changed, moved, or stayed as they were."""
    found = dict.fromkeys(("added", "removed", "changed", "moved", "same"), 0)
    for row in rows:
        if row.is_heading:
            continue
        if row.a is None or row.b is None:
            found["added" if row.a is None else "removed"] += 1
        elif row.changed or row.difference:
            found["changed"] += 1
        else:
            found["moved" if row.moved else "same"] += 1
    return found
