"""The API shows the rupiah of the one priced estimate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ahsp.estimates.queries import priced_estimate
from ahsp.projects.models import Project
from tests.api.program import Program, read
from tests.people import Cast


@pytest.fixture
def citra(filled: Project, cast: Cast) -> Program:
    return Program(cast.citra, filled)


def _decimals(value: Any) -> list[Any]:
    """Everything below `value` that is a binary fraction."""
    if isinstance(value, dict):
        return [found for inside in value.values() for found in _decimals(inside)]
    if isinstance(value, list):
        return [found for inside in value for found in _decimals(inside)]
    return [value] if isinstance(value, float) else []


def figure(citra: Program, name: str) -> Any:
    body = read(citra.inside("get", f"{name}/"))
    assert not _decimals(body)
    assert body["revision"] == 2
    return body


def test_the_recapitulation(citra: Program, filled: Project) -> None:
    body = figure(citra, "recap")
    estimate = priced_estimate(filled)
    assert body["subtotal"] == str(estimate.subtotal) == "6232000.00"
    assert (body["vat"]["rate"], body["vat"]["base_fraction"], body["vat"]["amount"]) == ("0.12", "11/12", "685520.00")
    assert (body["rounded_total"], body["complete"], body["incomplete"]) == ("6917520.00", False, 3)
    assert [(row["name"], row["amount"], row["incomplete"]) for row in body["rows"]] == [
        ("Tanah", "1232000.00", 1),
        ("Lain-lain", "5000000.00", 2),
    ]


def test_the_detailed_rab_has_every_row_with_what_is_wrong(citra: Program) -> None:
    rows = figure(citra, "rab")["rows"]
    assert [(row["level"], row["name"], row["amount"], row["status"]) for row in rows] == [
        (0, "Tanah", "1232000.00", "PARTIAL"),
        (1, "Galian tanah", "1073600.00", "PRICED"),
        (1, "Urugan pasir", "158400.00", "PARTIAL"),
        (0, "Lain-lain", "5000000.00", "PARTIAL"),
        (1, "Mobilisasi", "5000000.00", "PRICED"),
        (1, "Belum dihargai", None, "UNPRICED"),
        (1, "Plesteran", None, "PARTIAL"),
    ]
    assert rows[1]["parent"] == rows[0]["id"]
    assert [issue["code"] for issue in rows[2]["issues"]] == ["analysis.partial"]
    assert rows[4]["own_price"]


def test_needs_tie_out_to_the_direct_cost_as_printed(citra: Program) -> None:
    body = figure(citra, "resource-needs")
    assert [(n["kind"], n["name"], n["quantity"], n["cost"], n["complete"]) for n in body["results"]] == [
        ("labor", "Mandor", "0.380", "76000.00", True),
        ("labor", "Pekerja", "8.70", "1044000.00", True),
        ("material", "Pasir", "4.8", None, False),
    ]
    tie_out = {name: Decimal(value) for name, value in body["tie_out"].items()}
    assert tie_out["needs"] + tie_out["rounding"] == tie_out["direct_cost"] == 1_120_000
    spend = {name: Decimal(value) for name, value in body["spend"].items()}
    kinds = spend["labor"] + spend["material"] + spend["equipment"]
    assert kinds + spend["difference"] == spend["direct_cost"]
    whole = spend["direct_cost"] + spend["overhead_and_profit"] + spend["own_prices"] + spend["rounding"]
    assert whole == spend["subtotal"] == 6_232_000
    assert (body["without_quantity"], body["without_analysis"]) == (1, 2)


def test_prices_missing_first_also_of_items_without_quantity(citra: Program) -> None:
    body = figure(citra, "prices")
    assert [(row["name"], row["price"]) for row in body["results"]] == [
        ("Pasir", None),
        ("Mandor", "200000"),
        ("Pekerja", "120000"),
        ("Semen", "1300"),
    ]
    assert (body["missing"], body["book"]["slug"], body["book"]["is_example"]) == (1, "harga-uji", True)


def test_unit_prices_of_what_is_used(citra: Program) -> None:
    digging = figure(citra, "pricing")["results"][0]
    figures = {name: digging[name] for name in ("labor", "direct_cost", "overhead_and_profit", "exact", "unit_price")}
    assert figures == {
        "labor": "97600.000",
        "direct_cost": "97600.000",
        "overhead_and_profit": "9760.000000",
        "exact": "107360.000000",
        "unit_price": "107360.00",
    }


def test_quantities_and_checks(citra: Program) -> None:
    quantities = figure(citra, "quantities")
    assert ([row["quantity"] for row in quantities["results"]], quantities["missing"]) == (
        ["10", "4", "1", "2", None],
        1,
    )
    checks = figure(citra, "checks")
    assert [(row["description"], [issue["code"] for issue in row["issues"]]) for row in checks["results"]] == [
        ("Urugan pasir", ["analysis.partial"]),
        ("Belum dihargai", ["item.unpriced"]),
        ("Plesteran", ["quantity.missing"]),
    ]


def test_chart_data(citra: Program) -> None:
    body = figure(citra, "chart-data")
    assert [(row["name"], row["share"]) for row in body["by_section"]] == [
        ("Tanah", "0.197689"),
        ("Lain-lain", "0.802311"),
    ]
    items = body["pareto"]["items"]
    assert [(row["name"], row["grade"]) for row in items] == [
        ("Mobilisasi", "A"),
        ("Galian tanah", "B"),
        ("Urugan pasir", "C"),
    ]
    assert items[-1]["cumulative"] == "1.000000"
    assert [row["name"] for row in body["pareto"]["resources"]] == ["Pekerja", "Mandor"]
    assert body["curve"] is None


def test_a_unit_price_sheet_says_where_each_figure_is_from(citra: Program) -> None:
    row = read(citra.inside("get", "tree/"))["rows"][1]
    sheet = figure(citra, f"items/{row['id']}/pricing")
    labor = next(group for group in sheet["groups"] if group["letter"] == "A")
    assert [(line["name"], line["coefficient"], line["price"], line["amount"]) for line in labor["lines"]] == [
        ("Pekerja", "0.75", "120000", "90000.00"),
        ("Mandor", "0.038", "200000", "7600.000"),
    ]
    assert sheet["sources"]["edition"]["slug"] == "uji-2026"
    assert sheet["sources"]["price_book"]["is_example"]
    assert (sheet["unit_price"], sheet["quantity"], sheet["amount"]) == ("107360.00", "10", "1073600.00")
