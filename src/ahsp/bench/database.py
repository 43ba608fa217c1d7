"""The RAB of 1,000 work items from the database, against fetching the same rows with psycopg alone.

And the copy of that project.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ahsp.accounts.models import Organization, Person
from ahsp.catalog.models import Analysis, Edition
from ahsp.catalog.queries import forget_catalog
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.queries import priced_estimate
from ahsp.exchange.project_files import copy_project
from ahsp.prices.models import PriceBook
from ahsp.projects.models import Project

ITEMS = 1000
ROUNDS = 15
COPIES = 5


def measure() -> dict[str, Any]:
    """`queries`, median times in ms and their `ratio`; the project it makes is rolled back."""
    with transaction.atomic():
        project = _make_project()
        with CaptureQueriesContext(connection) as captured:
            _price(project.pk)
        statements = [query["sql"] for query in captured.captured_queries]
        ours, bare, ratio = _interleaved(lambda: _price(project.pk), lambda: _fetch(statements))
        person = Person.objects.create_user("bench@ahsp.example")
        copies = [_copy(project, person) for _ in range(COPIES)]
        transaction.set_rollback(True)
    return {
        "queries": len(statements),
        "estimate_ms": round(ours * 1000, 1),
        "fetch_ms": round(bare * 1000, 1),
        "ratio": round(ratio, 2),
        "copy_ms": round(statistics.median(copies) * 1000, 1),
    }


def _price(pk: int) -> None:
    # As in a process that has just started: the analyses are fetched too, as in the bare fetch beside it.
    forget_catalog()
    priced_estimate(Project.objects.select_related("price_book").get(pk=pk))


def _copy(project: Project, person: Person) -> float:
    """Seconds for a copy, settings and change entry included."""
    begin = time.perf_counter()
    copy_project(project=project, person=person)
    return time.perf_counter() - begin


def _make_project() -> Project:
    edition = Edition.objects.get(slug="ck-se47-2026")
    book = PriceBook.objects.get(slug="ck-se47-2026-example")
    organization = Organization.objects.create(name="bench")
    project = Project.objects.create(
        organization=organization, name="bench", edition=edition, price_book=book, vat_date=date(2026, 1, 1)
    )
    section = Section.objects.create(project=project, organization=organization, position=0, name="All")
    analyses = Analysis.objects.filter(edition=edition).order_by("position")[:ITEMS]
    WorkItem.objects.bulk_create(
        WorkItem(
            project=project,
            organization=organization,
            section=section,
            position=place,
            tag=place,
            number=str(place),
            code=analysis.code,
            analysis=analysis,
            description=analysis.name,
            unit=analysis.unit,
            quantity=Decimal(place) / 8,
        )
        for place, analysis in enumerate(analyses, 1)
    )
    return project


def _fetch(statements: list[str]) -> None:
    """The same statements on the same connection, through psycopg and nothing else."""
    raw: psycopg.Connection[Any] = connection.connection
    with raw.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.encode())
            cursor.fetchall()


def _interleaved(ours: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float, float]:
    """The medians of both, and the median of the ratios of runs side by side."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for spent, act in zip(times, (ours, bare), strict=True):
            begin = time.perf_counter()
            act()
            spent.append(time.perf_counter() - begin)
    ratio = statistics.median(one / other for one, other in zip(*times, strict=True))
    return statistics.median(times[0]), statistics.median(times[1]), ratio
