"""A bill is read again after whatever may have changed it, and after nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ahsp.estimates.kept_bills import LEAVE_THE_BILL, Bill, KeptBills, kept_bills
from ahsp.estimates.models import ProjectConversion, WorkItem
from ahsp.estimates.prices import commands as of_prices
from ahsp.estimates.queries import load_estimate, priced_estimate
from ahsp.exchange.price_lists import commands as of_lists
from ahsp.projects import commands
from ahsp.projects.models import Change, Project
from ahsp.projects.services import change_settings
from tests.acting import act, carry_out, look
from tests.estimates.test_queries import write
from tests.people import Cast

pytestmark = pytest.mark.django_db(transaction=True)
BILL = "1 | 1.1 | Galian tanah | m3 | 10\n2 | 1.1 | Galian lagi | m3 | 4"
WORKER = {"kind": "labor", "name": "Pekerja", "unit": "OH"}
CELL = {"resource": WORKER, "version": None, "values": {"price": "150000"}}
UNITS = {"name": "Pekerja", "from_unit": "regu", "to_unit": "OH", "factor": "4", "note": ""}


@pytest.fixture
def filled(project: Project, cast: Cast) -> Iterator[Project]:
    kept_bills.forget()
    write(project, cast, BILL)
    load_estimate(seen(project))
    yield project
    kept_bills.forget()


def seen(project: Project) -> Project:
    """The project as somebody reads it now."""
    return Project.objects.select_related("edition", "price_book").get(pk=project.pk)


def reads_rows(project: Project) -> bool:
    """Whether pricing the project asks for the rows of its bill; what it gives is compared with a fresh reading."""
    with CaptureQueriesContext(connection) as captured:
        found = priced_estimate(seen(project))
    kept_bills.forget()
    assert found == priced_estimate(seen(project))
    return any('FROM "estimates_workitem"' in query["sql"] for query in captured.captured_queries)


def test_the_acts_that_leave_a_bill_are_those_of_prices() -> None:
    files = {of_prices.__name__, of_lists.__name__}
    acts = {name: one for name, one in commands.commands().items() if one.act.__module__ in files}
    assert acts.keys() == LEAVE_THE_BILL
    assert all("prices" in one.also for one in acts.values())


def test_prices_and_conversions_leave_the_bill(filled: Project, cast: Cast) -> None:
    before = priced_estimate(seen(filled)).rounded_total
    for name, arguments in (
        ("prices.set", {"cells": [CELL]}),
        ("conversions.set", {"conversions": [UNITS]}),
    ):
        act(seen(filled), cast.budi, name, **arguments)
    assert not reads_rows(filled)
    assert priced_estimate(seen(filled)).rounded_total != before
    key = f"c{ProjectConversion.objects.get(project=filled).pk}"
    act(seen(filled), cast.budi, "conversions.remove", keys=[key])
    act(seen(filled), cast.budi, "prices.reset", resources=[{"resource": WORKER, "version": None}])
    assert not reads_rows(filled)
    assert priced_estimate(seen(filled)).rounded_total == before


def test_the_answer_brings_the_prices_as_they_are_read(filled: Project, cast: Cast) -> None:
    told = carry_out(cast.budi, seen(filled), "prices.set", cells=[CELL])
    read = look(cast.budi, filled, "prices-grid/")
    assert told["prices"] == read
    assert told["prices"]["revision"] == told["revision"]
    row = next(dict(zip(read["columns"], one, strict=True)) for one in read["rows"] if "150000" in one)
    assert (row["name"], row["state"]) == ("Pekerja", "own")
    assert "prices" not in carry_out(cast.budi, seen(filled), "prices.set", dry_run=True, cells=[CELL])


@pytest.mark.parametrize("name", ["items.set", "analyses.modify", "changes.undo", "settings", "rows.remove"])
def test_after_anything_else_it_is_read_again(filled: Project, cast: Cast, name: str) -> None:
    item = WorkItem.objects.filter(project=filled).order_by("pk")[0]
    act(seen(filled), cast.budi, "prices.set", cells=[CELL])
    assert not reads_rows(filled)
    now = seen(filled)
    if name == "settings":
        change_settings(project=now, person=cast.ani, expected=now.revision, values={"numbering": "letters"})
    else:
        arguments: dict[str, dict[str, Any]] = {
            "items.set": {"cells": [{"key": f"i{item.pk}", "version": None, "values": {"quantity": "99"}}]},
            "analyses.modify": {"reference": "1.1", "items": [f"i{item.pk}"], "code": ""},
            "changes.undo": {"revision": now.revision},
            "rows.remove": {"keys": [f"i{item.pk}"]},
        }
        act(now, cast.budi, name, **arguments[name])
    act(seen(filled), cast.budi, "prices.set", cells=[{**CELL, "values": {"price": "160000"}}])
    assert reads_rows(filled)


def test_a_backup_that_counts_the_same_revisions_again_is_another_bill(filled: Project) -> None:
    latest = Change.objects.filter(project=filled).latest("revision")
    Change.objects.filter(pk=latest.pk).update(at=latest.at - timedelta(days=1))
    assert reads_rows(filled)


def test_what_is_only_tried_is_told_and_not_kept(filled: Project, cast: Cast) -> None:
    item = WorkItem.objects.filter(project=filled).order_by("pk")[0]
    cell = {"key": f"i{item.pk}", "version": None, "values": {"quantity": "99"}}
    before = priced_estimate(seen(filled)).rounded_total
    tried = carry_out(cast.budi, seen(filled), "items.set", dry_run=True, cells=[cell])
    assert tried["totals"]["rounded_total"] != f"{before:f}"
    assert priced_estimate(seen(filled)).rounded_total == before


def test_in_the_middle_of_writing_the_rows_themselves_count(filled: Project) -> None:
    with transaction.atomic():
        WorkItem.objects.filter(project=filled).update(quantity=7)
        assert {one.item.quantity for one in priced_estimate(seen(filled)).items()} == {7}
        transaction.set_rollback(True)
    assert {one.item.quantity for one in priced_estimate(seen(filled)).items()} == {10, 4}


def test_no_more_is_kept_than_a_process_has_room_for(
    filled: Project, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bill = Bill((), {}, {}, frozenset(), 3)
    monkeypatch.setattr("ahsp.estimates.kept_bills.only_reads", lambda: True)
    few = KeptBills(5)
    few.keep(seen(filled), bill._replace(item_count=6))
    assert few.find(seen(filled)) is None
    few.keep(seen(filled), bill)
    assert few.find(seen(filled)) == bill
    other = Project.objects.create(
        organization=cast.office, name="lain", edition=filled.edition, price_book=filled.price_book,
        vat_date=filled.vat_date,
    )  # fmt: skip
    Change.objects.create(project=other, organization=cast.office, revision=other.revision, act="project.create")
    few.keep(seen(other), bill)
    assert few.find(seen(filled)) is None
    assert few.find(seen(other)) == bill
