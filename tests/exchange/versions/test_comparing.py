"""Two versions side by side: on the API, as CSV and as a workbook, with the same figures."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from ahsp.estimates.models import WorkItem
from ahsp.estimates.queries import priced_estimate
from ahsp.projects.models import Project
from ahsp.projects.services import project_change
from tests.acting import carry_out, look
from tests.exchange.versions.conftest import save
from tests.people import Cast, sign_in

FORMULA = '=HYPERLINK("http://example.com")'


@pytest.fixture
def two(filled: Project, cast: Cast) -> tuple[int, int]:
    """Versions before and after: a quantity, a price, overhead of all, one line more, one less, one moved."""
    first = save(cast.budi, filled, "Awal")
    with project_change(project=filled, person=cast.budi, act="test") as entry:
        entry.change_rows("i", {WorkItem.objects.get(tag=2).pk: {"quantity": Decimal(6)}})
        entry.change_rows("r", {filled.prices.get().pk: {"price": Decimal(300_000)}})
        entry.remove_rows("i", [WorkItem.objects.get(tag=4).pk])
        own = {"unit": "ls", "quantity": Decimal(1), "unit_price": Decimal(2_500_000)}
        entry.add_rows("i", [{"position": 9000, "tag": 5, "description": FORMULA, **own}])
        entry.change_rows("i", {WorkItem.objects.get(tag=1).pk: {"section_id": None}})
    carry_out(cast.budi, filled, "project.settings", total_rounding="half-up:1", location="Bandung")
    return first, save(cast.budi, filled, "Akhir")


def compared(cast: Cast, project: Project, query: str) -> Any:
    return look(cast.citra, project, f"versions/compare/?{query}")


def test_every_difference_in_money_says_where_it_comes_from(filled: Project, cast: Cast, two: tuple[int, int]) -> None:
    body = compared(cast, filled, f"a={two[0]}&b={two[1]}")
    subtotal = body["totals"][0]
    assert Decimal(subtotal["difference"]) == Decimal(subtotal["after"]) - Decimal(subtotal["before"])
    assert sum(map(Decimal, body["effects"].values())) == Decimal(subtotal["difference"])
    assert subtotal["after"] == f"{priced_estimate(Project.objects.get(pk=filled.pk)).subtotal:f}"
    assert body["counts"] == {"added": 1, "removed": 1, "changed": 2, "moved": 1, "same": 0}
    assert (body["a"]["version"]["name"], body["b"]["version"]["name"]) == ("Awal", "Akhir")
    rows = {row["key"]: row for row in body["rows"]}
    keras = rows[f"i{WorkItem.objects.get(tag=2).pk}"]
    assert (keras["changed"], keras["effects"]["quantity"], keras["effects"]["price"]) == (
        ["quantity"], keras["difference"], "0.00",
    )  # fmt: skip
    pasir = rows[f"i{WorkItem.objects.get(tag=3).pk}"]
    assert (pasir["changed"], pasir["effects"]["price"]) == (["unit_price"], pasir["difference"])
    assert [(one["before"], one["after"]) for one in body["settings"]] == [
        (None, "Bandung"),
        ("Tidak dibulatkan", "Ke Rp 1 terdekat"),
    ]


def test_the_present_is_a_side_too(filled: Project, cast: Cast, two: tuple[int, int]) -> None:
    whole = compared(cast, filled, f"a={two[0]}&b=now")
    assert whole["b"]["version"] is None
    between = compared(cast, filled, f"a={two[0]}&b={two[1]}")
    assert whole["rows"] == between["rows"]
    assert compared(cast, filled, f"a={two[1]}")["rows"] == []
    assert len(compared(cast, filled, f"a={two[1]}&everything=true")["rows"]) == 6


def test_what_is_no_version_is_not_found(filled: Project, cast: Cast, two: tuple[int, int]) -> None:
    for query in ("a=9999", "a=x", "a=1 2", f"a={two[0]}&b=", "a=now&b=-1", "a=9" + "9" * 30):
        assert look(cast.citra, filled, f"versions/compare/?{query}", 404)["code"] == "version.not_found"
    look(cast.dedi, filled, "versions/compare/", 404)


def test_a_large_comparison_comes_in_parts(
    filled: Project, cast: Cast, two: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ahsp.exchange.versions.bodies.ROWS_OF_A_PART", 2)
    whole = compared(cast, filled, f"a={two[0]}&b={two[1]}")
    assert (whole["parts"], len(whole["rows"])) == (-(-whole["row_count"] // 2), 2)
    rest = compared(cast, filled, f"a={two[0]}&b={two[1]}&part=1")
    assert not {row["key"] for row in rest["rows"]} & {row["key"] for row in whole["rows"]}


def download(cast: Cast, project: Project, two: tuple[int, int], ending: str) -> Any:
    return sign_in(cast.citra).get(f"/p/{project.code}/versions/compare.{ending}?a={two[0]}&b={two[1]}")


def test_csv_and_workbook_have_the_same_figures(filled: Project, cast: Cast, two: tuple[int, int]) -> None:
    body = compared(cast, filled, f"a={two[0]}&b={two[1]}")
    answer = download(cast, filled, two, "csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["difference"] for row in rows] == [row["difference"] for row in body["rows"]]
    assert [row["quantity_effect"] for row in rows if row["type"] == "item"] == [
        row["effects"]["quantity"] for row in body["rows"] if not row["is_section"]
    ]
    assert [row["description"] for row in rows if "HYPERLINK" in row["description"]] == [f"'{FORMULA}"]
    book = openpyxl.load_workbook(io.BytesIO(download(cast, filled, two, "xlsx").content), data_only=True)
    shown = [[cell.value for cell in row] for row in book.active.iter_rows()]
    head = next(at for at, row in enumerate(shown) if row[0] == "No.")
    assert [f"{row[10]:.2f}" for row in shown[head + 1 :]] == [row["difference"] for row in body["rows"]]
    assert any(row[1] == FORMULA for row in shown)
    sums = [f"{row[10]:.2f}" for row in shown[:head] if row[10] is not None]
    assert sums == [one["difference"] for one in body["totals"]] + list(body["effects"].values())


def test_other_endings_are_refused(filled: Project, cast: Cast, two: tuple[int, int]) -> None:
    assert download(cast, filled, two, "exe").status_code == 422
