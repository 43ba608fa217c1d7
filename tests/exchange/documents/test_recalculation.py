"""The workbook is a proof: recalculated by other programs, every formula gives the value that we wrote beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ahsp.engine.estimate import Section, WorkItem
from tests.exchange.documents.recalculation import (
    by_libreoffice,
    by_second_engine,
    differences,
    formula_cells,
    set_cells,
    write,
)
from tests.exchange.documents.samples import ANALYSES, complete_children, document, incomplete_children, item

POLICIES = ["none", "floor:1", "floor:100", "half-up:0.01", "half-up:1", "half-up:1000", "half-up:500", "floor:0.05"]
OPEN_ITEMS = {
    "21": "no price yet",
    "22": "no quantity yet",
    "23": "no price yet",
    "24": "no price yet",
    "28": "no quantity yet",
}


@pytest.mark.parametrize("policy", POLICIES)
def test_every_formula_gives_our_value_under(policy: str, tmp_path: Path) -> None:
    path = write(document(policy=policy, total=policy), tmp_path)
    assert len(formula_cells(path)) > 200
    assert "\n".join(differences(path, by_second_engine(path))) == ""


@pytest.mark.parametrize("day", [date(2021, 1, 1), date(2024, 5, 1), date(2025, 1, 1), None])
def test_every_formula_gives_our_value_with_the_vat_of(day: date | None, tmp_path: Path) -> None:
    path = write(document(complete_children(), day=day, total="none", hours="8"), tmp_path)
    assert "\n".join(differences(path, by_second_engine(path))) == ""


def test_a_price_filled_in_is_calculated_up_to_the_total(tmp_path: Path) -> None:
    children = (item("1", "Beton", "m3", "10", "CONCRETE"), item("2", "Barang", "buah", "3", "RARE"))
    path = write(document(children, policy="floor:1", total="none", language="en"), tmp_path)
    before = by_second_engine(path)
    subtotal = place(path, "Bill", "Subtotal")
    assert before["Bill", f"H{subtotal}"] == "≥ partial"

    prices = {
        ("Prices", f"D{place(path, 'Prices', 'Kerikil')}"): 250.0,
        ("Prices", f"D{place(path, 'Prices', 'Barang langka')}"): 500_000.0,
    }
    after = by_second_engine(set_cells(path, prices))
    # 1.65 x 120,000 + 0.275 x 145,000 + 348 x 1,300 + 1,009 x 250 + 0.25 x 75,000 = 961,275; + 10 % = 1,057,402.5
    # 2 x 500,000 + 10 % = 1,100,000
    assert after["Bill", f"G{subtotal}"] == 10 * 1_057_402 + 3 * 1_100_000
    assert {value for (sheet, cell), value in after.items() if (sheet, cell[0]) == ("Bill", "H")} == {""}


def test_an_incomplete_workbook_knows_no_zero_for_what_is_missing(tmp_path: Path) -> None:
    book = load_workbook(write(document(language="en"), tmp_path), data_only=True)
    missing = [row for row in book["Prices"].iter_rows(values_only=True) if row[7] == "no price yet"]
    assert [(row[1], row[3], row[6] or "") for row in missing] == [
        ("Barang langka", None, ""),
        ("Kerikil", None, ""),
    ]
    open_items = {row[0]: row for row in book["Bill"].iter_rows(values_only=True) if row[0] in OPEN_ITEMS}
    assert {number: row[7] for number, row in open_items.items()} == OPEN_ITEMS
    assert not any(row[6] for row in open_items.values())


def test_sections_by_the_hundred_are_summed_once(tmp_path: Path) -> None:
    many = tuple(
        Section(f"p{number}", str(number), "Bagian", (item(f"i{number}", "Galian", "m3", "1", "DIG"),))
        for number in range(150)
    )
    path = write(document((Section("all", "A", "SEMUA", many),)), tmp_path)
    cells = formula_cells(path)
    assert max(len(cell.formula) for cell in cells.values()) < 8_192
    assert differences(path, by_second_engine(path)) == []


def test_libreoffice_agrees_on_every_formula(tmp_path: Path, soffice: str) -> None:
    path = write(document(two_hundred_items(), policy="floor:1"), tmp_path)
    assert len(formula_cells(path)) > 700
    assert differences(path, by_libreoffice(soffice, path, tmp_path)) == []


def test_libreoffice_agrees_on_amounts_of_exactly_half_a_sen(tmp_path: Path, soffice: str) -> None:
    """quantity x own price ends in 5 thousandths, where binary numbers stand now above, now below."""
    halves = [
        item(str(number), "Setengah sen", "m3", f"{number}.5", price=f"{number * 7919}.{number % 50 * 2 + 1:02}")
        for number in range(1, 200)
    ]
    path = write(document(tuple(halves)), tmp_path)
    assert differences(path, by_libreoffice(soffice, path, tmp_path)) == []


def two_hundred_items() -> tuple[Section | WorkItem, ...]:
    codes = list(ANALYSES)
    more = [
        item(f"x{number}", f"Pekerjaan {number}", "m3", f"{number * 3.137:.3f}", codes[number % len(codes)])
        for number in range(1, 201)
    ]
    return (*incomplete_children(), *more)


def place(path: Path, sheet: str, name: str) -> int:
    """The row of `sheet` that has `name` in one of its cells."""
    rows = load_workbook(path)[sheet].iter_rows()
    return next(row[0].row for row in rows if name in {cell.value for cell in row})
