"""What the step of prices shows: where each price is from, what rests on it, and what if."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from ahsp.engine.resources import ResourceKind
from ahsp.estimates.models import WorkItem
from ahsp.estimates.prices.bodies import COLUMNS, prices_grid, what_if
from ahsp.estimates.queries import priced_estimate
from ahsp.prices.models import Conversion, Price
from ahsp.projects.models import Project
from tests.api.program import Program, read, refused
from tests.estimates.prices.commanding import CEMENT, SAND, WORKER, cell, command, factor
from tests.people import Cast


def rows(project: Project) -> dict[str, dict[str, Any]]:
    found = [dict(zip(COLUMNS, row, strict=True)) for row in prices_grid(project)["rows"]]
    assert [row["state"] in {"missing", "unconverted"} for row in found] == sorted(
        (row["state"] in {"missing", "unconverted"} for row in found), reverse=True
    )
    return {f"{row['name']}/{row['unit']}": row for row in found}


def test_missing_prices_come_first_and_each_tells_its_state_use_and_share(filled: Project) -> None:
    found = rows(filled)
    assert list(found) == ["Pasir/m3", "Mandor/OH", "Pekerja/OH", "Semen/kg"]
    sand, worker = found["Pasir/m3"], found["Pekerja/OH"]
    assert (sand["state"], sand["price"], sand["recorded"], sand["cost"], sand["items"]) == ("missing", *[None] * 3, 1)
    assert (worker["state"], worker["price"], worker["recorded_unit"], worker["items"]) == ("book", "120000", "OH", 4)
    # 10 x 0.75, 4 x 0.3 and 20 x 0.2 days of all that is known.
    assert worker["cost"] == "1524000.00"
    body = prices_grid(filled)
    assert Decimal(body["cost"]) == sum(Decimal(row["cost"] or 0) for row in found.values())
    assert Decimal(worker["share"]) == round(Decimal("1524000") / Decimal(body["cost"]), 6)


def test_an_own_price_tells_where_it_is_from_and_what_the_book_would_give(filled: Project, cast: Cast) -> None:
    values = {"price": "65000", "purchase_unit": "zak", "source": "Toko A", "document": "Nota 7", "region": "Kota"}
    cells = [cell(CEMENT, **values)]
    command(filled, cast.budi, "prices.set", cells=cells, conversions=[factor("zak", "kg", "40")])
    row = rows(filled)["Semen/kg"]
    told = ("state", "price", "recorded", "recorded_unit", "factor", "book_price", "source", "document", "region")
    assert [row[name] for name in told] == [
        "own", "1625", "65000", "zak", "0.025", "1300", "Toko A", "Nota 7", "Kota",
    ]  # fmt: skip
    assert (row["key"][0], row["version"], row["dated"]) == ("r", filled.revision, timezone.localdate())
    (one,) = prices_grid(filled)["conversions"]
    assert (one["key"][0], one["from_unit"], one["to_unit"], one["factor"]) == ("c", "zak", "kg", "40")
    command(filled, cast.budi, "conversions.remove", keys=[one["key"]], confirmed=True)
    row = rows(filled)["Semen/kg"]
    assert (row["state"], row["price"], row["recorded"], row["recorded_unit"]) == ("unconverted", None, "65000", "zak")


def test_a_price_of_the_book_in_another_unit_tells_by_which_factor(filled: Project) -> None:
    Price.objects.filter(book=filled.price_book, name="Semen").update(unit="zak", price=60_000)
    Conversion.objects.create(book=filled.price_book, name="Semen", from_unit="zak", to_unit="kg", factor=50)
    row = rows(filled)["Semen/kg"]
    told = ("state", "price", "recorded", "recorded_unit", "factor")
    assert [row[name] for name in told] == ["book", "1200", "60000", "zak", "0.02"]
    (one,) = prices_grid(filled)["conversions"]
    assert (one["key"], one["factor"]) == (None, "50")


def test_own_prices_that_nothing_uses_are_still_there(filled: Project, cast: Cast) -> None:
    command(filled, cast.budi, "prices.set", cells=[cell(SAND, price="1")])
    WorkItem.objects.filter(project=filled, description="Urugan pasir").delete()
    row = rows(filled)["Pasir/m3"]
    assert (row["state"], row["items"], row["cost"]) == ("own", 0, None)


def test_what_if_tells_before_and_after_by_kind_and_section(filled: Project) -> None:
    body = what_if(filled, {ResourceKind.LABOR: Decimal(10), ResourceKind.MATERIAL: Decimal(0)})
    kinds = {row["name"]: (Decimal(row["before"]), Decimal(row["after"])) for row in body["by_kind"]}
    assert kinds["labor"][1] == kinds["labor"][0] * Decimal("1.1")
    assert kinds["material"][0] == kinds["material"][1]
    subtotal = body["totals"][0]
    assert Decimal(subtotal["before"]) == priced_estimate(filled).subtotal
    for at, name in enumerate(("before", "after")):
        assert sum(pair[at] for pair in kinds.values()) == Decimal(subtotal[name])
        assert sum(Decimal(row[name]) for row in body["by_section"]) == Decimal(subtotal[name])
    assert not body["complete"]
    told = {row["name"]: (row["items"] > 0, row["amount"]) for row in body["untouched"]}
    own = next(row for row in body["by_kind"] if row["name"] == "own_prices")
    assert told == {"own_prices": (own["before"] != "0.00", own["before"]), "lump_sums": (False, "0.00")}


def test_what_if_is_asked_by_percent_and_stores_nothing(filled: Project, cast: Cast) -> None:
    citra = Program(cast.citra, filled)
    body = read(citra.inside("get", "what-if/?labor=-2.5&material=12"))
    assert body["changes"] == {"labor": "-2.5", "material": "12", "equipment": "0"}
    assert Project.objects.get(pk=filled.pk).revision == filled.revision
    for wrong in ("labor=-101", "material=ten", "equipment=1e3", "labor=1001"):
        assert refused(citra.inside("get", f"what-if/?{wrong}")) == (400, "api.parameter")


@pytest.mark.parametrize(("resource", "names"), [(SAND, ["Urugan pasir"]), (CEMENT, ["Plesteran", "Plesteran luar"])])
def test_the_items_that_take_a_resource(filled: Project, cast: Cast, resource: Any, names: list[str]) -> None:
    citra = Program(cast.citra, filled)
    asked = f"resource-uses/?kind={resource.kind.value}&name={resource.name}&unit={resource.unit}"
    body = read(citra.inside("get", asked))
    assert ([one["description"] for one in body["results"]], body["count"]) == (names, len(names))
    nobody = read(citra.inside("get", f"resource-uses/?kind=equipment&name={WORKER.name}&unit=OH"))
    assert nobody["results"] == []


def test_the_grid_is_kept_by_revision_and_changes_with_it(filled: Project, cast: Cast) -> None:
    citra = Program(cast.citra, filled)
    first = citra.inside("get", "prices-grid/")
    assert citra.inside("get", "prices-grid/", If_None_Match=first.headers["ETag"]).status_code == 304
    command(filled, cast.budi, "prices.set", cells=[cell(SAND, price="1")])
    after = citra.inside("get", "prices-grid/", If_None_Match=first.headers["ETag"])
    assert read(after)["rows"][0][3] == "book"
