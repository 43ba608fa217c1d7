"""Laws of the calculation, for whatever estimate."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.analysis import (
    Analysis,
    AnalysisLine,
    LumpSumLine,
    NestedLine,
    PercentageLine,
    ResourceLine,
)
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
from ahsp.engine.prices import PriceTable
from ahsp.engine.pricing import PricedAnalysis, Status, price_analysis
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import CENT, Rounding, round_money
from ahsp.engine.vat import VAT_RULES

RESOURCES = [Resource(kind, f"r{number}", "u") for kind in ResourceKind for number in range(4)]
CODES = [f"a{number}" for number in range(4)]


def figures(highest: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, highest * 10**places).map(lambda number: Decimal(number).scaleb(-places))


COEFFICIENTS = figures(500, 4)
MONEY = figures(5_000_000, 2)
MAYBE = st.none() | COEFFICIENTS
TABLES = st.dictionaries(st.sampled_from(RESOURCES), MONEY, min_size=6).map(PriceTable)
WHOLE_TABLES = st.fixed_dictionaries(dict.fromkeys(RESOURCES, MONEY)).map(PriceTable)


@st.composite
def lines(draw: st.DrawFn, others: list[str], *, complete: bool = False) -> tuple[AnalysisLine, ...]:
    """Lines of every sort that costs, percentages of earlier or later ones among them."""
    coefficients = COEFFICIENTS if complete else MAYBE
    count = draw(st.integers(1, 5))
    made: list[AnalysisLine] = []
    for position in range(1, count + 1):
        sorts = ["resource", "resource", "lump sum"] + ["percentage"] * (position > 1) + ["nested"] * bool(others)
        sort, kind = draw(st.sampled_from(sorts)), draw(st.sampled_from(ResourceKind))
        if sort == "resource":
            made.append(ResourceLine(position, draw(st.sampled_from(RESOURCES)), draw(coefficients)))
        elif sort == "nested":
            made.append(NestedLine(position, draw(st.sampled_from(others)), draw(coefficients)))
        elif sort == "percentage":
            of = draw(st.sets(st.integers(1, position - 1), min_size=1))
            made.append(PercentageLine(position, kind, f"p{position}", draw(coefficients), tuple(of)))
        else:
            made.append(LumpSumLine(position, kind, f"l{position}", draw(coefficients), draw(MONEY)))
    return tuple(made)


@st.composite
def catalogs(draw: st.DrawFn, *, complete: bool = False) -> dict[str, Analysis]:
    """Analyses that nest only those before them."""
    return {
        code: Analysis(code, code, "m3", draw(lines(CODES[:at], complete=complete))) for at, code in enumerate(CODES)
    }


@st.composite
def bills(draw: st.DrawFn, depth: int = 3) -> tuple[Section | WorkItem, ...]:
    children: list[Section | WorkItem] = []
    for _ in range(draw(st.integers(0, 4))):
        if depth and draw(st.booleans()):
            children.append(Section("s", "s", "s", draw(bills(depth=depth - 1))))
        else:
            code = draw(st.none() | st.sampled_from([*CODES, "unknown"]))
            own = draw(st.none() | st.none() | MONEY)
            children.append(WorkItem("i", "i", "i", "m3", draw(MAYBE), code, own))
    return tuple(children)


POLICIES = st.sampled_from(["none", "floor:1", "half-up:0.01", "half-up:100", "floor:1000"]).map(Rounding.parse)
SETTINGS = st.builds(
    EstimateSettings,
    overhead=figures(1, 3),
    vat=st.none() | st.sampled_from(VAT_RULES),
    unit_price_rounding=POLICIES,
    total_rounding=POLICIES,
)
ESTIMATES = st.builds(Estimate, bills(), catalogs(), TABLES, SETTINGS)


@given(ESTIMATES)
def test_the_sum_of_sections_equals_the_total(estimate: Estimate) -> None:
    priced = price_estimate(estimate)
    amounts = [one.amount for one in priced.items() if one.amount is not None]
    assert priced.subtotal == sum(amounts)
    assert priced.item_count == len(list(priced.items()))
    assert priced.incomplete == sum(one.status is not Status.PRICED for one in priced.items())
    assert priced.total == priced.subtotal + (priced.vat.amount if priced.vat else 0)
    assert sum(_check_sums(child) for child in priced.children) == priced.subtotal


def _check_sums(child: PricedSection | PricedItem) -> Decimal:
    if isinstance(child, PricedItem):
        return child.amount or Decimal(0)
    total = sum((_check_sums(one) for one in child.children), Decimal(0))
    assert child.total == total
    return total


@given(ESTIMATES)
def test_every_amount_is_quantity_times_rounded_unit_price(estimate: Estimate) -> None:
    for one in price_estimate(estimate).items():
        if one.amount is None:
            assert one.item.quantity is None or one.unit_price is None
            assert one.status is not Status.PRICED
        else:
            assert one.item.quantity is not None
            assert one.unit_price is not None
            assert one.amount == round_money(one.item.quantity * one.unit_price.rounded, CENT)
            assert PricedItem(*one) == one


@given(ESTIMATES)
def test_whoever_is_not_priced_says_why(estimate: Estimate) -> None:
    for one in price_estimate(estimate).items():
        assert one.status is Status.PRICED or any(issue.severity == "error" for issue in one.issues)


@given(catalogs(), TABLES)
def test_groups_are_the_sums_of_their_lines(catalog: dict[str, Analysis], table: PriceTable) -> None:
    for analysis in catalog.values():
        priced = price_analysis(analysis, table, catalog)
        assert _same(priced.direct_cost, priced.labor + priced.material + priced.equipment)
        assert _same(priced.direct_cost, sum((one.amount or Decimal(0) for one in priced.lines), Decimal(0)))
        assert priced.priced == sum(one.status is Status.PRICED for one in priced.lines)
        assert priced.counted == len(priced.lines)


@given(catalogs(), TABLES, st.integers())
def test_the_order_of_lines_changes_nothing(catalog: dict[str, Analysis], table: PriceTable, seed: int) -> None:
    random = Random(seed)  # noqa: S311 an order, no secret
    shuffled = {
        code: replace(one, lines=tuple(random.sample(one.lines, len(one.lines)))) for code, one in catalog.items()
    }
    for code, one in catalog.items():
        straight, mixed = price_analysis(one, table, catalog), price_analysis(shuffled[code], table, shuffled)
        assert _same_figures(straight, mixed)
        assert (straight.status, straight.priced, straight.counted) == (mixed.status, mixed.priced, mixed.counted)
        assert set(straight.missing) == set(mixed.missing)


def _same(one: Decimal, other: Decimal) -> bool:
    """To 20 decimals, for a D of very many digits is brought to so many."""
    return abs(one - other) <= Decimal("1E-20")


def _same_figures(one: PricedAnalysis, other: PricedAnalysis) -> bool:
    names = ("labor", "material", "equipment", "direct_cost")
    return all(_same(getattr(one, name), getattr(other, name)) for name in names)


@given(st.data(), catalogs(), TABLES)
def test_the_order_of_items_changes_no_item(
    data: st.DataObject, catalog: dict[str, Analysis], table: PriceTable
) -> None:
    items = [WorkItem(code, code, code, "m3", Decimal(1), code) for code in catalog]
    order = data.draw(st.permutations(items))
    rates = EstimateSettings(Decimal("0.1"), None)
    one, other = (
        {done.item.key: (done.amount, done.status, done.issues) for done in price_estimate(estimate).items()}
        for estimate in (Estimate(tuple(items), catalog, table, rates), Estimate(tuple(order), catalog, table, rates))
    )
    assert one == other


@st.composite
def nests(draw: st.DrawFn) -> dict[str, Analysis]:
    """A catalog without percentages: those are of lines, which writing out renumbers."""
    catalog = draw(catalogs(complete=True))
    return {
        code: replace(one, lines=tuple(line for line in one.lines if not isinstance(line, PercentageLine)))
        for code, one in catalog.items()
    }


@given(nests(), WHOLE_TABLES)
def test_nested_equals_flat(catalog: dict[str, Analysis], table: PriceTable) -> None:
    """An analysis with everything it nests written out, each coefficient times those above it."""
    for code, analysis in catalog.items():
        flat = Analysis(code, code, "m3", tuple(_written_out(analysis, Decimal(1), catalog)))
        straight, written = price_analysis(analysis, table, catalog), price_analysis(flat, table)
        assert _same_figures(straight, written)


def _written_out(analysis: Analysis, times: Decimal, catalog: dict[str, Analysis]) -> list[AnalysisLine]:
    flat: list[AnalysisLine] = []
    for line in analysis.lines:
        assert not isinstance(line, PercentageLine)
        coefficient = getattr(line, "coefficient", Decimal(0)) * times
        if isinstance(line, NestedLine):
            flat += _written_out(catalog[line.analysis], coefficient, catalog)
        else:
            flat.append(replace(line, coefficient=coefficient))
    return flat


@given(st.data(), catalogs(complete=True), WHOLE_TABLES, st.integers(0, 9))
def test_scaling_one_price_moves_only_its_lines(
    data: st.DataObject, catalog: dict[str, Analysis], table: PriceTable, factor: int
) -> None:
    scaled = data.draw(st.sampled_from(RESOURCES))
    other = replace(table, prices={**table.prices, scaled: table.prices[scaled] * factor})
    for analysis in catalog.values():
        before, after = price_analysis(analysis, table, catalog), price_analysis(analysis, other, catalog)
        for one, two in zip(before.lines, after.lines, strict=True):
            if isinstance(one.line, ResourceLine):
                times = factor if one.line.resource == scaled else 1
                assert two.amount == (one.amount or 0) * times
            elif isinstance(one.line, LumpSumLine):
                assert two.amount == one.amount


@given(catalogs(), TABLES, st.integers(0, 9))
def test_scaling_every_price_scales_the_cost(catalog: dict[str, Analysis], table: PriceTable, factor: int) -> None:
    resources_only = {
        code: replace(one, lines=tuple(line for line in one.lines if not isinstance(line, LumpSumLine)))
        for code, one in catalog.items()
    }
    scaled = replace(table, prices={of: price * factor for of, price in table.prices.items()})
    for one in resources_only.values():
        before, after = price_analysis(one, table, resources_only), price_analysis(one, scaled, resources_only)
        assert _same(after.direct_cost, before.direct_cost * factor)
        assert after.status == before.status


@given(ESTIMATES)
def test_one_more_price_never_makes_less_complete(estimate: Estimate) -> None:
    missing = [one for one in RESOURCES if one not in estimate.prices.prices]
    before = price_estimate(estimate)
    for one in missing[:2]:
        table = replace(estimate.prices, prices={**estimate.prices.prices, one: Decimal(1_000)})
        after: PricedEstimate = price_estimate(replace(estimate, prices=table))
        assert after.incomplete <= before.incomplete
        assert after.subtotal >= before.subtotal
