"""Reads of the change log: filtered, and of one row."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from ahsp.projects.log.readable import Logged, merged
from ahsp.projects.log.words import worded_kinds, words_of
from ahsp.projects.models import Change, Project, RowChange
from ahsp.projects.queries import changes_of
from ahsp.projects.tables import table_of

MOST_WORDS = 6
MOST_ACTS = 12
ROWS_TOLD = 8
"""Rows that a list of changes tells of each; the change itself tells all."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which changes: by a person, by acts or families of acts ("items"), of a row, in a time, with words in what was
    written or in what the rows are called now."""

    person: int | None = None
    acts: tuple[str, ...] = ()
    row: tuple[str, int] | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: tuple[str, ...] = ()


def changes(project: Project, wanted: Filter) -> QuerySet[Change]:
    """Latest first, with the people."""
    found = changes_of(project)
    if wanted.person is not None:
        found = found.filter(person=wanted.person)
    if wanted.acts:
        named = Q()
        for act in wanted.acts[:MOST_ACTS]:
            named |= Q(act=act) | Q(act__startswith=f"{act}.")
        found = found.filter(named)
    if wanted.since is not None:
        found = found.filter(at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(at__lt=wanted.until)
    if wanted.row is not None:
        kind, pk = wanted.row
        of_row = RowChange.objects.filter(project=project, kind=kind, row=pk)
        about = Q(revision__in=of_row.values("revision")) | Q(data__comment__key=f"{kind}{pk}")
        found = found.filter(about)
    return _with_words(project, found, wanted.words[:MOST_WORDS])


def _with_words(project: Project, found: QuerySet[Change], words: Iterable[str]) -> QuerySet[Change]:
    for word in words:
        log = RowChange.objects.filter(project=project)
        log = log.annotate(was=Cast("before", TextField()), then=Cast("after", TextField()))
        said = Q(was__icontains=word) | Q(then__icontains=word)
        for kind in worded_kinds():
            called = Q()
            for name in words_of(kind).title:
                called |= Q(**{f"{name}__icontains": word})
            said |= Q(kind=kind, row__in=table_of(kind).rows(project).filter(called).values("pk"))
        told = Q(told__icontains=word) | Q(revision__in=log.filter(said).values("revision"))
        found = found.annotate(told=Cast("data", TextField())).filter(told)
    return found


# The first rows of each of a page of changes, however many each has. Ranges for the reason that rows_of gives.
_FIRST_ROWS = """
SELECT one.revision, log.kind, log.row, log.before::text, log.after::text
  FROM unnest(%s::int[]) AS one(revision)
 CROSS JOIN LATERAL (
    SELECT kind, row, before, after FROM projects_rowchange
     WHERE project_id = %s AND revision BETWEEN one.revision AND one.revision
     ORDER BY revision, id
     LIMIT %s
 ) AS log
"""


def first_rows(project: Project, revisions: Iterable[int], most: int = ROWS_TOLD) -> dict[int, list[Logged]]:
    """Rows of the log by revision, at most `most` of each. One query."""
    found: dict[int, list[Logged]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_ROWS, [list(revisions), project.pk, most])
        for revision, kind, row, before, after in cursor.fetchall():
            values = (None if text is None else json.loads(text) for text in (before, after))
            found[revision].append(Logged(kind, row, *values))
    return {revision: merged(rows) for revision, rows in found.items()}


def rows_of(project: Project, revision: int) -> QuerySet[RowChange]:
    """What one change did, row by row."""
    # As a range, lest PostgreSQL walks through the whole table by id until it has met enough rows of the revision.
    return RowChange.objects.filter(project=project, revision__gte=revision, revision__lte=revision)


def history_of(project: Project, kind: str, pk: int) -> QuerySet[RowChange]:
    """What was ever done to a row."""
    return RowChange.objects.filter(project=project, kind=kind, row=pk)


def changes_by_revision(project: Project, revisions: Iterable[int]) -> dict[int, Change]:
    return {one.revision: one for one in changes_of(project).filter(revision__in=list(revisions))}


def logged(row: RowChange) -> Logged:
    return Logged(row.kind, row.row, row.before, row.after)
