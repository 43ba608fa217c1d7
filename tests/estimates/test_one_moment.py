"""Figures while others write: of one revision or of the next, and of nothing in between."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from ahsp.core.revision_cache import forget_memory
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.estimates import queries
from ahsp.estimates.analyses.where import uses_of_resource
from ahsp.estimates.kept_bills import kept_bills
from ahsp.estimates.models import WorkItem
from ahsp.estimates.queries import priced_estimate
from ahsp.exchange.exports import rab_document
from ahsp.projects.models import Project
from ahsp.projects.services import change_settings
from ahsp.workspace.row_figures import figures_at, row_figures
from tests.acting import act
from tests.estimates.test_queries import write
from tests.people import Cast

pytestmark = pytest.mark.django_db(transaction=True)
BILL = "1 | 1.1 | Galian tanah | m3 | 10\n2 | 1.1 | Galian lagi | m3 | 4"


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    write(project, cast, BILL)
    return seen(project)


def seen(project: Project) -> Project:
    """The project as somebody reads it now."""
    return Project.objects.select_related("edition", "price_book").get(pk=project.pk)


def elsewhere(what: Callable[[], Any]) -> None:
    """As another process does it: on a connection of its own."""

    def run() -> None:
        try:
            what()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result(30)


@pytest.fixture
def in_between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Something happens once, after the rows of the bill were read and before the analyses are."""
    load = queries.load_own_analyses

    def set_up(what: Callable[[], Any]) -> None:
        kept_bills.forget()
        waiting = [what]

        def loading(projects: Any) -> Any:
            if waiting:
                elsewhere(waiting.pop())
            return load(projects)

        monkeypatch.setattr(queries, "load_own_analyses", loading)

    return set_up


def total_of(project: Project) -> str:
    return f"{priced_estimate(seen(project)).rounded_total:f}"


def three_changes(project: Project, cast: Cast) -> Callable[[], None]:
    """A quantity, a price and the rate of overhead: some of them alone do not give the total of all."""

    def change() -> None:
        item = WorkItem.objects.filter(project=project).order_by("pk")[0]
        cell = {"key": f"i{item.pk}", "version": None, "values": {"quantity": "99"}}
        act(seen(project), cast.budi, "items.set", cells=[cell])
        worker = {"kind": "labor", "name": "Pekerja", "unit": "OH"}
        act(
            seen(project),
            cast.budi,
            "prices.set",
            cells=[{"resource": worker, "version": None, "values": {"price": "1"}}],
        )
        now = seen(project)
        change_settings(project=now, person=cast.budi, expected=now.revision, values={"overhead": Decimal(12)})

    return change


def test_what_is_kept_is_of_one_revision(filled: Project, cast: Cast, in_between: Any) -> None:
    begun, before = filled.revision, total_of(filled)
    in_between(three_changes(filled, cast))
    assert row_figures(filled).totals["rounded_total"] == before
    assert filled.revision == begun
    forget_memory()
    kept = figures_at(seen(filled), begun)
    assert kept is not None
    assert kept.totals["rounded_total"] == before
    now = seen(filled)
    assert row_figures(now).totals["rounded_total"] == total_of(filled) != before


def test_who_begins_with_a_project_that_was_written_since_tells_of_it_as_it_is(filled: Project, cast: Cast) -> None:
    begun = filled.revision
    three_changes(filled, cast)()
    told = row_figures(filled)
    assert (filled.revision, filled.overhead) == (begun + 3, Decimal(12))
    assert told.totals["revision"] == begun + 3
    assert told.totals["rounded_total"] == total_of(filled)
    assert figures_at(seen(filled), begun) is None


def test_settings_that_changed_while_a_command_waited_count(filled: Project, cast: Cast) -> None:
    first, second = WorkItem.objects.filter(project=filled).order_by("pk")
    three_changes(filled, cast)()
    cell = {"key": f"i{second.pk}", "version": None, "values": {"quantity": "5"}}
    act(filled, cast.ani, "items.set", cells=[cell])
    assert filled.overhead == Decimal(12)
    assert row_figures(filled).totals["rounded_total"] == total_of(filled)
    first.refresh_from_db()
    assert first.quantity == Decimal(99)


@pytest.mark.parametrize("read", ["document", "uses"])
def test_an_analysis_that_comes_and_goes_while_one_reads_breaks_nothing(
    filled: Project, cast: Cast, in_between: Any, read: str
) -> None:
    item = WorkItem.objects.filter(project=filled).order_by("pk")[0]
    made = act(seen(filled), cast.budi, "analyses.modify", reference="1.1", items=[f"i{item.pk}"], code="")
    now = seen(filled)
    before = total_of(now)
    in_between(lambda: act(seen(filled), cast.budi, "changes.undo", revision=now.revision))
    if read == "document":
        assert f"{rab_document(now, 'id').estimate.rounded_total:f}" == before
    else:
        told = uses_of_resource(now, Resource(ResourceKind.LABOR, "Pekerja", "OH"))
        assert told["item_count"] == 2
    assert made
