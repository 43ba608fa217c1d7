"""Numbers are read exactly, or it is said where and why they were not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ahsp.core.issue_texts import issue_text
from ahsp.engine.issues import Severity
from ahsp.engine.numbers import Notation
from ahsp.exchange.reading.boq import BoqRow, read_boq
from tests.exchange.reading.files import (
    HEADER,
    bill,
    codes,
    csv_file,
    only_item,
    place,
    refusal,
    rows_file,
    sheets_file,
)


def _quantity(folder: Path, text: str, **options: Any) -> BoqRow:
    return only_item(bill(folder, f"1;;Galian;m3;{text};;", **options))


@pytest.mark.parametrize(
    ("text", "notation", "value"),
    [
        ("42,18", Notation.AUTO, "42.18"),
        ("42.18", Notation.AUTO, "42.18"),
        ("1.234,56", Notation.AUTO, "1234.56"),
        ("1,234.56", Notation.AUTO, "1234.56"),
        ("1.234.567", Notation.AUTO, "1234567"),
        ("12.500", Notation.INDONESIAN, "12500"),
        ("12.500", Notation.ENGLISH, "12.5"),
        ("12,500", Notation.ENGLISH, "12500"),
        ("7", Notation.AUTO, "7"),
    ],
)
def test_quantities_in_text_are_read_by_their_notation(
    tmp_path: Path, text: str, notation: Notation, value: str
) -> None:
    assert _quantity(tmp_path, text, notation=notation).quantity == Decimal(value)


@pytest.mark.parametrize("text", ["Rp 15.000.000", "Rp. 15.000.000,00", "15.000.000,-"])
def test_prices_may_carry_their_currency(tmp_path: Path, text: str) -> None:
    row = only_item(bill(tmp_path, f"1;;Mobilisasi;ls;1;{text};"))
    assert row.unit_price == Decimal(15000000)


@pytest.mark.parametrize(
    ("value", "exact"),
    [(0.1, "0.1"), (42.18, "42.18"), (0.1 + 0.2, "0.3"), (1.1 * 3, "3.3"), (12, "12"), (123456.789, "123456.789")],
)
def test_numbers_of_a_workbook_are_exact(tmp_path: Path, value: float, exact: str) -> None:
    row = only_item(read_boq(rows_file(tmp_path, [HEADER, ["1", "", "Galian", "m3", value]])))
    assert str(row.quantity) == exact


def test_what_a_subtraction_leaves_near_zero_is_zero(tmp_path: Path) -> None:
    row = only_item(read_boq(rows_file(tmp_path, [HEADER, ["1", "", "Galian", "m3", 0.1 + 0.2 - 0.3]])))
    assert row.quantity == 0
    assert codes(row) == ["quantity.zero"]


@pytest.mark.parametrize(("line", "column"), [("12.500;;", "E"), ("1;12.500;", "F"), ("1;5;12,500", "G")])
def test_an_ambiguous_number_refuses_the_file_with_both_readings(tmp_path: Path, line: str, column: str) -> None:
    error = refusal(csv_file(tmp_path, f"{';'.join(HEADER)}\n1;;Pagar;m';1;;\n2;;Galian;m3;{line}\n"))
    assert (error.code, *place(error)) == ("number.ambiguous", "3", column)
    for language in ("id", "en"):
        text = issue_text(error.code, error.data, language)
        assert all(part in text for part in ("boq.csv", "12500", "12.5", "--locale id"))


def test_an_ambiguous_number_in_a_sum_does_not_matter(tmp_path: Path) -> None:
    boq = bill(tmp_path, "1;;Galian;m3;12,5;;\n;;Jumlah;;;;12.500")
    assert boq.rows[1].stated_amount is None


def test_the_preview_collects_ambiguous_numbers_instead(tmp_path: Path) -> None:
    boq = bill(tmp_path, "1;;Pagar;m';12.500;;\n2;;Galian;m3;3,5;;", collect=True)
    first, second = boq.rows
    assert first.quantity is None
    assert [(issue.code, issue.severity) for issue in first.issues] == [("number.ambiguous", Severity.ERROR)]
    assert first.issues[0].data["column"] == "E"
    assert second.quantity == Decimal("3.5")


@pytest.mark.parametrize("text", ["abc", "12 m2", "=2*3", "12,5,5", "2x3", "1e5", "½", "١٢"])
def test_unreadable_quantities_are_errors_of_their_line(tmp_path: Path, text: str) -> None:
    row = _quantity(tmp_path, text)
    assert row.quantity is None
    assert row.description == "Galian"
    assert [(issue.code, issue.severity) for issue in row.issues] == [("quantity.unreadable", Severity.ERROR)]
    assert row.issues[0].data == {"file": "boq.csv", "row": "2", "column": "E", "text": text}


@pytest.mark.parametrize("text", ["-3,5", "-0,01", "(4,5)"])
def test_negative_quantities_are_not_counted(tmp_path: Path, text: str) -> None:
    row = _quantity(tmp_path, text)
    assert row.quantity is None
    assert [(issue.code, issue.severity) for issue in row.issues] == [("quantity.negative", Severity.ERROR)]


@pytest.mark.parametrize("text", ["1000000000000", "9.999.999.999.999", "0,1234567890123456"])
def test_absurd_quantities_are_not_counted(tmp_path: Path, text: str) -> None:
    row = _quantity(tmp_path, text)
    assert row.quantity is None
    assert codes(row) == ["quantity.absurd"]


def test_a_number_of_many_digits_is_shortened_in_the_message(tmp_path: Path) -> None:
    row = _quantity(tmp_path, "9" * 300)
    assert row.quantity is None
    assert len(row.issues[0].data["text"]) <= 40


def test_the_largest_plausible_quantity_is_kept(tmp_path: Path) -> None:
    assert _quantity(tmp_path, "999999999999").quantity == Decimal("999999999999")


def test_a_quantity_of_zero_is_kept_with_a_warning(tmp_path: Path) -> None:
    row = _quantity(tmp_path, "0,00")
    assert row.quantity == 0
    assert [(issue.code, issue.severity) for issue in row.issues] == [("quantity.zero", Severity.WARNING)]


@pytest.mark.parametrize("text", ["", "-", "–"])
def test_an_empty_quantity_or_a_dash_is_missing_without_a_word(tmp_path: Path, text: str) -> None:
    row = _quantity(tmp_path, text)
    assert row.quantity is None
    assert row.issues == ()


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("-5", "unit_price.negative", Severity.ERROR),
        ("abc", "unit_price.unreadable", Severity.ERROR),
        ("10000000000000", "unit_price.absurd", Severity.ERROR),
        ("0", "unit_price.zero", Severity.WARNING),
    ],
)
def test_a_price_that_is_no_price_is_not_used(tmp_path: Path, text: str, code: str, severity: Severity) -> None:
    row = only_item(bill(tmp_path, f"1;3.7.8;Acian;m2;2;{text};"))
    assert row.unit_price is None
    assert [(issue.code, issue.severity) for issue in row.issues] == [(code, severity)]
    assert row.issues[0].data["column"] == "F"


@pytest.mark.parametrize(("stated", "found"), [("12.345,00", False), ("12.345,99", False), ("12.346,01", True)])
def test_a_stated_amount_may_differ_by_a_rupiah(tmp_path: Path, stated: str, found: bool) -> None:
    row = only_item(bill(tmp_path, f"1;;Galian;m3;2,5;4938;{stated}"))
    assert ("amount.differs" in codes(row)) is found


def test_a_stated_amount_that_differs_names_both_figures(tmp_path: Path) -> None:
    row = only_item(bill(tmp_path, "1;;Galian;m3;2,5;4.000,00;99.000,00"))
    (issue,) = row.issues
    assert issue.severity is Severity.WARNING
    assert "99.000" in issue_text(issue.code, issue.data, "id")
    assert "10.000" in issue_text(issue.code, issue.data, "id")


def test_an_unreadable_amount_costs_nothing_but_a_warning(tmp_path: Path) -> None:
    row = only_item(bill(tmp_path, "1;;Galian;m3;2,5;4000;lunas"))
    assert [(issue.code, issue.severity) for issue in row.issues] == [("amount.unreadable", Severity.WARNING)]
    assert row.quantity == Decimal("2.5")


def test_a_date_is_no_quantity(tmp_path: Path) -> None:
    rows = [HEADER, ["1", "", "Galian", "m3", ""]]

    def arrange(workbook: Any, sheet: Any) -> None:
        sheet.write_datetime(1, 4, dt.datetime(2026, 5, 1), workbook.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001 a cell has no zone

    row = only_item(read_boq(sheets_file(tmp_path, {"RAB": rows}, arrange=arrange)))
    assert row.quantity is None
    assert codes(row) == ["quantity.unreadable"]


def test_a_code_that_became_a_date_is_an_error(tmp_path: Path) -> None:
    def arrange(workbook: Any, sheet: Any) -> None:
        sheet.write_datetime(1, 1, dt.datetime(2003, 2, 1), workbook.add_format({"num_format": "d.m.yy"}))  # noqa: DTZ001 a cell has no zone

    rows = [HEADER, ["1", "", "Galian", "m3", 2]]
    row = only_item(read_boq(sheets_file(tmp_path, {"RAB": rows}, arrange=arrange)))
    assert codes(row) == ["code.is_date"]
    assert row.code == "2003-02-01"
