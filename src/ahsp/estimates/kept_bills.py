"""The bills that this process read last, for a change of prices leaves a bill what it was.

Of what it takes to price a large project, fetching its rows and making items of them is the larger part.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from django.db.models import QuerySet

from ahsp.core.one_moment import only_reads
from ahsp.engine.analysis import Analysis
from ahsp.engine.boq import Section, WorkItem
from ahsp.projects.models import Change, Project

LEAVE_THE_BILL = frozenset({"prices.set", "prices.paste", "prices.reset", "conversions.set", "conversions.remove"})
"""Acts that write prices and conversions, and nothing of sections, items and analyses."""
ITEMS_OF_A_PROCESS = 40_000


class Bill(NamedTuple):
    """A project as engine input, but for prices and settings; `sources` has, by code, the id of the catalog's analysis
    that it is or was made of, `names` those of all resources that may need a price."""

    children: tuple[Section | WorkItem, ...]
    analyses: Mapping[str, Analysis]
    sources: Mapping[str, int]
    names: frozenset[str]
    item_count: int


class _Moment(NamedTuple):
    """A revision and when it was made: a backup that is restored counts the same revisions again."""

    revision: int
    at: datetime


class KeptBills:
    """Bills by project, those used last, up to `most` items of them all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bills: OrderedDict[int, tuple[_Moment, str, Bill]] = OrderedDict()
        self._lock = Lock()

    def find(self, project: Project) -> Bill | None:
        """That of the project as it stands in this moment, None if it has to be read. One query where one is kept."""
        with self._lock:
            kept = self._bills.get(project.pk)
        if kept is None or not only_reads():
            return None
        moment, checksum, bill = kept
        now = _moment_after(project, moment)
        if now is None or checksum != project.edition.checksum:
            return None
        self._put(project, now, bill)
        return bill

    def keep(self, project: Project, bill: Bill) -> None:
        """Keep what was read of the project, if nobody may have written in the same transaction."""
        if not only_reads() or bill.item_count > self._most:
            return
        latest = _changes(project).values_list("revision", "at").last()
        if latest is not None and latest[0] == project.revision:
            self._put(project, _Moment(*latest), bill)

    def forget(self) -> None:
        """Begin like a process that has read nothing."""
        with self._lock:
            self._bills.clear()

    def _put(self, project: Project, moment: _Moment, bill: Bill) -> None:
        with self._lock:
            self._bills[project.pk] = (moment, project.edition.checksum, bill)
            self._bills.move_to_end(project.pk)
            while sum(one.item_count for _, _, one in self._bills.values()) > self._most:
                self._bills.popitem(last=False)


def _changes(project: Project) -> QuerySet[Change]:
    return Change.objects.filter(project=project).order_by("revision")


def _moment_after(project: Project, before: _Moment) -> _Moment | None:
    """The moment of the project's revision, if since `before` nothing was done but what leaves the bill."""
    rows = list(_changes(project).filter(revision__gte=before.revision).values_list("revision", "at", "act"))
    if not rows or _Moment(*rows[0][:2]) != before or rows[-1][0] != project.revision:
        return None
    if any(act not in LEAVE_THE_BILL for _, _, act in rows[1:]):
        return None
    return _Moment(*rows[-1][:2])


kept_bills = KeptBills(ITEMS_OF_A_PROCESS)
