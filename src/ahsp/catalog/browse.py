"""Divisions and sections of an edition, for browsing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Min, QuerySet

from ahsp.catalog.models import Analysis, Edition


@dataclass(frozen=True, slots=True)
class Branch:
    """A section with the number of its analyses."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Division:
    """A division with its sections, in the order of the edition."""

    name: str
    count: int
    sections: tuple[Branch, ...]


def divisions(edition: Edition) -> tuple[Division, ...]:
    """The tree of an edition. One query for an edition this process has not shown yet: a loaded one never changes."""
    return _divisions(edition.pk, edition.checksum)


@lru_cache(maxsize=16)
def _divisions(edition: int, checksum: str) -> tuple[Division, ...]:  # noqa: ARG001 another content is another key
    rows = (
        Analysis.objects.filter(edition_id=edition)
        .values_list("division", "section")
        .annotate(count=Count("id"), first=Min("position"))
        .order_by("first")
    )
    found: dict[str, list[Branch]] = {}
    for division, section, count, _ in rows:
        found.setdefault(division, []).append(Branch(section, count))
    return tuple(
        Division(name, sum(branch.count for branch in branches), tuple(branches)) for name, branches in found.items()
    )


def analyses_page(edition: Edition, division: str, section: str) -> QuerySet[Analysis]:
    """The analyses of a division or section, in the order of the edition."""
    found = Analysis.objects.filter(edition=edition).order_by("position")
    if division:
        found = found.filter(division=division)
    if section:
        found = found.filter(section=section)
    return found
