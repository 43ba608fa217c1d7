"""Two bills as people write them, read from the first row to the last."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from ahsp.catalog.packages import editions_dir
from ahsp.engine.numbers import Notation
from ahsp.exchange.reading.boq import RowKind, read_boq
from tests.exchange.reading.files import items, outline, rows_file

GOLDEN = Path(__file__).parents[2] / "golden"
BUILDING = Path(__file__).parents[3] / "data" / "demo" / "boq-gedung.csv"
HOUSE = GOLDEN / "boq-house-en.csv"
NOTATIONS = [(BUILDING, Notation.INDONESIAN), (HOUSE, Notation.ENGLISH)]


@pytest.mark.parametrize(("path", "notation"), NOTATIONS, ids=lambda value: getattr(value, "name", str(value)))
def test_the_notation_of_a_tidy_bill_need_not_be_said(path: Path, notation: Notation) -> None:
    assert read_boq(path) == read_boq(path, notation=notation)


def test_the_building_has_229_items_in_10_divisions() -> None:
    boq = read_boq(BUILDING)
    kinds = Counter(row.kind for row in boq.rows)
    assert kinds == {RowKind.ITEM: 229, RowKind.SECTION: 36, RowKind.SUBTOTAL: 16, RowKind.TEXT: 10}
    divisions = [row.number for row in boq.rows if row.kind is RowKind.SECTION and row.level == 0]
    assert divisions == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    assert sum(row.unit_price is not None for row in boq.rows) == 8


def test_the_building_raises_nothing_but_its_sums() -> None:
    found = {issue.code for row in read_boq(BUILDING).rows for issue in row.issues}
    assert found == {"row.subtotal"}


def test_the_parts_of_the_building_nest_as_written() -> None:
    lines = outline(read_boq(BUILDING))
    at = lines.index("section: III PEKERJAAN STRUKTUR BETON")
    assert lines[at : at + 4] == [
        "section: III PEKERJAAN STRUKTUR BETON",
        "  section: A Struktur Lantai 1",
        "    section: 1 Sloof",
        "      item: a Lantai kerja f'c 10 MPa bawah sloof",
    ]
    assert "  section: B Struktur Lantai 2" in lines
    assert "    item: 11 Lisplank GRC lebar 30 cm" in lines


def test_the_house_is_read_to_the_last_figure() -> None:
    rows = {row.number: row for row in items(read_boq(HOUSE))}
    assert len(rows) == 30
    assert rows["3.2"].quantity == Decimal("1284.50")
    assert rows["6.4"].unit_price == Decimal(2850000)


@pytest.mark.parametrize("path", [BUILDING, HOUSE], ids=lambda path: path.name)
def test_the_codes_of_the_bills_are_in_the_edition_with_the_same_units(path: Path) -> None:
    with (editions_dir() / "ck-se47-2026" / "analyses.csv").open(encoding="utf-8", newline="") as file:
        units = {row["code"]: row["unit"] for row in csv.DictReader(file)}
    assert {row.code: row.unit for row in items(read_boq(path)) if row.code}.items() <= units.items()


def test_the_same_bill_as_a_workbook_reads_the_same(tmp_path: Path) -> None:
    with BUILDING.open(encoding="utf-8", newline="") as file:
        path = rows_file(tmp_path, list(csv.reader(file, delimiter=";")))
    assert read_boq(path, name="boq.csv").rows == read_boq(BUILDING, name="boq.csv").rows
