"""Acts that put rows of the bill elsewhere, inside a change of the project. Rows keep what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from ahsp.core.errors import Refused
from ahsp.estimates.bill.outline import Outline
from ahsp.estimates.places import LAST, Last
from ahsp.projects.entries import Entry


def move_rows(*, entry: Entry, keys: Iterable[str], parent: str | None, after: str | Last | None) -> list[str]:
    """Put rows into the section `parent`, behind `after`, in document order; the rows that were moved.

    Raises NotFound and Refused.
    """
    outline = Outline(entry.project, keys, [parent])
    roots = outline.roots(keys)
    siblings = outline.siblings(parent)
    if isinstance(after, str) and after not in siblings:
        raise Refused("place.unknown", {"key": after[:40]}, field="after")
    order = list(siblings)
    staying: str | Last | None = after
    moving = set(roots)
    # Rows that are dropped behind one of themselves stand behind what is in front of it.
    while isinstance(staying, str) and staying in moving:
        staying = siblings.before(staying)
    _put(outline, roots, parent, staying)
    if list(siblings) == order:
        return []
    outline.write(entry, roots)
    return roots


def _put(outline: Outline, roots: Sequence[str], parent: str | None, after: str | Last | None) -> None:
    for key in roots:
        if key[0] == "s":
            outline.require_room(key, parent)
    for key in roots:
        outline.take(key)
    for key in roots:
        outline.put(key, parent, after)
        after = key


def indent_rows(*, entry: Entry, keys: Iterable[str]) -> list[str]:
    """Put rows into the section just before them, behind what stands in it; neighbours go together.

    Raises NotFound, and Refused where there is no section before them.
    """
    outline = Outline(entry.project, keys)
    roots = outline.roots(keys)
    targets = {key: _section_before(outline, key, set(roots)) for key in roots}
    outline.read(targets.values())
    for target, group in groupby(roots, key=targets.__getitem__):
        _put(outline, list(group), target, LAST)
    outline.write(entry, roots)
    return roots


def _section_before(outline: Outline, key: str, moving: set[str]) -> str:
    siblings = outline.siblings(outline.parent(key))
    before = siblings.before(key)
    while before in moving and before is not None:
        before = siblings.before(before)
    if before is None or before[0] != "s":
        raise Refused("place.no_section_before", field=key)
    return before


def outdent_rows(*, entry: Entry, keys: Iterable[str]) -> list[str]:
    """Put rows out of the section around them, right behind it. Raises NotFound, and Refused for rows in none."""
    outline = Outline(entry.project, keys)
    roots = outline.roots(keys)
    for key in roots:
        if outline.parent(key) is None:
            raise Refused("place.at_the_top", field=key)
    outline.read({outline.parent(str(outline.parent(key))) for key in roots})
    for around, group in groupby(roots, key=outline.parent):
        _put(outline, list(group), outline.parent(str(around)), around)
    outline.write(entry, roots)
    return roots
