"""Every table of docs/calculation.md, run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

import pytest

from ahsp.core.words import in_words
from ahsp.engine.analysis import Analysis, LumpSumLine
from ahsp.engine.estimate import (
    Estimate,
    EstimateSettings,
    PricedEstimate,
    PricedItem,
    PricedSection,
    Section,
    WorkItem,
    price_estimate,
)
from ahsp.engine.formulas import FormulaError, evaluate, parse_formula
from ahsp.engine.issues import Issue
from ahsp.engine.numbers import Notation, NumberError, parse_number
from ahsp.engine.prices import Conversion, PriceTable, find_price
from ahsp.engine.pricing import PricedAnalysis, Status, price_analysis
from ahsp.engine.resources import ResourceKind
from ahsp.engine.rounding import CENT, EXACT, Rounding, round_money
from ahsp.engine.vat import vat_rule_on
from tests.engine.document import (
    NOTHING,
    Row,
    analyses,
    number,
    optional,
    percent,
    prices,
    resource,
    tables,
)

NOTATIONS = {"Indonesian": Notation.INDONESIAN, "English": Notation.ENGLISH, "Either": Notation.AUTO}
PARAMETERS = {"p": Decimal("4.5"), "l": Decimal(2), "n": Decimal(0)}


def rows_of(table: str) -> pytest.MarkDecorator:
    rows = tables()[table]
    return pytest.mark.parametrize(
        "row", rows, ids=[f"{at}: {' '.join(row.values())}"[:60] for at, row in enumerate(rows, 1)]
    )


def test_every_table_is_run() -> None:
    of_analyses = {"lines", "analyses", "prices", "unit prices"}
    assert set(tables()) == of_analyses | {
        "numbers",
        "rounding",
        "items",
        "sections",
        "totals",
        "needs",
        "spend",
        "pareto",
        "words",
        "formulas",
        "take-off",
        "quantities",
    }


@rows_of("numbers")
def test_numbers(row: Row) -> None:
    for column, notation in NOTATIONS.items():
        assert _read(row["Text"].strip("`"), notation) == row[column]


def _read(text: str, notation: Notation) -> str:
    try:
        return f"{parse_number(text, notation).normalize():f}"
    except NumberError as refused:
        return refused.code


@rows_of("rounding")
def test_rounding(row: Row) -> None:
    assert round_money(Decimal(row["Value"]), Rounding.parse(row["Policy"])) == Decimal(row["Result"])


def _priced(code: str) -> PricedAnalysis:
    return price_analysis(analyses()[code], prices(), analyses())


@rows_of("lines")
def test_lines(row: Row) -> None:
    line = next(one for one in _priced(row["Analysis"]).lines if one.line.position == int(row["No"]))
    assert line.price == optional(row["Price"])
    assert line.amount == optional(row["Amount"])


@rows_of("analyses")
def test_analyses(row: Row) -> None:
    priced = _priced(row["Analysis"])
    figures = (priced.labor, priced.material, priced.equipment, priced.direct_cost)
    assert figures == tuple(number(row[column]) for column in "ABCD")
    assert priced.status == row["Status"]
    assert _told(priced) == row["Told"]


def _told(priced: PricedAnalysis) -> str:
    if not priced.missing:
        return ", ".join(issue.code for issue in priced.issues) or NOTHING
    assert priced.issues[0].data == {
        "priced": str(priced.priced),
        "counted": str(priced.counted),
        "missing": "; ".join(priced.missing),
    }
    return f"{priced.priced} of {priced.counted}, missing: {'; '.join(priced.missing)}"


@rows_of("prices")
def test_prices(row: Row) -> None:
    asked, recorded = (resource(row[column][2:], row[column][0]) for column in ("Asked", "Recorded"))
    table = PriceTable({recorded: number(row["Price"])}, number(row["Hours per day"]), _conversions(row["Factor"]))
    found = find_price(table, asked)
    if row["Found"] == "missing":
        assert found is None
    else:
        assert found is not None
        assert found.source == recorded
        assert round_money(found.price, CENT) == number(row["Found"])
        assert round_money(number(row["Price"]) * found.factor, CENT) == number(row["Found"])


def _conversions(cell: str) -> tuple[Conversion, ...]:
    if cell == NOTHING:
        return ()
    name, _, rest = cell.partition(": 1 ")
    from_unit, _, factor, to_unit = rest.split()
    return (Conversion(name, from_unit, to_unit, number(factor)),)


def _estimate(item: WorkItem, settings: EstimateSettings, known: dict[str, Analysis]) -> PricedEstimate:
    return price_estimate(Estimate((item,), known, prices(), settings))


def _codes(issues: tuple[Issue, ...]) -> str:
    return ", ".join(issue.code for issue in issues) or NOTHING


@rows_of("unit prices")
def test_unit_prices(row: Row) -> None:
    overhead, policy = percent(row["Overhead"]), Rounding.parse(row["Policy"])
    line = LumpSumLine(1, ResourceKind.MATERIAL, "all", Decimal(1), number(row["D"]))
    known = {"x": Analysis("x", "x", "m3", (line,))}
    item = WorkItem("1", "1", "x", "m3", number(row["Quantity"]), "x")
    for_all = _estimate(item, EstimateSettings(overhead, None, policy), known)
    own_rate = WorkItem("1", "1", "x", "m3", number(row["Quantity"]), "x", overhead=overhead)
    for_one = _estimate(own_rate, EstimateSettings(Decimal("0.12"), None, policy), known)
    for estimate, told in ((for_all, for_all.issues), (for_one, next(for_one.items()).issues)):
        priced = next(estimate.items())
        assert priced.unit_price is not None
        assert priced.unit_price.overhead_and_profit == overhead * number(row["D"])
        assert priced.unit_price.exact == number(row["F"])
        assert priced.unit_price.rounded == number(row["Unit price"])
        assert priced.amount == number(row["Amount"])
        assert _codes(told) == row["Told"]


@rows_of("items")
def test_items(row: Row) -> None:
    code = None if row["Code"] == NOTHING else row["Code"].strip("`")
    item = WorkItem("1", "1", "x", row["Unit"], optional(row["Quantity"]), code, optional(row["Own price"]))
    priced = _only_item(_estimate(item, EstimateSettings(Decimal("0.10"), None), analyses()))
    assert (priced.unit_price.rounded if priced.unit_price else None) == optional(row["Unit price"])
    assert priced.amount == optional(row["Amount"])
    assert priced.status == row["Status"]
    assert _codes(priced.issues) == row["Told"]


def _only_item(estimate: PricedEstimate) -> PricedItem:
    (priced,) = estimate.items()
    assert estimate.complete is (priced.status is Status.PRICED)
    return priced


def test_sections() -> None:
    """Numbers say what lies in what; a row with a price is an item, any other a section."""
    rows = {row["No"]: row for row in tables()["sections"]}
    everything = rows.pop("all")
    priced = price_estimate(Estimate(_within("", rows), {}, prices(), EstimateSettings(Decimal("0.10"), None)))
    told = {"all": (priced.subtotal, priced.incomplete)}
    for child in _with_all_below(priced.children):
        if isinstance(child, PricedItem):
            assert child.amount == optional(rows[child.item.number]["Amount or total"])
        else:
            told[child.section.number] = (child.total, child.incomplete)
    sections = {no: row for no, row in rows.items() if row["Own price"] == NOTHING} | {"all": everything}
    assert told == {no: (number(row["Amount or total"]), int(row["Not PRICED"])) for no, row in sections.items()}


def _within(outer: str, rows: dict[str, Row]) -> tuple[Section | WorkItem, ...]:
    return tuple(
        Section(no, no, no, _within(no, rows))
        if row["Own price"] == NOTHING
        else WorkItem(no, no, no, "m3", optional(row["Quantity"]), unit_price=number(row["Own price"]))
        for no, row in rows.items()
        if no.rpartition(".")[0] == outer
    )


def _with_all_below(children: Iterable[PricedSection | PricedItem]) -> Iterator[PricedSection | PricedItem]:
    for child in children:
        yield child
        if isinstance(child, PricedSection):
            yield from _with_all_below(child.children)


@rows_of("totals")
def test_totals(row: Row) -> None:
    item = WorkItem("1", "1", "x", "ls", Decimal(1), unit_price=number(row["Subtotal"]))
    rule = vat_rule_on(date.fromisoformat(row["Date"]))
    estimate = _estimate(item, EstimateSettings(Decimal("0.10"), rule, EXACT, Rounding.parse(row["Policy"])), {})
    assert estimate.vat is not None
    assert estimate.subtotal == number(row["Subtotal"])
    assert estimate.vat.base == number(row["Base"])
    assert estimate.vat.amount == number(row["VAT"])
    assert estimate.total == number(row["Total"])
    assert estimate.rounded_total == number(row["Rounded"])


@rows_of("words")
def test_words(row: Row) -> None:
    assert in_words(number(row["Amount"]), "id") == row["Indonesian"]
    assert in_words(number(row["Amount"]), "en") == row["English"]


@rows_of("formulas")
def test_formulas(row: Row) -> None:
    text, notation = row["Formula"].strip("`"), NOTATIONS[row["Notation"]]
    assert _value(text, notation) == row["Value"]


def _value(text: str, notation: Notation) -> str:
    try:
        return f"{evaluate(parse_formula(text, notation), PARAMETERS).normalize():f}"
    except FormulaError as refused:
        return str(refused)
