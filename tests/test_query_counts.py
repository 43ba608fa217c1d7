"""How many questions each page asks of the database: first when no cache knows anything, then when all do.

The session and the person are counted. A number here changes only on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ahsp.catalog.finder import find
from ahsp.catalog.queries import read_catalog
from ahsp.core.revision_cache import forget_memory
from ahsp.estimates.models import WorkItem
from ahsp.estimates.services import import_boq
from ahsp.projects.models import Project
from tests.builders import bill
from tests.people import Cast, sign_in

BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 10
2 | 1.2 | Urugan pasir | m3 | 4
# Lain-lain
3 |     | Mobilisasi | ls | 1 | 5000000
"""


@dataclass(frozen=True)
class Row:
    """Queries of a page cold (session, person, the page's own) and warm."""

    cold: int
    warm: int


TABLE = {
    "estimates:projects": Row(7, 3),
    "estimates:spend_csv": Row(7, 3),
    "estimates:suggest_projects": Row(4, 3),
    "estimates:rab": Row(7, 2),
    "estimates:recap": Row(7, 2),
    "estimates:item": Row(12, 2),
    "estimates:table_csv": Row(7, 6),
    "estimates:analysis": Row(6, 5),
    "projects:settings": Row(8, 3),
    "projects:create": Row(8, 7),
    "catalog:index": Row(3, 2),
    "catalog:edition": Row(6, 4),
    "catalog:suggest": Row(4, 3),
    "jobs:index": Row(3, 2),
    "workspace:shell": Row(3, 2),
}


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    import_boq(
        project=project, person=cast.ani, children=bill(BILL), replace=True, source="x", expected=project.revision
    )
    return project


def address(name: str, project: Project) -> str:
    if name == "estimates:item":
        item = WorkItem.objects.filter(project=project).order_by("position")[0]
        return reverse(name, args=[project.code, item.pk])
    if name in {"estimates:rab", "estimates:recap", "projects:settings", "workspace:shell"}:
        return reverse(name, args=[project.code])
    if name == "estimates:table_csv":
        return reverse(name, args=[project.code, "recap"])
    if name == "estimates:analysis":
        return reverse(name, args=[project.edition.slug, "1.1"])
    if name in {"catalog:edition", "catalog:suggest"}:
        return reverse(name, args=[project.edition.slug]) + ("?q=galian" if name == "catalog:suggest" else "")
    return reverse(name)


def asked(client: Client, where: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(where)
    assert answer.status_code == 200
    return [one["sql"][:160] for one in captured.captured_queries]


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_page_asks_as_often_as_its_row_says(name: str, filled: Project, cast: Cast) -> None:
    client = sign_in(cast.ani)
    where = address(name, filled)
    # A process reads the catalog, and makes the index of its search, before its first request.
    read_catalog()
    find(filled.edition, "galian", limit=1)
    forget_memory()
    cache.clear()
    for expected in (TABLE[name].cold, TABLE[name].warm):
        statements = asked(client, where)
        assert len(statements) == expected, "\n".join([f"{len(statements)} and not {expected}:", *statements])
