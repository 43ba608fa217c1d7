"""A person's projects side by side: a page of them with their figures, and what they cost together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from ahsp.accounts.models import WRITING_ROLES, Person, Role
from ahsp.estimates.figures import ZERO, Figures, Kinds, figures_of
from ahsp.projects.access import listed_role
from ahsp.projects.listing import Listing, Sort, Turn, Wanted
from ahsp.projects.models import Project

PER_PAGE = 20
# Whether a project is complete is calculated, so the projects are looked through; so many for one page.
LOOKED_AT_ONCE, MOST_LOOKED_AT = 50, 200
LONGEST_SEARCH = 250


class State(StrEnum):
    """How far the lines of a project are priced."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    EMPTY = "empty"

    @classmethod
    def of(cls, figures: Figures) -> State:
        if not figures.item_count:
            return cls.EMPTY
        return cls.PARTIAL if figures.incomplete else cls.COMPLETE


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person can filter by: names of own organizations and titles of editions, by id."""

    organizations: Mapping[int, str]
    editions: Mapping[int, str]
    may_create: bool
    roles: Mapping[int, str] = field(default_factory=dict)
    """Of the person in each organization."""
    person: int | None = None


# Written out: it is asked with each list, and putting it together takes longer than answering it.
_CHOICES = """
SELECT 'organization', organization.id, organization.name, membership.role
  FROM accounts_membership AS membership
  JOIN accounts_organization AS organization ON organization.id = membership.organization_id
 WHERE membership.person_id = %s
UNION ALL
SELECT 'edition', id, title, to_char(date, 'YYYY-MM-DD') FROM catalog_edition
"""


def choices_of(person: Person) -> Choices:
    """One query."""
    found: dict[str, list[tuple[str, int, str]]] = {"organization": [], "edition": []}
    with connection.cursor() as cursor:
        cursor.execute(_CHOICES, [person.pk])
        for what, pk, name, detail in cursor.fetchall():
            found[what].append((detail, pk, name))
    return Choices(
        {pk: name for _, pk, name in sorted(found["organization"], key=lambda row: (row[2].casefold(), row[1]))},
        {pk: title for _, pk, title in sorted(found["edition"], reverse=True)},
        any(role in WRITING_ROLES for role, _, _ in found["organization"]),
        {pk: role for role, pk, _ in found["organization"]},
        person.pk,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters and the order of the list, as an address holds them. What makes no sense there is left out.

    `q` are words of the name.
    """

    q: str = ""
    organization: int | None = None
    edition: int | None = None
    state: State | None = None
    since: date | None = None
    sort: Sort = Sort.CHANGED

    @classmethod
    def read(cls, query: Mapping[str, str], choices: Choices) -> Asked:
        return cls(
            q=" ".join(query.get("q", "").split())[:LONGEST_SEARCH],
            organization=_one_of(query.get("organization", ""), choices.organizations),
            edition=_one_of(query.get("edition", ""), choices.editions),
            state=State(query["state"]) if query.get("state") in set(State) else None,
            since=_day(query.get("since", "")),
            sort=Sort(query["sort"]) if query.get("sort") in set(Sort) else Sort.CHANGED,
        )

    def without(self, name: str) -> Asked:
        """The same without the filter `name`."""
        return replace(self, **{name: getattr(Asked(), name)})

    def sorted(self, sort: Sort) -> Asked:
        """The same in another order."""
        return replace(self, sort=sort)

    def address(self, **more: str) -> str:
        """As the query of an address, empty or led by "?"; `more` are cursors."""
        plain = Asked()
        own = {one.name: getattr(self, one.name) for one in fields(self)}
        said = {name: str(value) for name, value in own.items() if value != getattr(plain, name)}
        written = urlencode(said | {name: value for name, value in more.items() if value})
        return f"?{written}" if written else "?"

    @property
    def filtered(self) -> bool:
        return self.sorted(Sort.CHANGED) != Asked()

    def wanted(self) -> Wanted:
        """What the list of projects is asked for; the state is looked at afterwards."""
        return Wanted(tuple(self.q.split()), self.organization, self.edition, self.since, self.sort)


def _one_of(written: str, known: Mapping[int, str]) -> int | None:
    found = int(written) if written.isascii() and written.isdigit() and len(written) < 19 else None
    return found if found in known else None


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """A project with its figures."""

    project: Project
    figures: Figures
    role: Role = Role.OWNER
    """Of the person who looks, in this project."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A page of the list. `previous` and `next` are cursors, "" where there is no more.

    `looked_at` is how many projects were looked through for the state that was asked for, 0 if none was.
    """

    rows: list[Row]
    previous: str = ""
    next: str = ""
    looked_at: int = 0


def portfolio(asked: Asked, choices: Choices, turn: Turn) -> Portfolio:
    """The page at `turn`. One query, and those of the figures that no cache has."""
    listing = Listing(list(choices.organizations), asked.wanted(), choices.person)
    if asked.state is not None:
        return _of_state(listing, choices, asked.state, turn)
    page = listing.page(turn, PER_PAGE)
    previous, following = (place.written() if place else "" for place in (page.previous, page.next))
    return Portfolio(_rows(page.rows, choices), previous, following)


def _of_state(listing: Listing, choices: Choices, state: State, turn: Turn) -> Portfolio:
    """Looks forwards only: what lies before a page was looked through to get there."""
    found: list[Row] = []
    looked_at, after = 0, turn.after
    while looked_at < MOST_LOOKED_AT:
        page = listing.page(Turn(after=after), LOOKED_AT_ONCE)
        for row in _rows(page.rows, choices):
            looked_at += 1
            if State.of(row.figures) is not state:
                continue
            if len(found) == PER_PAGE:
                return Portfolio(found, next=listing.cursor(found[-1].project), looked_at=looked_at)
            found.append(row)
        after = page.next.written() if page.next else ""
        if not after:
            break
    return Portfolio(found, next=after, looked_at=looked_at)


def _rows(projects: list[Project], choices: Choices) -> list[Row]:
    figures = figures_of(projects)
    return [Row(project, figures[project.pk], listed_role(project, choices.roles)) for project in projects]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a sum: rupiah, and its share of the whole, 0 to 1."""

    name: str
    amount: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Spend:
    """What the shown projects cost together, in rupiah: subtotal + vat + rounding = total.

    `kinds` (named as the fields of Kinds) and `divisions` each add up to the subtotal, divisions from the largest.
    A lower bound while `incomplete` lines are not priced.
    """

    projects: int
    incomplete: int
    subtotal: Decimal
    vat: Decimal
    rounding: Decimal
    total: Decimal
    kinds: tuple[Part, ...]
    divisions: tuple[Part, ...]


def spend_of(rows: Iterable[Row]) -> Spend:
    """The sum over `rows`. Nothing is rounded here: what is added are rupiah to the sen."""
    figures = [row.figures for row in rows]
    subtotal = sum((one.subtotal for one in figures), ZERO)
    kinds = {one.name: sum((getattr(f.kinds, one.name) for f in figures), ZERO) for one in fields(Kinds)}
    divisions: dict[str, Decimal] = {}
    for one in figures:
        for name, amount in one.divisions:
            divisions[name] = divisions.get(name, ZERO) + amount
    largest = sorted(divisions.items(), key=lambda pair: (-pair[1], pair[0]))
    return Spend(
        projects=len(figures),
        incomplete=sum(one.incomplete for one in figures),
        subtotal=subtotal,
        vat=sum((one.vat for one in figures), ZERO),
        rounding=sum((one.rounding for one in figures), ZERO),
        total=sum((one.total for one in figures), ZERO),
        kinds=tuple(_part(name, amount, subtotal) for name, amount in kinds.items() if amount),
        divisions=tuple(_part(name, amount, subtotal) for name, amount in largest),
    )


def _part(name: str, amount: Decimal, whole: Decimal) -> Part:
    return Part(name, amount, amount / whole if whole else ZERO)


def leading(parts: tuple[Part, ...], most: int) -> tuple[tuple[Part, ...], Part | None, int]:
    """The first `most` parts, what the rest add up to, and how many those are; one more is shown rather than added."""
    if len(parts) <= most + 1:
        return parts, None, 0
    rest = parts[most:]
    together = Part("", sum((one.amount for one in rest), ZERO), sum((one.share for one in rest), ZERO))
    return parts[:most], together, len(rest)


def context_of(person: Person, query: Mapping[str, Any]) -> dict[str, Any]:
    """What the list and its downloads show: `choices`, `asked`, `page` (Portfolio), `spend`."""
    choices = choices_of(person)
    asked = Asked.read(query, choices)
    turn = Turn(query.get("after", ""), query.get("before", ""))
    page = portfolio(asked, choices, turn)
    if not page.rows and (turn.after or turn.before):
        # What stood on this page has moved or gone: begin again.
        page = portfolio(asked, choices, Turn())
    return {"choices": choices, "asked": asked, "page": page, "spend": spend_of(page.rows)}
