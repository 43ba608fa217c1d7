"""What the API tells of analyses: the list, one against its reference, who uses what, where figures are from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ahsp.core.errors import NotFound
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.estimates.analyses.bodies import analyses_body, analysis_body
from ahsp.estimates.analyses.resources import suggested_resources
from ahsp.estimates.analyses.where import uses_of_analysis, uses_of_resource, where_from
from ahsp.estimates.models import ProjectConversion, ProjectPrice
from ahsp.projects.models import Project
from tests.estimates.analyses.acts import fill, item, lines, own, run
from tests.people import Cast

WORKER = Resource(ResourceKind.LABOR, "Pekerja", "OH")


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    fill(project, cast.ani)
    return project


def table(project: Project) -> dict[str, dict[str, Any]]:
    body = analyses_body(project)
    return {row["code"]: row for row in (dict(zip(body["columns"], one, strict=True)) for one in body["rows"])}


def test_the_list_has_what_is_used_nested_or_own(filled: Project, cast: Cast) -> None:
    run(filled, cast.ani, "analyses.modify", reference="1.1", items=[f"i{item(filled, '1').pk}"])
    run(filled, cast.ani, "analyses.add", code="LUAR", name="Luar", unit="m")
    found = table(filled)
    assert list(found) == ["1.1", "1.1-M1", "1.3", "2.1", "2.2", "LUAR"]
    told = {code: (row["sort"], row["items"], row["nested"], row["status"]) for code, row in found.items()}
    assert told == {
        "1.1": ("reference", 1, False, "PRICED"),
        "1.1-M1": ("modified", 1, False, "PRICED"),
        "1.3": ("reference", 0, True, "PRICED"),
        "2.1": ("reference", 1, True, "PRICED"),
        "2.2": ("reference", 1, False, "PRICED"),
        "LUAR": ("own", 0, False, "UNPRICED"),
    }
    copy = found["1.1-M1"]
    assert (copy["key"], copy["reference"]) == (f"a{own(filled, '1.1-M1').pk}", "1.1")
    assert (copy["direct_cost"], Decimal(copy["unit_price"]), Decimal(copy["amount"])) == ("97600.000", 107360, 1073600)


def test_one_analysis_is_told_line_by_line_against_its_reference(filled: Project, cast: Cast) -> None:
    key = run(filled, cast.ani, "analyses.modify", reference="2.1")["key"]
    rows = lines(filled, "2.1-M1")
    run(filled, cast.ani, "lines.set", rows=[{"key": f"l{rows[0].pk}", "coefficient": "0,5"}])
    run(filled, cast.ani, "lines.remove", keys=[f"l{rows[4].pk}"])
    values = {"group_kind": "labor", "name": "Mandor", "unit": "OH", "coefficient": "0,01"}
    run(filled, cast.ani, "lines.add", analysis=key, rows=[values], after=f"l{rows[0].pk}")
    body = analysis_body(filled, key)
    assert body == analysis_body(filled, "2.1-M1")
    told = [
        (one["name"] or one["nested_code"], one["change"], one["fields"], Decimal(one["effect"]))
        for one in body["lines"]
    ]
    assert told == [
        ("Pekerja", "changed", ["coefficient"], 30_000),
        ("Mandor", "added", [], 2_000),
        ("Semen", "same", [], 0),
        # 5 % of 30,000 more.
        ("Alat", "same", [], 1_500),
        ("1.3", "same", [], 0),
        ("Alat bantu", "removed", [], -500),
        ("Tebal 5 cm", "same", [], 0),
    ]  # fmt: skip
    first, removed = body["lines"][0], body["lines"][5]
    assert (first["reference"]["coefficient"], Decimal(first["reference"]["amount"])) == ("0.25", 30_000)
    assert (removed["key"], removed["place"], removed["reference_position"]) == (None, None, 5)
    assert body["lines"][3]["of"] == [f"l{rows[0].pk}", f"l{rows[1].pk}"]
    assert Decimal(body["reference"]["direct_cost_effect"]) == 33_000
    assert Decimal(body["reference"]["unit_price_effect"]) == 36_300
    assert Decimal(body["unit_price"]) - Decimal(body["reference"]["unit_price"]) == 36_300
    assert (body["sort"], body["item_count"], [one["number"] for one in body["items"]]) == ("modified", 1, ["3"])
    assert body["lines"][4]["nested"] == {"key": None, "code": "1.3", "name": "Plesteran", "sort": "reference"}


def test_one_of_the_edition_and_one_of_its_own(filled: Project, cast: Cast) -> None:
    nested = [{"line_kind": "nested", "nested_code": "1.1", "coefficient": "1"}]
    run(filled, cast.ani, "analyses.add", code="LUAR", name="Luar", unit="m3", lines=nested)
    body = analysis_body(filled, "1.1")
    assert (body["key"], body["sort"], body["reference"], body["item_count"]) == (None, "reference", None, 2)
    assert [one["code"] for one in body["nested_by"]] == ["LUAR"]
    assert {one["change"] for one in body["lines"]} == {"same"}
    # Also one that nothing uses yet.
    assert analysis_body(filled, "1.2")["status"] == "PARTIAL"
    assert analysis_body(filled, "LUAR")["sort"] == "own"
    with pytest.raises(NotFound):
        analysis_body(filled, "tidak-ada")
    with pytest.raises(NotFound):
        analysis_body(filled, "a99999999")


def test_a_price_tells_its_book_or_its_document_and_how_it_was_converted(filled: Project, cast: Cast) -> None:
    book = filled.price_book
    book.region, book.valid_on, book.document = "Bandung", date(2026, 1, 1), "SK 12"
    book.save()
    owner = {"project": filled, "organization": cast.office}
    ProjectPrice.objects.create(
        **owner, kind="material", name="Semen", unit="kg", price=Decimal(80000), purchase_unit="zak", source="Toko A",
        region="Cimahi", dated=date(2026, 2, 3), document="penawaran 7",
    )  # fmt: skip
    ProjectConversion.objects.create(**owner, name="Semen", from_unit="zak", to_unit="kg", factor=Decimal(50))
    by_name = {one["name"]: one for one in analysis_body(filled, "2.1")["lines"]}
    worker, cement = by_name["Pekerja"]["origin"], by_name["Semen"]["origin"]
    assert (worker["own"], worker["source"], worker["region"], worker["dated"], worker["document"]) == (
        False, "Harga uji", "Bandung", "2026-01-01", "SK 12",
    )  # fmt: skip
    assert (cement["own"], cement["source"], cement["document"], cement["dated"]) == (
        True, "Toko A", "penawaran 7", "2026-02-03",
    )  # fmt: skip
    assert (cement["recorded"], cement["recorded_unit"], cement["factor"]) == ("80000", "zak", "0.02")
    assert Decimal(by_name["Semen"]["unit_cost"]) == 1600
    assert by_name["Alat"]["origin"] is None


def test_who_uses_a_resource_and_what_it_costs_them(filled: Project) -> None:
    body = uses_of_resource(filled, WORKER)
    assert [(one["code"], one["direct"], one["per_unit"]) for one in body["analyses"]] == [
        ("1.1", True, "0.75"), ("1.3", True, "0.2"), ("2.1", True, "0.65"), ("2.2", True, "1.075"),
    ]  # fmt: skip
    by_number = {one["number"]: one for one in body["items"]}
    assert list(by_number) == ["1", "2", "3", "4"]
    assert (by_number["1"]["taken"], by_number["1"]["cost"]) == ("7.50", "900000.00")
    assert by_number["1"]["share"] == "0.922131"
    # 2.2 takes 1.5 × (0.25 + 2 × 0.2) + 0.1 of it.
    assert (Decimal(by_number["4"]["per_unit"]), Decimal(by_number["4"]["cost"])) == (Decimal("1.075"), 645_000)
    assert Decimal(body["cost"]) == sum(Decimal(one["cost"]) for one in body["items"])
    assert uses_of_resource(filled, WORKER._replace(unit="jam"))["items"] == []


def test_who_uses_an_analysis_directly_or_through_another(filled: Project) -> None:
    body = uses_of_analysis(filled, "2.1")
    assert [(one["code"], one["per_unit"]) for one in body["analyses"]] == [("2.2", "1.5")]
    assert next((one["number"], one["per_unit"], one["share"]) for one in body["items"]) == ("3", "1", "1.000000")
    assert [one["number"] for one in body["items"]] == ["3", "4"]
    assert [one["number"] for one in uses_of_analysis(filled, "1.3")["items"]] == ["3", "4"]


def test_an_item_answers_where_its_amount_is_from(filled: Project, cast: Cast) -> None:
    run(filled, cast.ani, "analyses.modify", reference="1.1")
    body = where_from(filled, item(filled, "1").pk)
    assert (body["code"], body["amount"], body["direct_cost"]) == ("1.1-M1", "1073600.00", "97600.000")
    analysis = body["analysis"]
    assert (analysis["reference"]["code"], analysis["edition"]["annex"]) == ("1.1", "I")
    assert [one["name"] for one in analysis["lines"]] == ["Pekerja", "Mandor"]
    own_price = where_from(filled, item(filled, "5").pk)
    assert (own_price["own_price"], own_price["analysis"]) == (True, None)
    unknown = where_from(filled, item(filled, "6").pk)
    assert (unknown["status"], unknown["analysis"]) == ("UNPRICED", None)
    with pytest.raises(NotFound):
        where_from(filled, 999_999_999)


def test_resources_are_suggested_by_words(filled: Project, cast: Cast) -> None:
    rows = [{"group_kind": "material", "name": "Semen putih", "unit": "kg", "coefficient": "1"}]
    run(filled, cast.ani, "analyses.add", name="x", unit="m", lines=rows)
    told = [(one["name"], one["unit"], one["price"]) for one in suggested_resources(filled, "sEM")]
    assert told == [("Semen", "kg", "1300"), ("Semen putih", "kg", None)]
    assert [one["name"] for one in suggested_resources(filled, "putih semen")] == ["Semen putih"]
    assert suggested_resources(filled, "semen", "labor") == []
    assert suggested_resources(filled, "  ") == []
    assert suggested_resources(filled, "100%_") == []
