"""The tables of docs/calculation.md on resource needs and Pareto, run."""

from __future__ import annotations

from decimal import Decimal

from ahsp.engine.estimate import Estimate, EstimateSettings, WorkItem, price_estimate
from ahsp.engine.needs import Need, ResourceNeeds, Sort, resource_needs
from ahsp.engine.pareto import pareto
from ahsp.engine.rounding import Rounding
from tests.engine.document import GROUPS, NOTHING, analyses, number, optional, prices, tables

ITEMS = (
    ("soil", "10", None),
    ("trench", "2", None),
    ("fence", "3", None),
    ("hedge", "1", None),
    ("soil", None, None),
    ("bricks", "1", "120000.505"),
    (None, "7", "1000"),
)


def _needs() -> ResourceNeeds:
    items = tuple(
        WorkItem(str(at), str(at), "x", "m3", quantity and Decimal(quantity), code, price and Decimal(price))
        for at, (code, quantity, price) in enumerate(ITEMS)
    )
    settings = EstimateSettings(Decimal("0.10"), None, Rounding.parse("half-up:100"))
    return resource_needs(price_estimate(Estimate(items, analyses(), prices(), settings)))


def _name(need: Need) -> str:
    if need.key.sort is Sort.RESOURCE:
        return f"{need.key.name} ({need.key.unit})"
    return f"lump sum {need.key.name}" if need.key.sort is Sort.LUMP_SUM else need.key.name


def test_needs() -> None:
    expected = [
        (
            GROUPS[row["Group"]],
            row["Need"],
            optional(row["Quantity"]),
            optional(row["Price"]),
            optional(row["Cost"]),
            row["Complete"] == "yes",
        )
        for row in tables()["needs"]
    ]
    found = _needs()
    assert [(n.key.kind, _name(n), n.quantity, n.price, n.cost, n.complete) for n in found.needs] == expected
    assert (found.without_quantity, found.without_analysis) == (1, 2)


def test_spend() -> None:
    (row,) = tables()["spend"]
    spend = _needs().spend
    figures = (
        spend.labor, spend.material, spend.equipment, spend.direct_cost, spend.difference, spend.overhead_and_profit,
        spend.own_prices, spend.rounding, spend.subtotal,
    )  # fmt: skip
    assert figures == tuple(number(cell) for cell in row.values())


def test_pareto() -> None:
    rows = tables()["pareto"]
    ranked = pareto([(row["Name"], number(row["Amount"])) for row in reversed(rows)])
    found = [(one.value, one.amount, one.share, one.cumulative, one.grade.value) for one in ranked]
    assert found == [
        (row["Name"], number(row["Amount"]), number(row["Share"]), number(row["Cumulative"]), row["Class"])
        for row in rows
    ]
    assert NOTHING not in {row["Class"] for row in rows}
