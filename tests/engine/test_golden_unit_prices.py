"""The unit prices that the ministry's own workbook prints for its example prices."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path

import pytest

from ahsp.catalog.packages import (
    EditionPackage,
    edition_path,
    price_book_path,
    read_edition,
    read_price_book,
)
from ahsp.engine.estimate import price_estimate
from ahsp.engine.prices import PriceTable
from ahsp.engine.pricing import Status
from tests.engine.builders import estimate, item

GOLDEN = Path(__file__).parents[1] / "golden" / "ck-se47-2026-unit-prices.csv"


@cache
def edition() -> EditionPackage:
    return read_edition(edition_path("ck-se47-2026"))


@cache
def example_prices() -> PriceTable:
    return read_price_book(price_book_path("ck-se47-2026-example")).table()


def golden() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_printed_unit_price_is_met_to_its_last_decimal() -> None:
    rows = golden()
    codes = [row["item_code"] for row in rows]
    known = {code: edition().analysis(code) for code in codes}
    bill = estimate(*(item(code, code) for code in codes), analyses=known, table=example_prices())
    assert len(rows) == 680
    for row, priced in zip(rows, price_estimate(bill).items(), strict=True):
        assert priced.unit_price is not None, row
        assert priced.status is Status.PRICED, row
        assert _as_printed(priced.unit_price.direct_cost, row["direct_cost"]) == row["direct_cost"], row
        printed = row["unit_price_at_10_percent"]
        assert _as_printed(priced.unit_price.exact, printed) == printed, row


def _as_printed(value: Decimal, printed: str) -> str:
    """The table gives at most six decimals, a half to the even side, and no zeros behind them."""
    assert len(printed.partition(".")[2]) <= 6
    text = f"{value.quantize(Decimal('0.000001'), ROUND_HALF_EVEN):f}"
    return text.rstrip("0").rstrip(".")


@pytest.mark.parametrize("hours", [7, 8])
def test_the_whole_edition_prices_without_a_surprise(hours: int) -> None:
    records = edition().records
    table = PriceTable(example_prices().prices, Decimal(hours))
    items = (item(record.code, record.code, unit=record.unit) for record in records)
    bill = estimate(*items, analyses=dict(edition().engine_analyses), table=table)
    priced = price_estimate(bill)
    told = {issue.code for one in priced.items() for issue in one.issues}
    assert priced.item_count == len(records) == 2_062
    assert priced.incomplete == 468
    assert told == {"analysis.partial", "analysis.unpriced"}
