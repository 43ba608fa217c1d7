"""A block of cells becomes rows of the bill: each says what it became, and nothing is read as something it is not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from ahsp.core.errors import Refused
from ahsp.estimates.models import WorkItem
from ahsp.projects.cells import CellsRefused
from ahsp.projects.models import Project
from tests.acting import act, send
from tests.api.program import read, refused
from tests.estimates.bill.rows import drawn, item, key, told, whole
from tests.people import Cast

SIX = ["number", "code", "description", "unit", "quantity", "unit_price"]
BLOCK = [
    ["No", "Kode", "Uraian Pekerjaan", "Satuan", "Volume", "Harga Satuan"],
    ["A", "", "PEKERJAAN TANAH", "", "", ""],
    ["1", "1.1", "Galian tanah", "m3", "1.234,5", ""],
    ["2", "AHSP 1.3.", "", "", "12", ""],
    ["", "", "", "", "", ""],
    ["", "", "Jumlah A", "", "", "1.000.000"],
    ["B", "", "PEKERJAAN LAIN", "", "", ""],
    ["B.1", "", "Pagar", "", "", ""],
    ["1", "", "Pagar sementara", "m1", "30", "250.000"],
    ["2", "9.9", "Papan nama", "bh", "=2*3", "-"],
]


def paste(project: Project, cast: Cast, cells: list[list[str]], **arguments: Any) -> dict[str, Any]:
    return dict(act(project, cast.budi, "rows.paste", cells=cells, **arguments))


def tried(project: Project, cast: Cast, cells: list[list[str]], **arguments: Any) -> dict[str, Any]:
    """The result of trying, and with `answer` all that the API says."""
    body = read(send(project, cast.budi, "rows.paste", dry_run=True, cells=cells, **arguments))
    return {**body["result"], "answer": body}


def test_a_block_with_titles_becomes_a_tree(filled: Project, cast: Cast) -> None:
    before = whole(filled)
    soil = key(filled, "Tanah")
    done = paste(filled, cast, BLOCK, parent=soil, after=key(filled, "Galian tanah"))
    assert drawn(filled).splitlines()[:9] == [
        "Tanah:", "  Galian tanah", "  PEKERJAAN TANAH:", "    Galian tanah", "    Plesteran",
        "  PEKERJAAN LAIN:", "    Pagar:", "      Pagar sementara", "      Papan nama",
    ]  # fmt: skip
    assert (done["sections"], done["items"], done["notation"]) == (3, 4, "id")
    assert done["keys"] == [key(filled, "PEKERJAAN TANAH"), key(filled, "PEKERJAAN LAIN")]
    assert "rows" not in done
    digging = WorkItem.objects.filter(description="Galian tanah").latest("tag")
    assert (digging.number, digging.quantity, digging.analysis_id) == (
        "1", Decimal("1234.5"), item(filled, "Urugan pasir").analysis_id - 1,
    )  # fmt: skip
    assert (item(filled, "Pagar sementara").unit_price, item(filled, "Papan nama").quantity) == (250000, 6)
    act(filled, cast.budi, "changes.undo", revision=filled.revision)
    assert whole(filled) == before


def test_trying_tells_what_each_row_became_and_writes_nothing(filled: Project, cast: Cast) -> None:
    before = whole(filled)
    result = tried(filled, cast, BLOCK)
    assert whole(filled) == before
    rows = {row["line"]: row for row in result["rows"]}
    assert {line: row["became"] for line, row in rows.items()} == {
        1: "section", 2: "item", 3: "item", 5: "nothing", 6: "section", 7: "section", 8: "item", 9: "item",
    }  # fmt: skip
    assert [rows[line]["level"] for line in (1, 2, 7, 8)] == [0, 1, 1, 2]
    assert (rows[3]["analysis"], rows[3]["analysis_unit"], rows[3]["analysis_price"]) == ("Plesteran", "m2", "34622.50")
    assert [note["code"] for note in rows[5]["notes"]] == ["paste.sum"]
    assert [note["code"] for note in rows[9]["notes"]] == ["analysis.unknown"]
    figures = {one[0]: one[1:] for one in result["answer"]["figures"]["rows"]}
    assert figures[rows[3]["key"]][:2] == ["34622.50", "415470.00"]
    assert result["answer"]["totals"]["item_count"] == 9
    assert result["fields"] == SIX


def test_columns_may_be_named_instead(filled: Project, cast: Cast) -> None:
    cells = [["Pagar", "x", "3"], ["Gerbang", "y", "4"]]
    paste(filled, cast, cells, fields=["name", None, "quantity"])
    assert drawn(filled).splitlines()[-2:] == ["Pagar", "Gerbang"]
    assert item(filled, "Gerbang").quantity == 4
    for fields in (None, [None, "unit", "quantity"]):
        with pytest.raises(Refused) as caught:
            paste(filled, cast, cells, fields=fields)
        assert caught.value.code == "paste.no_columns"


def test_a_list_of_words_or_of_codes_is_a_list_of_items(filled: Project, cast: Cast) -> None:
    paste(filled, cast, [["Pagar"], ["Gerbang"]], fields=["description"])
    paste(filled, cast, [["1.1"], ["1.3"]], fields=["code"])
    assert drawn(filled).splitlines()[-4:] == ["Pagar", "Gerbang", "Galian tanah biasa sedalam 1 m", "Plesteran"]


@pytest.mark.parametrize(
    ("numbers", "notation", "read_as"),
    [
        (["1.234,5", "2.500"], "id", [Decimal("1234.5"), Decimal(2500)]),
        (["1,234.5", "2.500"], "en", [Decimal("1234.5"), Decimal("2.5")]),
        (["3", "4"], "auto", [Decimal(3), Decimal(4)]),
    ],
)
def test_numbers_are_read_in_the_notation_that_reads_all_of_them(
    numbers: list[str], notation: str, read_as: list[Decimal], filled: Project, cast: Cast
) -> None:
    cells = [[f"Baris {at}", text] for at, text in enumerate(numbers)]
    assert paste(filled, cast, cells, fields=["description", "quantity"])["notation"] == notation
    assert [item(filled, words).quantity for words, _ in cells] == read_as


def test_a_number_that_can_be_read_either_way_waits_for_a_word(filled: Project, cast: Cast) -> None:
    cells, fields = [["Pagar", "2.500"], ["Gerbang", "3"]], ["description", "quantity"]
    (wrong, _) = tried(filled, cast, cells, fields=fields, skip_errors=True)["rows"]
    assert (wrong["errors"][0]["field"], wrong["errors"][0]["code"]) == ("quantity", "cell.ambiguous")
    assert "2,5" in wrong["errors"][0]["text"]
    with pytest.raises(CellsRefused) as caught:
        paste(filled, cast, cells, fields=fields)
    assert told(caught.value) == [("0", "quantity", "cell.ambiguous")]
    paste(filled, cast, cells, fields=fields, notation="id")
    assert item(filled, "Pagar").quantity == 2500
    # Both ways in one block: each cell that reads in one way only is right, the others are not guessed.
    cells = [["A", "1.234,5"], ["B", "1,234.5"], ["C", "2.500"]]
    with pytest.raises(CellsRefused) as caught:
        paste(filled, cast, cells, fields=fields)
    assert told(caught.value) == [("2", "quantity", "cell.ambiguous")]


def test_a_sum_tells_how_the_others_are_written(filled: Project, cast: Cast) -> None:
    cells = [["Pagar", "m", "2.500", "1.000"], ["Jumlah", "", "", "2.500.000"]]
    paste(filled, cast, cells, fields=["description", "unit", "quantity", "amount"])
    assert item(filled, "Pagar").quantity == 2500


def test_rows_with_errors_are_left_out_only_when_that_was_said(filled: Project, cast: Cast) -> None:
    fields = ["number", "description", "unit", "quantity"]
    cells = [
        ["A", "BAGIAN BARU", "", ""],
        ["1", "Baik", "m", "2"],
        ["2", "Salah", "m", "dua"],
        ["3", "Galat", "m", "#REF!"],
        ["4", "x" * 3000, "m", "1"],
        ["5", "", "m", "5"],
    ]
    with pytest.raises(CellsRefused) as caught:
        paste(filled, cast, cells, fields=fields)
    assert told(caught.value) == [
        ("2", "quantity", "cell.no_number"),
        ("3", "quantity", "cell.error_value"),
        ("4", "description", "cell.long"),
        ("5", "description", "item.empty"),
    ]
    assert not WorkItem.objects.filter(description="Baik").exists()
    paste(filled, cast, cells, fields=fields, skip_errors=True)
    assert drawn(filled).splitlines()[-2:] == ["BAGIAN BARU:", "  Baik"]


def test_columns_that_cannot_be_what_they_are_called_are_doubtful(filled: Project, cast: Cast) -> None:
    cells = [["m3", f"Pekerjaan {at}", "12"] for at in range(5)]
    assert tried(filled, cast, cells, fields=["quantity", "description", "unit"], skip_errors=True)["doubtful"] == [
        "quantity"
    ]


def test_formulas_are_text_until_they_are_ours(filled: Project, cast: Cast) -> None:
    fields = ["description", "unit", "quantity"]
    cells = [
        ['=HYPERLINK("http://contoh"; "klik")', "m", "1"],
        ["Luas", "m2", "=A1*B1"],
        ["Rentang", "m2", "=SUM(A1:A9)"],
        ["+1+cmd|' /C calc'!A0", "m", "1"],
    ]
    result = tried(filled, cast, cells, fields=fields, skip_errors=True)
    assert [note["code"] for note in result["rows"][1]["notes"]] == ["paste.formula_names"]
    assert [error["code"] for error in result["rows"][2]["errors"]] == ["formula.unexpected"]
    paste(filled, cast, cells, fields=fields, skip_errors=True)
    assert item(filled, cells[0][0]).unit == "m"
    area = item(filled, "Luas")
    assert (area.formula, area.quantity, area.quantity_issues[0]["code"]) == ("A1*B1", None, "formula.unknown_name")
    assert item(filled, cells[3][0])


def test_merged_cells_and_ragged_rows_are_read_by_what_they_hold(filled: Project, cast: Cast) -> None:
    cells = [
        ["A. PEKERJAAN GABUNG"],
        ["1", "", "Beton", "m3", "2", "", "", "lebih"],
        ["", "", "Begesting", "m2", "3"],
    ]
    paste(filled, cast, cells, fields=SIX)
    assert drawn(filled).splitlines()[-3:] == ["PEKERJAAN GABUNG:", "  Beton", "  Begesting"]


def test_markup_is_text(filled: Project, cast: Cast) -> None:
    words = "<img src=x onerror=alert(1)>"
    paste(filled, cast, [[words, "1"]], fields=["description", "quantity"])
    assert item(filled, words).quantity == 1


def test_more_than_a_paste_holds_is_refused(filled: Project, cast: Cast) -> None:
    for cells in ([["x"]] * 5001, [["x"] * 41], [["x" * 20_001]], [[5]], ["x"], []):
        with pytest.raises(ValidationError):
            paste(filled, cast, cells, fields=["description"])  # type: ignore[arg-type]
    million = [["x" * 10] * 40] * 25_000
    assert refused(send(filled, cast.budi, "rows.paste", cells=million)) == (413, "api.too_large")
    assert refused(send(filled, cast.budi, "rows.paste", cells=[["x"]] * 6000, fields=["description"])) == (
        422, "api.invalid",
    )  # fmt: skip


def test_many_rows_ask_as_few_questions_as_few(filled: Project, cast: Cast) -> None:
    def asked(count: int) -> int:
        with CaptureQueriesContext(connection) as questions:
            paste(filled, cast, BLOCK[:1] + BLOCK[1:4] * count)
        return len(questions)

    asked(1)
    assert asked(40) == asked(2)


def test_trying_thousands_tells_what_they_lead_to_and_not_each_row(filled: Project, cast: Cast) -> None:
    cells = [[f"Pekerjaan {at}", "m", "2"] for at in range(600)]
    answer = tried(filled, cast, cells, fields=["description", "unit", "quantity"])["answer"]
    assert (answer["rows"], answer["totals"]["item_count"], len(answer["result"]["rows"])) == ([], 605, 600)


def test_only_whoever_may_write_pastes(filled: Project, cast: Cast) -> None:
    block: dict[str, Any] = {"cells": [["Pagar"]], "fields": ["description"]}
    assert refused(send(filled, cast.dedi, "rows.paste", **block)) == (404, "project.not_found")
    assert refused(send(filled, cast.citra, "rows.paste", **block)) == (403, "project.read_only")
    assert refused(send(filled, cast.citra, "rows.paste", dry_run=True, **block)) == (403, "project.read_only")
    Project.objects.filter(pk=filled.pk).update(locked_at=timezone.now())
    assert refused(send(filled, cast.budi, "rows.paste", **block)) == (409, "project.locked")
