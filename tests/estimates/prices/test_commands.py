"""Prices of a project lie over those of its book: set, cleared, converted, undone, and written by two people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from ahsp.core.errors import AhspError, Forbidden, NotFound, Refused
from ahsp.estimates.models import ProjectConversion, ProjectPrice
from ahsp.estimates.prices.conversions import PricesNeedIt
from ahsp.exchange.project_files import dump
from ahsp.prices.models import Conversion
from ahsp.projects.cells import CellsChanged, CellsRefused
from ahsp.projects.models import Change, Project
from ahsp.workspace.row_figures import row_figures
from tests.estimates.prices.commanding import CEMENT, SAND, WORKER, cell, command, factor, found, place, price
from tests.people import Cast


def refusals(caught: Any) -> list[tuple[str, str, str]]:
    return [(one["key"], one["field"], one["code"]) for one in caught.value.more["errors"]]


def test_a_price_typed_counts_instead_of_the_book_s_and_clearing_it_goes_back(filled: Project, cast: Cast) -> None:
    body = command(filled, cast.budi, "prices.set", cells=[cell(WORKER, price="125.000,50", source="Survei")])
    assert price(filled, WORKER) == Decimal("125000.50")
    assert body["result"] == {"written": 1, "cleared": 0, "prices": {"Pekerja/OH": "125000.50"}}
    (row,) = body["rows"]
    assert (row["key"][0], row["name"], row["source"], row["version"]) == ("r", "Pekerja", "Survei", filled.revision)
    own = ProjectPrice.objects.get()
    assert (own.dated, own.purchase_unit, own.organization_id) == (timezone.localdate(), "", cast.office.pk)
    command(filled, cast.budi, "prices.set", cells=[cell(WORKER, price="")])
    assert price(filled, WORKER) == 120_000
    assert not ProjectPrice.objects.exists()


def test_a_missing_price_typed_completes_the_estimate(filled: Project, cast: Cast) -> None:
    row_figures(filled)
    body = command(filled, cast.budi, "prices.set", cells=[cell(SAND, price="275.000")])
    assert price(filled, SAND) == 275_000
    # Only the item without a quantity is left.
    assert (body["totals"]["incomplete"], body["totals"]["item_count"]) == (1, 4)
    changed = {row[0] for row in body["figures"]["rows"]}
    assert len(changed) == 2  # the item and its section


def test_a_dry_run_tells_the_totals_and_writes_nothing(filled: Project, cast: Cast) -> None:
    revision = filled.revision
    body = command(filled, cast.budi, "prices.set", dry_run=True, cells=[cell(SAND, price="275000")])
    # 10 x 107,360 + 4 x 1.1 x (36,000 + 330,000) + 20 x 34,622.50
    assert body["totals"]["subtotal"] == "3376450.00"
    assert (filled.revision, ProjectPrice.objects.exists()) == (revision, False)


def test_a_price_per_purchase_unit_needs_its_factor_and_takes_both_in_one_act(filled: Project, cast: Cast) -> None:
    per_bag = cell(CEMENT, price="65.000", purchase_unit="Zak")
    with pytest.raises(CellsRefused) as caught:
        command(filled, cast.budi, "prices.set", cells=[per_bag])
    (problem,) = caught.value.more["errors"]
    assert (problem["code"], problem["field"]) == ("price.needs_conversion", "purchase_unit")
    assert problem["data"] == {"name": "Semen", "from_unit": "Zak", "to_unit": "kg"}
    command(filled, cast.budi, "prices.set", cells=[per_bag], conversions=[factor("zak", "KG", "50")])
    one = found(filled, CEMENT)
    assert one is not None
    assert (one.price, one.source.unit, one.factor, one.recorded) == (1_300, "zak", Decimal("0.02"), CEMENT)
    own = ProjectConversion.objects.get()
    assert (own.from_unit, own.to_unit, own.factor) == ("zak", "kg", 50)
    command(filled, cast.budi, "changes.undo", revision=filled.revision, force=False)
    assert not ProjectConversion.objects.exists()
    assert price(filled, CEMENT) == 1_300


def test_a_factor_of_the_book_or_the_hours_of_the_project_bridge_units_too(filled: Project, cast: Cast) -> None:
    Conversion.objects.create(book=filled.price_book, name="Semen", from_unit="zak", to_unit="kg", factor=40)
    cells = [cell(CEMENT, price="60000", purchase_unit="sak"), cell(WORKER, price="20000", purchase_unit="OJ")]
    command(filled, cast.budi, "prices.set", cells=cells)
    assert (price(filled, CEMENT), price(filled, WORKER)) == (1_500, 140_000)
    # The project's own factor wins over the book's.
    command(filled, cast.budi, "conversions.set", conversions=[factor("zak", "kg", "50")])
    assert price(filled, CEMENT) == 1_200


def test_where_a_price_is_from_belongs_to_one_of_the_project(filled: Project, cast: Cast) -> None:
    with pytest.raises(CellsRefused) as caught:
        command(filled, cast.budi, "prices.set", cells=[cell(WORKER, source="Survei")])
    assert refusals(caught) == [("Pekerja/OH", "source", "price.none_of_own")]
    command(filled, cast.budi, "prices.set", cells=[cell(WORKER, price="1000", dated="2-1-2026")])
    command(filled, cast.budi, "prices.set", cells=[cell(WORKER, document="SK 12", region="Kota", note="PPN 0")])
    own = ProjectPrice.objects.get()
    assert (own.dated, own.document, own.region, own.note) == (date(2026, 1, 2), "SK 12", "Kota", "PPN 0")
    # Another price was not asked on the old day.
    command(filled, cast.budi, "prices.set", cells=[cell(WORKER, price="2000")])
    own.refresh_from_db()
    assert (own.dated, own.document) == (timezone.localdate(), "SK 12")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("=A1*2", "price.unreadable"),
        ("12,500", "price.ambiguous"),
        ("1,234.56", "price.unreadable"),
        ("12.50", "price.unreadable"),
        ("seribu", "price.unreadable"),
        ("-5", "price.negative"),
        ("1" + "0" * 12, "price.absurd"),
        ("9" * 50, "price.unreadable"),
    ],
)
def test_what_is_no_price_is_refused_where_it_stands(filled: Project, cast: Cast, typed: str, code: str) -> None:
    cells = [cell(SAND, price="1000"), cell(WORKER, price=typed)]
    with pytest.raises(CellsRefused) as caught:
        command(filled, cast.budi, "prices.set", cells=cells)
    assert refusals(caught) == [("Pekerja/OH", "price", code)]
    assert caught.value.more["errors"][0]["detail"] != code
    assert not ProjectPrice.objects.exists()


@pytest.mark.parametrize(
    ("typed", "value"), [("12.500", "12500"), ("Rp 1.234,5", "1234.5"), ("0", "0"), ("7,25", "7.25")]
)
def test_numbers_are_read_as_they_are_written_here(filled: Project, cast: Cast, typed: str, value: str) -> None:
    command(filled, cast.budi, "prices.set", cells=[cell(WORKER, price=typed)])
    assert price(filled, WORKER) == Decimal(value)


def test_every_cell_that_is_wrong_is_told_at_once(filled: Project, cast: Cast) -> None:
    unknown = CEMENT._replace(name="Semen putih")
    cells = [
        cell(WORKER, price="1", dated="31/02/2026"), cell(SAND, price="x"), cell(unknown, price="1"),
        cell(CEMENT, price="1", purchase_unit="truk", source="s" * 301), cell(WORKER, price="2"),
    ]  # fmt: skip
    with pytest.raises(CellsRefused) as caught:
        command(filled, cast.budi, "prices.set", cells=cells)
    assert sorted(refusals(caught)) == [
        ("Pasir/m3", "price", "price.unreadable"),
        ("Pekerja/OH", "dated", "price.date"),
        ("Pekerja/OH", "price", "resource.twice"),
        ("Semen putih/kg", "price", "resource.unknown"),
        ("Semen/kg", "purchase_unit", "price.needs_conversion"),
        ("Semen/kg", "source", "price.too_long"),
    ]


def test_two_people_in_one_price_see_both_values(filled: Project, cast: Cast) -> None:
    seen = filled.revision
    command(filled, cast.ani, "prices.set", cells=[cell(SAND, seen, price="250000")])
    for version in (seen, filled.revision - 1):
        with pytest.raises(CellsChanged) as caught:
            command(filled, cast.budi, "prices.set", cells=[cell(SAND, version, price="275000")])
        (conflict,) = caught.value.more["conflicts"]
        told = (conflict["key"], conflict["field"], conflict["yours"], conflict["theirs"], conflict["person"])
        assert told == ("Pasir/m3", "price", "275000", "250000", "Ani")
    # Another cell of the row is free, and who saw the price may write over it.
    command(filled, cast.budi, "prices.set", cells=[cell(SAND, seen, note="di lokasi")])
    command(filled, cast.budi, "prices.set", cells=[cell(SAND, filled.revision, price="275000")])
    assert price(filled, SAND) == 275_000


def test_a_price_that_somebody_took_back_meanwhile_is_a_conflict(filled: Project, cast: Cast) -> None:
    command(filled, cast.ani, "prices.set", cells=[cell(WORKER, price="1")])
    seen = filled.revision
    command(filled, cast.ani, "prices.reset", resources=[place(WORKER, seen)])
    with pytest.raises(CellsChanged):
        command(filled, cast.budi, "prices.set", cells=[cell(WORKER, seen, price="2")])
    command(filled, cast.ani, "prices.set", cells=[cell(WORKER, seen, price="3")])
    assert price(filled, WORKER) == 3


def test_resetting_and_undoing_it_bring_back_the_whole_row(filled: Project, cast: Cast) -> None:
    values = {"price": "1000", "source": "Toko A", "dated": "1/2/2026"}
    command(filled, cast.budi, "prices.set", cells=[cell(WORKER, **values), cell(SAND, price="5")])
    before = {**dump(filled), "revision": 0}
    body = command(filled, cast.budi, "prices.reset", resources=[place(WORKER), place(CEMENT)])
    assert len(body["removed"]) == 1
    assert price(filled, WORKER) == 120_000
    command(filled, cast.budi, "changes.undo", revision=filled.revision, force=False)
    assert {**dump(filled), "revision": 0} == before
    with pytest.raises(Refused):
        command(filled, cast.budi, "prices.reset", resources=[place(CEMENT)])


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (factor("zak", "kg", "0"), "conversion.factor"),
        (factor("zak", "kg", ""), "conversion.factor"),
        (factor("zak", "kg", "-50"), "conversion.factor"),
        (factor("zak", "kg", "1,400"), "price.ambiguous"),
        (factor("kg", "Kgs", "2"), "conversion.same_unit"),
        (factor("zak", "", "2"), "conversion.unit_missing"),
        (factor("OH", "jam", "8", "Pekerja"), "conversion.labor"),
        (factor("ton", "zak", "25"), "conversion.contradicts"),
    ],
)
def test_a_factor_that_says_nothing_or_another_thing_is_refused(
    filled: Project, cast: Cast, wanted: dict[str, str], code: str
) -> None:
    known = [factor("zak", "kg", "50"), factor("ton", "kg", "1000")]
    command(filled, cast.budi, "conversions.set", conversions=known)
    with pytest.raises(CellsRefused) as caught:
        command(filled, cast.budi, "conversions.set", conversions=[wanted])
    assert [one["code"] for one in caught.value.more["errors"]] == [code]
    assert ProjectConversion.objects.count() == 2


def test_a_factor_written_again_is_changed_whichever_way_round(filled: Project, cast: Cast) -> None:
    command(filled, cast.budi, "conversions.set", conversions=[factor("zak", "kg", "50")])
    body = command(filled, cast.budi, "conversions.set", conversions=[factor("kg", "Zak", "0,025")])
    assert body["result"]["conversions"] == [f"c{ProjectConversion.objects.get().pk}"]
    own = ProjectConversion.objects.get()
    assert (own.from_unit, own.to_unit, own.factor) == ("kg", "zak", Decimal("0.025"))


def test_a_factor_that_prices_rest_on_goes_only_when_that_is_meant(filled: Project, cast: Cast) -> None:
    cells = [cell(CEMENT, price="65000", purchase_unit="zak")]
    command(filled, cast.budi, "prices.set", cells=cells, conversions=[factor("zak", "kg", "50")])
    key = f"c{ProjectConversion.objects.get().pk}"
    with pytest.raises(PricesNeedIt) as caught:
        command(filled, cast.budi, "conversions.remove", keys=[key])
    assert caught.value.more["affected"] == ["Semen (kg)"]
    body = command(filled, cast.budi, "conversions.remove", keys=[key], confirmed=True)
    # Nothing is silently zero or silently the book's: it is missing and says so.
    assert price(filled, CEMENT) is None
    assert body["totals"]["incomplete"] == 3
    with pytest.raises(NotFound):
        command(filled, cast.budi, "conversions.remove", keys=[key])
    command(filled, cast.budi, "changes.undo", revision=filled.revision, force=False)
    assert price(filled, CEMENT) == 1_300


def test_who_only_looks_writes_no_price_and_nothing_same_is_written_twice(filled: Project, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        command(filled, cast.citra, "prices.set", cells=[cell(SAND, price="1")])
    with pytest.raises(AhspError):
        command(filled, cast.dedi, "prices.set", cells=[cell(SAND, price="1")])
    command(filled, cast.budi, "prices.set", cells=[cell(SAND, price="1")])
    revision = filled.revision
    body = command(filled, cast.budi, "prices.set", cells=[cell(SAND, price="1,00")])
    assert (body["made"], filled.revision) == (None, revision)
    assert Change.objects.filter(project=filled, act="prices.set").get().data["resources"] == ["Pasir (m3)"]
