"""Changes as bodies of the API."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from ahsp.accounts.models import Person
from ahsp.projects.log.queries import changes_by_revision, first_rows, logged
from ahsp.projects.log.readable import merged, readable
from ahsp.projects.models import Change, Project, RowChange

Body = dict[str, Any]


def person_body(person: Person | None) -> Body | None:
    return None if person is None else {"id": person.pk, "name": str(person), "initials": person.initials}


def change_body(change: Change) -> Body:
    return {
        "revision": change.revision,
        "act": change.act,
        "at": change.at,
        "person": person_body(change.person),
        "data": change.data,
        "row_count": change.row_count,
        "rows": [],
    }


def with_rows(project: Project, changes: Iterable[Change]) -> list[Body]:
    """Each change with the first of its rows."""
    bodies = [change_body(change) for change in changes]
    rows = first_rows(project, [body["revision"] for body in bodies])
    told = iter(readable(project, [one for body in bodies for one in rows.get(body["revision"], ())]))
    for body in bodies:
        body["rows"] = [next(told) for _ in rows.get(body["revision"], ())]
    return bodies


def moments(project: Project, rows: Iterable[RowChange]) -> list[Body]:
    """What was done to a row, latest first, each time with who did it and when."""
    found = [
        (revision, merged(logged(row) for row in reversed(list(written))))
        for revision, written in groupby(rows, key=lambda row: row.revision)
    ]
    changes = changes_by_revision(project, {revision for revision, _ in found})
    told = [(revision, one) for revision, written in found for one in written]
    bodies = readable(project, [one for _, one in told])
    for (revision, _), body in zip(told, bodies, strict=True):
        change = changes[revision]
        body |= {
            "revision": revision, "act": change.act, "at": change.at, "person": person_body(change.person),
        }  # fmt: skip
    return bodies
