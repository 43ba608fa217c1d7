"""Where a section or work item stands among its siblings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ahsp.core.bill_limits import MAX_LEVEL
from ahsp.core.errors import Refused
from ahsp.estimates.models import Section, WorkItem
from ahsp.projects.entries import Entry
from ahsp.projects.models import Project


class Last:
    """Behind all siblings."""


LAST = Last()


@dataclass(frozen=True, slots=True)
class Place:
    """In the section `parent` (None: in none), behind the sibling whose key is `after` ("i12", "s3"); None is first."""

    parent: int | None
    after: str | Last | None = LAST


# Between two neighbours rows are put close behind the first, so that typing one row below the other, which is how
# bills are written, finds room a thousand times before siblings must move apart.
ROOM = 2**20
CLOSE = 2**10


def make_room(entry: Entry, place: Place, count: int = 1) -> list[int]:
    """Positions for `count` rows at `place`, in order. Siblings move apart where there is no room. Raises Refused."""
    project = entry.project
    if place.parent is not None and not Section.objects.filter(project=project, pk=place.parent).exists():
        raise Refused("section.unknown", {"id": str(place.parent)}, field="parent")
    siblings = _siblings(project, place.parent)
    behind = _behind(siblings, place)
    before = siblings[behind - 1][0] if behind else 0
    if behind == len(siblings):
        return [before + ROOM * (step + 1) for step in range(count)]
    step = min((siblings[behind][0] - before) // (count + 1), CLOSE)
    if step < 1:
        _spread(entry, siblings, behind, count)
        before, step = behind * ROOM, ROOM
    return [before + step * (one + 1) for one in range(count)]


def _siblings(project: Project, parent: int | None) -> list[tuple[int, str, int]]:
    """(position, kind, id) of what stands in `parent`, in order."""
    sections = Section.objects.filter(project=project, parent=parent).values_list("position", "id")
    items = WorkItem.objects.filter(project=project, section=parent).values_list("position", "id")
    found = [(position, "s", pk) for position, pk in sections] + [(position, "i", pk) for position, pk in items]
    return sorted(found)


def _behind(siblings: list[tuple[int, str, int]], place: Place) -> int:
    """How many siblings stand before the place."""
    if isinstance(place.after, Last):
        return len(siblings)
    if place.after is None:
        return 0
    for index, (_, kind, pk) in enumerate(siblings):
        if f"{kind}{pk}" == place.after:
            return index + 1
    raise Refused("place.unknown", {"key": place.after[:40]}, field="after")


def _spread(entry: Entry, siblings: list[tuple[int, str, int]], behind: int, count: int) -> None:
    """Put the siblings ROOM apart, with as much for `count` rows behind the first `behind`."""
    places = [index + 1 if index < behind else index + 1 + count for index in range(len(siblings))]
    for wanted in ("s", "i"):
        moved = {
            pk: {"position": index * ROOM}
            for index, (_, kind, pk) in zip(places, siblings, strict=True)
            if kind == wanted
        }
        entry.change_rows(wanted, moved)


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
