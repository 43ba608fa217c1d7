"""Roundings as formulas: a binary spreadsheet must reach what the engine reached with decimals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from ahsp.engine.rounding import Rounding, round_money
from ahsp.exchange.documents.workbook.formulas import rounding_formula
from tests.exchange.documents.recalculation import by_libreoffice, by_second_engine

POLICIES = [
    Rounding.parse(text)
    for text in ("floor:0.01", "floor:1", "floor:100", "floor:1000", "floor:0.05", "half-up:0.01", "half-up:1",
                 "half-up:100", "half-up:1000", "half-up:500")
]  # fmt: skip


def traps() -> list[Decimal]:
    """Values at, just below and just above the edges of steps, where a float is on the wrong side."""
    random = Random(47)  # noqa: S311 - repeatable numbers, no secrets
    edges = [Decimal(random.randrange(1, 10**9)).scaleb(-places) for places in (0, 1, 2, 3, 4) for _ in range(8)]
    # A spreadsheet keeps fifteen digits: beyond millions such a nudge is lost.
    small = [Decimal(random.randrange(1, 10**6)) for _ in range(12)]
    near = [edge + nudge for edge in small for nudge in (Decimal("-0.0000004"), Decimal("0.0000004"))]
    return [*edges, *near, Decimal("1.15"), Decimal("1.005"), Decimal("107360.00"), Decimal("-1234.5"), Decimal(0)]


def steps_workbook(path: Path, values: list[Decimal]) -> dict[str, float]:
    """Every value under every policy, as a price arises: D + E, whose floats seldom meet the decimals."""
    expected = {}
    with Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for row, value in enumerate(values, 1):
            sheet.write_number(f"A{row}", float(value / Decimal("1.1")))
            for column, policy in zip("BCDEFGHIJK", POLICIES, strict=True):
                formula = rounding_formula(f"(A{row}+A{row}*0.1)", value, policy)
                sheet.write_formula(f"{column}{row}", f"={formula}")
                expected[f"{column}{row}"] = float(round_money(value, policy))
    return expected


def test_the_second_engine_reaches_the_same_multiple_of_the_step(tmp_path: Path) -> None:
    path = tmp_path / "steps.xlsx"
    # Its ROUND(1.005,2) is 1.0, where spreadsheets say 1.01.
    expected = steps_workbook(path, [value for value in traps() if value != Decimal("1.005")])
    found = by_second_engine(path)
    assert {cell: found["S", cell] for cell in expected} == pytest.approx(expected, abs=1e-6)


def test_libreoffice_reaches_the_same_multiple_of_the_step(tmp_path: Path, soffice: str) -> None:
    path = tmp_path / "steps.xlsx"
    expected = steps_workbook(path, traps())
    found = by_libreoffice(soffice, path, tmp_path)
    assert {cell: found["S", cell] for cell in expected} == pytest.approx(expected, abs=1e-6)


def test_a_policy_of_none_leaves_the_reference_alone() -> None:
    assert rounding_formula("F12", Decimal("1.23456"), Rounding.parse("none")) == "F12"


@pytest.mark.parametrize(
    ("policy", "formula"),
    [
        ("floor:1", "INT(ROUND(F12,6))"),
        ("half-up:0.01", "ROUND(ROUND(F12,6),2)"),
        ("half-up:1000", "ROUND(ROUND(F12,6),-3)"),
        ("floor:100", "INT(ROUND(ROUND(F12,6)/100,6))*100"),
        ("half-up:500", "ROUND(ROUND(F12,6)/500,0)*500"),
    ],
)
def test_formulas_stay_short_enough_to_be_read(policy: str, formula: str) -> None:
    assert rounding_formula("F12", Decimal("1361455.293"), Rounding.parse(policy)) == formula


@given(st.decimals("-1e9", "1e9", places=9), st.sampled_from(POLICIES))
def test_the_guard_never_moves_a_value_over_an_edge(value: Decimal, policy: Rounding) -> None:
    formula = rounding_formula("X", value, policy)
    digits = int(formula.split("ROUND(X,")[1].split(")")[0])
    guarded = value.quantize(Decimal(1).scaleb(-digits), "ROUND_HALF_UP")
    assert round_money(guarded, policy) == round_money(value, policy)
