"""What a project is spent on: needs of a section and as bought, the Pareto in pages, policies, and their CSV."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ahsp.estimates.models import Section
from ahsp.estimates.queries import priced_estimate
from ahsp.estimates.services import import_boq
from ahsp.prices.models import Conversion
from ahsp.projects.models import Project, UnitPriceRounding
from tests.api.program import Program, read, refused
from tests.builders import bill
from tests.people import Cast, sign_in

BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 10.5
2 | 1.3 | Plesteran | m2 | 40
# Lain-lain
3 |     | Mobilisasi | ls | 1 | 5000000
4 | 1.3 | =2+3 | m2 | 8
"""


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    children = bill(BILL)
    import_boq(project=project, person=cast.ani, children=children, replace=True, source="x", expected=project.revision)
    return project


@pytest.fixture
def program(filled: Project, cast: Cast) -> Program:
    return Program(cast.citra, filled)


def get(program: Program, path: str) -> Any:
    return read(program.inside("get", path))


def test_needs_of_one_section_tie_out_to_its_total(program: Program, filled: Project) -> None:
    section = Section.objects.get(project=filled, name="Lain-lain")
    body = get(program, f"resource-needs/?section={section.pk}")
    assert [(one["name"], one["quantity"], one["cost"]) for one in body["results"]] == [
        ("Pekerja", "1.6", "192000.00"),
        ("Semen", "46.00", "59800.00"),
    ]
    spend = {name: Decimal(value) for name, value in body["spend"].items()}
    # 8 x (0.2 x 120,000 + 5.75 x 1,300) x 1.1 and the line with a price of its own.
    assert spend["subtotal"] == Decimal("5276980.00")
    assert (
        spend["direct_cost"] + spend["overhead_and_profit"] + spend["own_prices"] + spend["rounding"]
        == spend["subtotal"]
    )
    assert (body["section"], body["without_analysis"]) == (section.pk, 1)
    assert get(program, "resource-needs/")["section"] is None


def test_a_section_of_another_project_is_not_there(program: Program) -> None:
    assert refused(program.inside("get", "resource-needs/?section=999999")) == (404, "section.not_found")
    assert refused(program.inside("get", "resource-needs/?section=x")) == (400, "api.parameter")


def test_needs_are_told_in_the_unit_they_are_bought_in(program: Program, filled: Project) -> None:
    Conversion.objects.create(book=filled.price_book, name="Semen", from_unit="zak", to_unit="kg", factor=Decimal(50))
    by_name = {one["name"]: one for one in get(program, "resource-needs/")["results"]}
    assert by_name["Semen"]["purchase"] == {"unit": "zak", "factor": "0.02", "quantity": "5.52", "price": "65000"}
    assert by_name["Mandor"]["purchase"] is None


def test_the_pareto_comes_in_pages_with_its_grades(program: Program, filled: Project) -> None:
    first = get(program, "ranking/?limit=2")
    second = read(program.ask("get", first["next"]))
    ranked = [*first["results"], *second["results"]]
    assert [(one["name"], one["grade"]) for one in ranked] == [
        ("Mobilisasi", "A"),
        ("Plesteran", "A"),
        ("Galian tanah", "B"),
        ("=2+3", "C"),
    ]
    assert (first["count"], second["next"], ranked[-1]["cumulative"]) == (4, None, "1.000000")
    assert [one["count"] for one in first["grades"]] == [2, 1, 1]
    assert sum(Decimal(one["amount"]) for one in first["grades"]) == priced_estimate(filled).subtotal
    resources = get(program, "ranking/?of=resources")["results"]
    assert [(one["kind"], one["name"]) for one in resources] == [
        ("labor", "Pekerja"),
        ("material", "Semen"),
        ("labor", "Mandor"),
    ]
    assert refused(program.inside("get", "ranking/?cursor=-1")) == (400, "api.cursor")
    assert refused(program.inside("get", "ranking/?of=people")) == (400, "api.parameter")


def test_each_policy_is_what_the_project_comes_to_under_it(program: Program, filled: Project) -> None:
    body = get(program, "policies/")
    assert [one["policy"] for one in body["unit_price"]["choices"]] == UnitPriceRounding.values
    for one in body["unit_price"]["choices"]:
        filled.unit_price_rounding = one["policy"]
        assert one["subtotal"] == str(priced_estimate(filled).subtotal), one["policy"]
    filled.unit_price_rounding = "half-up:0.01"
    for one in body["total"]["choices"]:
        filled.total_rounding = one["policy"]
        assert one["rounded_total"] == str(priced_estimate(filled).rounded_total), one["policy"]
    assert body["example"]["name"] == "Plesteran"
    assert (body["unit_price"]["chosen"], body["total"]["chosen"]) == ("half-up:0.01", "none")


def test_each_rule_of_vat_is_told_with_its_source_and_amount(program: Program) -> None:
    vat = get(program, "policies/")["vat"]
    assert [(one["rate"], one["base_fraction"], one["chosen"]) for one in vat["rules"]] == [
        ("0.10", "1", False),
        ("0.11", "1", False),
        ("0.12", "11/12", True),
    ]
    assert vat["rules"][1]["total"] == vat["rules"][2]["total"]
    assert all(one["source"] for one in vat["rules"])


def test_overhead_is_grouped_by_its_rate(program: Program, filled: Project) -> None:
    filled.items.filter(description="Galian tanah").update(overhead=Decimal("17.5"))
    overhead = get(program, "policies/")["overhead"]
    assert [(one["rate"], one["items"], one["usual"]) for one in overhead["groups"]] == [
        ("10", 2, True),
        ("17.5", 1, False),
    ]
    # 10.5 x 97,600 x 17.5 %
    assert overhead["groups"][1]["overhead_and_profit"] == "179340.00"
    assert overhead["own_prices"] == {"items": 1, "amount": "5000000.00"}
    assert overhead["usual"] == {"low": "10", "high": "15"}


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("recap", "0,2,Lain-lain,5276980.00,0.677"),
        ("items", "4,'=2+3,m2,276980.00,"),
        ("resources", "material,Semen,kg,358800.00,"),
        ("needs", "material,resource,Semen,kg,276.00,1300,358800.00,,"),
    ],
)
def test_tables_come_as_csv(table: str, line: str, filled: Project, cast: Cast) -> None:
    answer = sign_in(cast.citra).get(f"/p/{filled.code}/tables/{table}.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{filled.code}-{table}.csv"'
    assert line in answer.content.decode()


def test_there_is_no_other_table(filled: Project, cast: Cast) -> None:
    assert sign_in(cast.citra).get(f"/p/{filled.code}/tables/people.csv").status_code == 404
