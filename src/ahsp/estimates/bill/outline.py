"""Which row of a bill stands where, without what the rows say; rows are put in and moved here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q

from ahsp.core.bill_limits import MAX_LEVEL
from ahsp.core.errors import NotFound, Refused
from ahsp.estimates.bill.chain import Chain
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.places import Last, positions
from ahsp.projects.entries import Entry
from ahsp.projects.models import Project
from ahsp.projects.tables import key_of, read_key

KINDS = "si"
PARENT = {"s": "parent_id", "i": "section_id"}


class Where(NamedTuple):
    """The key of the section around a row, and the row's position in it; None for one that was just put there."""

    parent: str | None
    position: int | None


class Outline:
    """The sections of a project, and the items of those sections that were asked for, by key.

    `keys` are rows whose siblings are wanted, `parents` sections whose content is (None: what stands in no section).
    Three queries at most. Raises NotFound for a row that is not here.
    """

    def __init__(self, project: Project, keys: Iterable[str] = (), parents: Iterable[str | None] = ()) -> None:
        self.project = project
        self.where: dict[str, Where] = {}
        self._sections: dict[str | None, list[str]] = {}
        self._below: dict[str | None, Chain] = {}
        self._made: set[str] = set()
        for pk, parent, position in Section.objects.filter(project=project).values_list("id", "parent_id", "position"):
            self.where[f"s{pk}"] = Where(section(parent), position)
            self._sections.setdefault(section(parent), []).append(f"s{pk}")
        wanted = list(keys)
        self.read({*parents, *self._around(wanted)})
        for key in wanted:
            if key not in self.where:
                raise NotFound("row.not_found", {"key": key, "project": project.name})

    def _around(self, keys: Iterable[str]) -> set[str | None]:
        items = {pk for kind, pk in (read_key(key, KINDS, field="keys") for key in keys) if kind == "i"}
        found = {self.where[key].parent for key in keys if key in self.where}
        if items:
            rows = WorkItem.objects.filter(project=self.project, pk__in=items)
            found |= {section(pk) for pk in rows.values_list("section_id", flat=True).distinct()}
        return found

    def read(self, parents: Iterable[str | None]) -> None:
        """Make the rows in these sections known. One query, none where they are."""
        missing = [one for one in parents if one not in self._below and (one is None or self._is_section(one))]
        if not missing:
            return
        wanted = Q(section__in=[int(one[1:]) for one in missing if one is not None])
        if None in missing:
            wanted |= Q(section=None)
        found = {one: list(self._sections.get(one, ())) for one in missing}
        items = WorkItem.objects.filter(wanted, project=self.project)
        for pk, parent, position in items.values_list("id", "section_id", "position"):
            self.where[f"i{pk}"] = Where(section(parent), position)
            found[section(parent)].append(f"i{pk}")
        for one, keys in found.items():
            self._below[one] = Chain(sorted(keys, key=self._order))

    def _is_section(self, key: str) -> bool:
        return key[0] == "s" and key in self.where

    def _order(self, key: str) -> tuple[int, str, int]:
        return self.where[key].position or 0, key[0], int(key[1:])

    def siblings(self, parent: str | None) -> Chain:
        """What stands in a section, in order. Raises Refused where there is none."""
        self.read([parent])
        if parent not in self._below:
            raise Refused("section.unknown", {"id": str(parent)[:20]}, field="parent")
        return self._below[parent]

    def parent(self, key: str) -> str | None:
        return self.where[key].parent

    def around(self, key: str | None) -> list[str]:
        """`key` and the sections around it, inmost first."""
        found: list[str] = []
        while key is not None:
            found.append(key)
            key = self.where[key].parent
        return found

    def inside(self, keys: Iterable[str]) -> list[str]:
        """The sections among `keys` and all sections below them, each before those in it."""
        found = [key for key in keys if key[0] == "s"]
        for key in found:
            found += self._sections.get(key, ())
        return found

    def roots(self, keys: Iterable[str]) -> list[str]:
        """`keys` without those that stand inside another of them, in document order."""
        chosen = set(keys)
        free = [key for key in chosen if chosen.isdisjoint(self.around(self.where[key].parent))]
        return sorted(free, key=lambda key: [self._order(one) for one in reversed(self.around(key))])

    def require_room(self, moved: str | None, parent: str | None) -> None:
        """Whether the section `moved`, or one to be made (None), may stand in `parent`. Raises Refused."""
        chain = self.around(parent)
        if moved in chain:
            raise Refused("section.inside_itself", field="parent")
        height = 1 if moved is None else self._height(moved)
        if len(chain) + height > MAX_LEVEL:
            raise Refused("section.too_deep", {"limit": str(MAX_LEVEL)}, field="parent")

    def _height(self, key: str) -> int:
        level, height = [key], 0
        while level:
            height += 1
            level = [inner for one in level for inner in self._sections.get(one, ())]
        return height

    def put(self, key: str, parent: str | None, after: str | Last | None) -> None:
        """A row to be made, or one that was taken. Raises Refused where `after` is not in `parent`."""
        siblings = self.siblings(parent)
        if after is not None and not isinstance(after, Last) and after not in siblings:
            raise Refused("place.unknown", {"key": after[:40]}, field="after")
        siblings.put(key, after)
        if key not in self.where:
            self._made.add(key)
        self.where[key] = Where(parent, None)
        if key[0] == "s":
            self._sections.setdefault(parent, []).append(key)
            self._below.setdefault(key, Chain(()))

    def take(self, key: str) -> None:
        """Out of where it stands, to be put elsewhere."""
        parent = self.where[key].parent
        self._below[parent].take(key)
        if key[0] == "s":
            self._sections[parent].remove(key)

    def write(self, entry: Entry, moved: Iterable[str] = ()) -> dict[str, int]:
        """Write where stored rows stand now, of the `moved` also in which section. Positions of those to be made."""
        changed: dict[str, dict[int, dict[str, Any]]] = {"s": {}, "i": {}}
        for key in moved:
            changed[key[0]][pk_of(key)] = {PARENT[key[0]]: section_id(self.where[key].parent)}
        made = {}
        for key, position in self._positions().items():
            if key in self._made:
                made[key] = position
            else:
                changed[key[0]].setdefault(pk_of(key), {})["position"] = position
        for kind, rows in changed.items():
            entry.change_rows(kind, rows)
        return made

    def _positions(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for siblings in self._below.values():
            if siblings.changed:
                places = ((key, self.where[key].position) for key in siblings)
                known = {key: position for key, position in places if position is not None}
                found |= positions(list(siblings), known)
        return found


def section(pk: int | None) -> str | None:
    """The key of a section."""
    return None if pk is None else key_of("s", pk)


def section_id(key: str | None) -> int | None:
    return None if key is None else pk_of(key)


def pk_of(key: str) -> int:
    return int(key[1:])
