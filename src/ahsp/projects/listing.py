"""A page of a person's projects, whatever their number: filtered, sorted, by the key of the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Upper

from ahsp.core.keyset import Order, Page, Place, read_page, read_place
from ahsp.projects.access import LONG_TEXTS
from ahsp.projects.models import Project, ProjectRole

JAKARTA = ZoneInfo("Asia/Jakarta")
MOST_WORDS = 8


class Sort(StrEnum):
    """Totals are calculated and not stored, so nothing sorts by them."""

    CHANGED = "changed"
    OLDEST = "oldest"
    NAME = "name"


_ORDERS = {
    Sort.CHANGED: Order("updated_at", descending=True),
    Sort.OLDEST: Order("updated_at"),
    Sort.NAME: Order("sort_name"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which projects, and in which order: every word in the name, one organization, one edition, changed on or after
    `since` in Jakarta."""

    words: tuple[str, ...] = ()
    organization: int | None = None
    edition: int | None = None
    since: date | None = None
    sort: Sort = Sort.CHANGED


@dataclass(frozen=True, slots=True)
class Turn:
    """Where in the list: after one cursor or before another, as they stand in the address."""

    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The projects of `organizations` (their ids) that `wanted` asks for.

    Each has the role that `person` was given in it alone as `given_role`.
    """

    organizations: Sequence[int]
    wanted: Wanted = field(default_factory=Wanted)
    person: int | None = None

    def page(self, turn: Turn, size: int) -> Page[Project]:
        """One query. A cursor that means nothing leads to the first page."""
        kind: type[datetime] | type[str] = str if self.wanted.sort is Sort.NAME else datetime
        after, before = read_place(turn.after, kind), read_place(turn.before, kind)
        order = _ORDERS[self.wanted.sort]
        return read_page(
            self._fetch, order, after=after, before=before, size=size, place_of=lambda row: getattr(row, order.field)
        )

    def knows(self, cursor: str) -> bool:
        """Whether `cursor` is one that a list in this order may have given."""
        kind: type[datetime] | type[str] = str if self.wanted.sort is Sort.NAME else datetime
        return read_place(cursor, kind) is not None

    def cursor(self, row: Project) -> str:
        """The cursor of the page that begins after `row`, one of those this list gave."""
        return Place(getattr(row, _ORDERS[self.wanted.sort].field), row.pk).written()

    def _fetch(self, beyond: Q, backwards: bool, limit: int) -> QuerySet[Project]:
        rows = _matching(self.wanted).filter(beyond)
        order = _ORDERS[self.wanted.sort]
        if self.wanted.organization is not None:
            own = [self.wanted.organization] if self.wanted.organization in self.organizations else []
        else:
            own = list(self.organizations)
        if len(own) == 1:
            found = rows.filter(organization_id=own[0])
        else:
            found = _named().filter(pk__in=_first_of_each(rows, order, own, limit, backwards=backwards))
        given = ProjectRole.objects.filter(project=OuterRef("pk"), person=self.person).values("role")
        found = order.apply(found, backwards=backwards).annotate(given_role=Subquery(given)).defer(*LONG_TEXTS)
        return found.select_related("organization", "edition", "price_book")[:limit]


def _named() -> QuerySet[Project]:
    return Project.objects.annotate(sort_name=Upper("name"))


def _matching(wanted: Wanted) -> QuerySet[Project]:
    rows = _named()
    for word in wanted.words[:MOST_WORDS]:
        rows = rows.filter(name__icontains=word)
    if wanted.edition is not None:
        rows = rows.filter(edition_id=wanted.edition)
    if wanted.since is not None:
        rows = rows.filter(updated_at__gte=datetime.combine(wanted.since, time(), JAKARTA))
    return rows


def _first_of_each(
    rows: QuerySet[Project], order: Order, organizations: list[int], limit: int, *, backwards: bool
) -> RawSQL:
    """Ids of the first rows of all organizations: each is read in the order of its index and no further than needed,
    where sorting the projects of all of them would read every one."""
    one = rows.filter(organization_id=RawSQL("office.id", ()))
    inner = order.apply(one, backwards=backwards).values_list("pk", order.field)[:limit]
    sql, parameters = inner.query.sql_with_params()
    direction = "ASC" if order.descending is backwards else "DESC"
    # `sql` was written by Django, its values are parameters.
    statement = (
        f"SELECT found.id FROM unnest(%s::bigint[]) AS office(id) CROSS JOIN LATERAL ({sql}) AS found(id, place)"  # noqa: S608
        f" ORDER BY found.place {direction}, found.id {direction} LIMIT {limit:d}"
    )
    return RawSQL(statement, (organizations, *parameters))  # noqa: S611


def suggested(organizations: Sequence[int], words: Sequence[str], limit: int) -> list[Project]:
    """Projects whose names hold every word, latest change first. One query."""
    return Listing(organizations, Wanted(words=tuple(words))).page(Turn(), limit).rows
