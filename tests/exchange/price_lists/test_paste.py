"""A pasted price list: what each row becomes, before and after it is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from ahsp.catalog.models import AnalysisLine, Resource
from ahsp.catalog.queries import forget_catalog
from ahsp.estimates.models import ProjectPrice
from ahsp.exchange.price_lists.serializers import MOST_ROWS
from ahsp.projects.cells import CellsChanged
from ahsp.projects.models import Project
from tests.estimates.prices.commanding import CEMENT, SAND, WORKER, cell, command, factor, price
from tests.people import Cast

LIST = [
    ["No", "Uraian", "Satuan", "Harga Satuan (Rp)", "Sumber", "Tanggal"],
    ["A", "UPAH", "", "", "", ""],
    ["1", "pekerja", "oh", "125.000,00", "", ""],
    ["B", "BAHAN", "", "", "", ""],
    ["1", "Semen", "Sak", "65.000,5", "Toko A", "2/1/2026"],
    ["2", "PASIR ", "M³", "275.000,00", "Toko B", ""],
    ["3", "Batu kali", "m3", "200.000,00", "", ""],
    ["4", "Semen", "", "1.000,00", "", ""],
    ["5", "Pasir", "m3", "", "", ""],
]


def paste(project: Project, cast: Cast, rows: list[list[str]], **arguments: Any) -> Any:
    wanted = {"rows": rows, "version": project.revision, **arguments}
    return command(project, cast.budi, "prices.paste", **wanted)["result"]


def became(result: Any) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in result["rows"]]


def test_each_row_is_matched_by_name_and_unit_or_tells_why_not(filled: Project, cast: Cast) -> None:
    result = paste(filled, cast, LIST, dry_run=True)
    assert became(result) == [
        (3, "writes"), (5, "needs_conversion"), (6, "writes"), (7, "unknown"), (8, "wrong"),
    ]  # fmt: skip
    assert result["columns"] == ["", "resource", "unit", "price", "source", "dated"]
    assert (result["header"], result["unpriced"]) == (1, 1)
    assert result["rows"][1][7] == {"kind": "material", "name": "Semen", "unit": "kg"}
    assert "zak" not in result["rows"][1][10]
    assert "Sak" in result["rows"][1][10]
    assert result["rows"][0][5:10] == [
        "125000.00",
        "OH",
        {"kind": "labor", "name": "Pekerja", "unit": "OH"},
        "120000",
        "OH",
    ]
    assert not ProjectPrice.objects.exists()


def test_what_matches_is_written_with_where_it_is_from(filled: Project, cast: Cast) -> None:
    known = [factor("zak", "kg", "50")]
    told = {"source": "SSH Kota", "document": "Perwal 7", "dated": "2026-03-01"}
    result = paste(filled, cast, LIST, conversions=known, **told)
    assert became(result)[:3] == [(3, "writes"), (5, "converts"), (6, "writes")]
    assert (price(filled, WORKER), price(filled, SAND)) == (125_000, 275_000)
    assert price(filled, CEMENT) == Decimal("1300.01")
    own = {one.name: one for one in ProjectPrice.objects.all()}
    assert (own["Semen"].purchase_unit, own["Semen"].source, own["Semen"].dated) == ("zak", "Toko A", date(2026, 1, 2))
    assert (own["Pekerja"].source, own["Pekerja"].document) == ("SSH Kota", "Perwal 7")
    again = paste(filled, cast, LIST, **told)
    assert became(again)[:3] == [(3, "same"), (5, "same"), (6, "same")]
    command(filled, cast.budi, "changes.undo", revision=filled.revision, force=False)
    assert price(filled, SAND) is None


@pytest.mark.parametrize(
    ("typed", "notation", "expected"),
    [
        ("12.500", "auto", ("wrong", None)),
        ("12.500", "id", ("writes", "12500")),
        ("12.500", "en", ("writes", "12.500")),
        ("12,500", "id", ("writes", "12.500")),
        ("1,234.5", "auto", ("writes", "1234.5")),
        ("=B2*2", "auto", ("wrong", None)),
        ("#REF!", "auto", ("wrong", None)),
        ("-5", "auto", ("wrong", None)),
        ("0", "auto", ("wrong", None)),
        ("9999999999999", "auto", ("wrong", None)),
        ("Rp 1.250.000,-", "auto", ("writes", "1250000")),
    ],
)
def test_numbers_of_a_list(filled: Project, cast: Cast, typed: str, notation: str, expected: Any) -> None:
    rows = [["Nama", "Satuan", "Harga"], ["Pasir", "m3", typed]]
    (row,) = paste(filled, cast, rows, dry_run=True, notation=notation)["rows"]
    assert row[1] == expected[0]
    assert (row[5] is None) == (expected[1] is None)
    if expected[1]:
        assert Decimal(row[5]) == Decimal(expected[1])
    else:
        assert row[10]


def test_columns_are_told_from_what_stands_in_them_or_by_the_person(filled: Project, cast: Cast) -> None:
    rows = [["1", "kg", "Semen", "1.450,00", "Toko"], ["2", "m3", "Pasir", "275.000,00", "Toko"]]
    result = paste(filled, cast, rows, dry_run=True)
    assert result["columns"] == ["", "unit", "resource", "price", ""]
    assert became(result) == [(1, "writes"), (2, "writes")]
    chosen = ["", "unit", "resource", "price", "source"]
    paste(filled, cast, rows, columns=chosen, without=[2])
    assert ProjectPrice.objects.get().source == "Toko"
    wrong = paste(filled, cast, [["apa", "saja"]], dry_run=True)
    assert (wrong["rows"], "price" in wrong["columns"]) == ([], False)


def test_a_resource_that_stands_twice_with_two_prices_gets_neither(filled: Project, cast: Cast) -> None:
    rows = [["Nama", "Satuan", "Harga"], ["Pasir", "m3", "1.000.000"], ["pasir", "M3", "1.000.001"],
            ["Semen", "kg", "1.400,5"], ["Semen", "kg", "1.400,50"]]  # fmt: skip
    result = paste(filled, cast, rows)
    assert became(result) == [(2, "contradicts"), (3, "contradicts"), (4, "writes"), (5, "repeated")]
    assert ProjectPrice.objects.get().name == "Semen"


def test_a_name_in_several_units_needs_the_unit_that_is_meant(filled: Project, cast: Cast) -> None:
    hour = WORKER._replace(unit="OJ")
    made = Resource.objects.create(edition=filled.edition, kind="labor", name="Pekerja", unit="OJ")
    AnalysisLine.objects.filter(analysis__code="1.3", resource__name="Pekerja").update(resource=made)
    forget_catalog()
    rows = [["Nama", "Satuan", "Harga"], ["Pekerja", "OJ", "20.000,5"], ["Pekerja", "minggu", "800.000,0"]]
    result = paste(filled, cast, rows)
    assert became(result) == [(2, "writes"), (3, "several")]
    assert price(filled, hour) == Decimal("20000.5")
    assert price(filled, WORKER) == 120_000
    forget_catalog()


def test_a_price_that_somebody_wrote_after_the_preview_is_not_overwritten(filled: Project, cast: Cast) -> None:
    seen = filled.revision
    command(filled, cast.ani, "prices.set", cells=[cell(SAND, price="250000")])
    with pytest.raises(CellsChanged):
        paste(filled, cast, LIST, version=seen)
    assert price(filled, WORKER) == 120_000


@pytest.mark.parametrize("rows", [[], "x", [["a"] * 41], [["x" * 2_001]], [[7]], [["\x00"]], [["a"]] * (MOST_ROWS + 1)])
def test_what_is_no_list_is_refused_whole(filled: Project, cast: Cast, rows: Any) -> None:
    with pytest.raises(ValidationError):
        paste(filled, cast, rows)


def test_markup_in_a_list_stays_text(filled: Project, cast: Cast) -> None:
    rows = [["Nama", "Satuan", "Harga", "Sumber"], ["Pasir", "m3", "5.000,5", "<img src=x onerror=alert(1)>"]]
    paste(filled, cast, rows)
    assert ProjectPrice.objects.get().source == "<img src=x onerror=alert(1)>"
