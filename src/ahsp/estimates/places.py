"""Where a section or work item stands among its siblings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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


def positions(order: Sequence[str], known: Mapping[str, int]) -> dict[str, int]:
    """What is to be written so that siblings stand in `order`: a position for each that `known` has none of, which are
    those put there, and for all the others too where there is no room between them."""
    found: dict[str, int] = {}
    waiting: list[str] = []
    last = 0
    for key in order:
        if key not in known:
            waiting.append(key)
            continue
        position = known[key]
        if waiting:
            step = min((position - last) // (len(waiting) + 1), CLOSE)
            if step < 1:
                return _apart(order, known)
            found.update({one: last + step * (at + 1) for at, one in enumerate(waiting)})
            waiting = []
        last = position
    found.update({one: last + ROOM * (at + 1) for at, one in enumerate(waiting)})
    return found


def _apart(order: Sequence[str], known: Mapping[str, int]) -> dict[str, int]:
    spread = {key: ROOM * (at + 1) for at, key in enumerate(order)}
    return {key: position for key, position in spread.items() if known.get(key) != position}
