"""Where a section or work item stands among its siblings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Min

from ahsp.core.bill_limits import MAX_LEVEL
from ahsp.core.errors import Refused
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.services import next_position
from ahsp.projects.models import Project


class Last:
    """Behind all siblings."""


LAST = Last()


@dataclass(frozen=True, slots=True)
class Place:
    """In the section `parent` (None: in none), behind the sibling whose key is `after` ("i12", "s3"); None is first."""

    parent: int | None
    after: str | Last | None = LAST


def make_room(project: Project, place: Place) -> int:
    """The position of `place`, with all that stands behind it moved on by one. Raises Refused."""
    if place.parent is not None and not Section.objects.filter(project=project, pk=place.parent).exists():
        raise Refused("section.unknown", {"id": str(place.parent)}, field="parent")
    if isinstance(place.after, Last):
        return next_position(project)
    position = _first(project, place.parent) if place.after is None else 1 + _position(project, place)
    for model in (Section, WorkItem):
        model.objects.filter(project=project, position__gte=position).update(position=F("position") + 1)
    return position


def _first(project: Project, parent: int | None) -> int:
    places = [
        Section.objects.filter(project=project, parent=parent).aggregate(first=Min("position"))["first"],
        WorkItem.objects.filter(project=project, section=parent).aggregate(first=Min("position"))["first"],
    ]
    found = [place for place in places if place is not None]
    return min(found) if found else next_position(project)


def _position(project: Project, place: Place) -> int:
    """Of the sibling to stand behind."""
    key = str(place.after)
    kind, digits = key[:1], key[1:]
    found: int | None = None
    if digits.isascii() and digits.isdigit() and len(digits) < 19:
        if kind == "s":
            rows = Section.objects.filter(project=project, parent=place.parent, pk=int(digits))
            found = rows.values_list("position", flat=True).first()
        elif kind == "i":
            items = WorkItem.objects.filter(project=project, section=place.parent, pk=int(digits))
            found = items.values_list("position", flat=True).first()
    if found is None:
        raise Refused("place.unknown", {"key": key[:40]}, field="after")
    return found


def require_depth(project: Project, moved: int | None, parent: int | None) -> None:
    """Whether the section `moved`, or one to be made (None), may stand in `parent`. Raises Refused."""
    parents = dict(Section.objects.filter(project=project).values_list("id", "parent_id"))
    chain = _chain(parent, parents)
    if moved in chain and moved is not None:
        raise Refused("section.inside_itself", field="parent")
    height = max((len(path) - path.index(moved) for path in _paths(parents) if moved in path), default=1)
    if len(chain) + height > MAX_LEVEL:
        raise Refused("section.too_deep", {"limit": str(MAX_LEVEL)}, field="parent")


def _chain(start: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """`start` and the sections around it, inmost first."""
    found: list[int] = []
    while start is not None and start in parents:
        found.append(start)
        start = parents[start]
    return found


def _paths(parents: Mapping[int, int | None]) -> list[list[int | None]]:
    """For each section the sections from the outermost down to it."""
    return [list(reversed(_chain(pk, parents))) for pk in parents]
