"""Pages of a long list by the key of their last row: as fast on page 4,000 as on the first, and stable under writes.

A cursor is the sort value and the id of a row. It counts nothing, so a row that is written or deleted meanwhile moves
no other row from one page to the next.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet

M = TypeVar("M", bound=Model)
MOST_CHARACTERS = 2_000
_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Order:
    """Sorted by `field`, and by id where that is the same; both rise, or both fall when `descending`."""

    field: str
    descending: bool = False

    def apply(self, rows: QuerySet[M], *, backwards: bool = False) -> QuerySet[M]:
        """`rows` in this order, or in the opposite one."""
        if self.descending is backwards:
            return rows.order_by(F(self.field).asc(), F("id").asc())
        return rows.order_by(F(self.field).desc(), F("id").desc())

    def beyond(self, place: Place, *, backwards: bool = False) -> Q:
        """The rows that come after `place`, or before it. Written so that an index can begin at the place."""
        word = "gt" if self.descending is backwards else "lt"
        same = Q(**{self.field: place.value, f"id__{word}": place.pk})
        return Q(**{f"{self.field}__{word}e": place.value}) & (Q(**{f"{self.field}__{word}": place.value}) | same)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: just after (or before) the row with this sort value and id."""

    value: datetime | str
    pk: int

    def written(self) -> str:
        """For an address."""
        time = isinstance(self.value, datetime)
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        text = json.dumps([int(time), value, self.pk], separators=(",", ":"), ensure_ascii=False)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_place(written: str, kind: type[datetime] | type[str]) -> Place | None:
    """The inverse of `written`; None for anything else, such as a cursor of another order or one that was mistyped."""
    if not written or len(written) > MOST_CHARACTERS:
        return None
    try:
        text = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
        time, value, pk = json.loads(text)
        if not (isinstance(value, str) and type(pk) is int and 0 <= pk <= _LARGEST_ID) or "\0" in value:
            return None
        value.encode()  # half a character can be written in JSON and be sent to no database
        found = datetime.fromisoformat(value) if time else value
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return None
    if not isinstance(found, kind) or (isinstance(found, datetime) and not _is_plausible(found)):
        return None
    return Place(found, pk)


def _is_plausible(time: datetime) -> bool:
    """At the ends of the calendar another time zone leads out of it."""
    return time.tzinfo is not None and 1970 <= time.year <= 9000


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """`rows` in order, with the places before the first and after the last where more rows lie there."""

    rows: list[M]
    previous: Place | None
    next: Place | None


def read_page(
    fetch: Callable[[Q, bool, int], Iterable[M]],
    order: Order,
    *,
    after: Place | None,
    before: Place | None,
    size: int,
    place_of: Callable[[M], Any],
) -> Page[M]:
    """A page after one place or before another. `fetch(beyond, backwards, limit)` reads rows in the order asked for."""
    backwards = before is not None and after is None
    begin = before if backwards else after
    beyond = order.beyond(begin, backwards=backwards) if begin else Q()
    rows = list(fetch(beyond, backwards, size + 1))
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    ends = [Place(place_of(row), row.pk) for row in (rows[0], rows[-1])] if rows else [None, None]
    has_previous, has_next = (more, True) if backwards else (begin is not None, more)
    return Page(rows, ends[0] if has_previous else None, ends[1] if has_next else None)
