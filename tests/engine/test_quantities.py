from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.dependencies import knots
from ahsp.engine.quantities import QuantityGraph, Source, item_name, name_problem
from ahsp.engine.rounding import Rounding
from ahsp.engine.takeoff import CELLS, TakeoffLine

NAMES = [f"p{number}" for number in range(4)] + [item_name(tag) for tag in range(1, 9)]
CELL_TEXTS = st.sampled_from(["", "", "2", "0,5", "-1,25", "p1", "v2 * 2", "v3/v1", "x", "1/0", "2 +", "=p0", "1e9"])
SHEETS = st.lists(
    st.builds(TakeoffLine, st.just(""), *[CELL_TEXTS for _ in CELLS[:-1]], st.sampled_from(["", "n * p", "v4 + t"])),
    max_size=4,
).map(tuple)
FORMULAS = st.sampled_from(
    [*NAMES, *(f"{name} * 2" for name in NAMES), "2", "v1 + v2", "(", "if(p0 > v3; v4; v5)", "9^99"]
)
SOURCES: st.SearchStrategy[Source] = (
    st.none() | FORMULAS | SHEETS | st.integers(-500, 500).map(lambda one: Decimal(one).scaleb(-2))
)
GRAPHS = st.builds(
    QuantityGraph,
    st.fixed_dictionaries(dict.fromkeys(NAMES[:4], FORMULAS)),
    st.fixed_dictionaries(dict.fromkeys(NAMES[4:], SOURCES)),
)


def graph(parameters: dict[str, str] | None = None, **items: Source) -> QuantityGraph:
    return QuantityGraph(parameters or {}, items)


def codes(made: QuantityGraph) -> dict[str, str]:
    return {name: issues[0].code for name, issues in made.evaluate().issues.items()}


@given(GRAPHS)
def test_each_has_a_value_or_says_why_not(made: QuantityGraph) -> None:
    found = made.evaluate()
    for name in [*made.parameters, *made.items]:
        if made.items.get(name, "") is None:
            assert name not in found.values
        else:
            severities = [issue.severity for issue in found.issues.get(name, ())]
            assert (name in found.values) is ("error" not in severities)


@given(st.data(), GRAPHS)
def test_the_order_changes_nothing(data: st.DataObject, made: QuantityGraph) -> None:
    order = data.draw(st.permutations(list(made.items)))
    other = QuantityGraph(made.parameters, {name: made.items[name] for name in order}).evaluate()
    assert other.values == made.evaluate().values
    assert other.issues.keys() == made.evaluate().issues.keys()


@given(GRAPHS, st.sampled_from(NAMES[4:]), SOURCES)
def test_only_dependents_of_what_changes_change(made: QuantityGraph, name: str, source: Source) -> None:
    """And what does not depend on it can be given as the number it was: recalculating a part gives the whole."""
    changed = QuantityGraph(made.parameters, {**made.items, name: source})
    before, after = made.evaluate(), changed.evaluate()
    moved = {name, *changed.dependents(name), *made.dependents(name)}
    assert {one for one in NAMES if before.values.get(one) != after.values.get(one)} <= moved
    kept = {one: before.values.get(one) for one in made.items if one not in moved}
    part = QuantityGraph(made.parameters, {**changed.items, **kept}).evaluate()
    assert part.values == after.values


@given(st.lists(st.integers(-9_999, 9_999), min_size=1, max_size=6), st.integers(-9_999, 9_999))
def test_a_line_is_the_product_of_its_factors_less_the_deduction(numbers: list[int], deduction: int) -> None:
    cells = [f"{number // 100},{number % 100:02d}" if number >= 0 else f"-{-number}" for number in numbers[:4]]
    line = TakeoffLine("", *cells, *[""] * (4 - len(cells)), f"{deduction}")
    product = Decimal(1)
    for number in numbers[:4]:
        product *= Decimal(number) / (100 if number >= 0 else 1)
    assert graph(v1=(line,)).evaluate().values["v1"] == product - deduction


def test_parameters_may_be_formulas_of_each_other_in_any_order() -> None:
    made = graph({"isi": "panjang * lebar * tinggi", "tinggi": "0,15", "lebar": "panjang / 2", "panjang": "4,5"})
    assert made.evaluate().issues == {}
    assert made.evaluate().values["isi"] == Decimal("1.51875")


def test_circles_are_named_apart_and_spare_the_others() -> None:
    made = graph({"a": "b", "b": "c + 1", "c": "a", "user": "a * 2", "free": "2", "own": "own"}, v1="v1 + free")
    found = made.evaluate()
    assert found.values == {"free": 2}
    assert codes(made)["user"] == "formula.depends_on_invalid"
    assert {name: found.issues[name][0].data["names"] for name in ("a", "b", "c", "own", "v1")} == {
        **dict.fromkeys("abc", "a → b → c → a"),
        "own": "own → own",
        "v1": "v1 → v1",
    }
    assert made.circles() == [("a", "b", "c"), ("own",), ("v1",)]
    assert made.circles({"own", "free"}) == [("own",)]


def test_a_circle_is_told_in_the_words_of_the_person() -> None:
    made = QuantityGraph({"a": "v1"}, {"v1": "a", "v2": "v1"}, {"v1": "v1 (I.1 Beton)"})
    assert made.evaluate().issues["a"][0].data["names"] == "a → v1 (I.1 Beton) → a"
    assert made.evaluate().issues["v2"][0].data["name"] == "v1 (I.1 Beton)"


def test_a_long_circle_is_shortened() -> None:
    made = graph({f"x{number}": f"x{(number + 1) % 500}" for number in range(500)})
    assert made.evaluate().issues["x7"][0].data["names"].count("→") == 13


def test_a_branch_that_is_not_taken_may_be_faulty() -> None:
    assert graph({"a": "1/0"}, v1="if(1 < 2; 7; a)").evaluate().values["v1"] == 7


def test_users_and_dependents() -> None:
    made = graph({"a": "1", "b": "a"}, v1="b * 2", v2=(TakeoffLine("x", "v1", "a"),), v3=Decimal(4))
    assert made.users("a") == ["b", "v2"]
    assert made.dependents("a") == ["b", "v2", "v1"]
    assert made.dependents("v3") == []
    assert made.references["v2"] == ("a", "v1")


def test_own_cells_hide_parameters_in_the_formula_of_a_line_only() -> None:
    line = TakeoffLine("", "2", "p", formula="n * p")
    assert graph({"p": "5", "n": "9"}, v1=(line,)).evaluate().values["v1"] == 10
    found = graph({"t": "5"}, v1=(TakeoffLine("", formula="t * 2"),)).evaluate()
    assert found.sheets["v1"].lines[0].issues["formula"].code == "takeoff.cell_empty"


def test_a_chain_of_12000_items_is_calculated_without_recursion() -> None:
    items: dict[str, Source] = {item_name(tag): f"v{tag + 1} + 1" for tag in range(1, 12_000)}
    found = QuantityGraph({}, {**items, "v12000": Decimal("0.5")}).evaluate()
    assert found.values["v1"] == Decimal("11999.5")
    assert found.issues == {}


def test_a_quantity_follows_its_policy_and_a_parameter_does_not() -> None:
    found = QuantityGraph({"a": "10/3"}, {"v1": "a", "v2": Decimal("1.005")}, {}, Rounding.parse("half-up:0.01"))
    assert found.evaluate().values["v1"] == Decimal("3.33")
    assert found.evaluate().values["a"] > Decimal("3.333")
    assert found.evaluate().values["v2"] == Decimal("1.005")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "formula.empty"),
        ("=", "formula.empty"),
        ("==2", "formula.unexpected"),
        ("1e9", "formula.unexpected"),
        ("(" * 60 + "1" + ")" * 60, "formula.too_deep"),
        ("1" * 1_001, "formula.too_long"),
        ("9" * 39, "formula.too_large"),
        ("9" * 60, "formula.number_invalid"),
        ("<script>alert(1)</script>", "formula.unexpected"),
        ("SUM(A1:A9)", "formula.unexpected"),
    ],
)
def test_bad_formulas_are_issues(text: str, code: str) -> None:
    assert codes(graph({"a": text}, v1=text, v2="a + v1")) == {
        "a": code,
        "v1": code,
        "v2": "formula.depends_on_invalid",
    }


@pytest.mark.parametrize("name", ["n", "p", "l", "t", "T", "v12", "V3", "min", "Round", "if"])
def test_names_that_mean_something_else_are_reserved(name: str) -> None:
    problem = name_problem(name)
    assert problem is not None
    assert problem.code == "formula.name_reserved"


@pytest.mark.parametrize(("name", "fine"), [("tinggi", True), ("v", True), ("v0", True), ("2x", False), ("a b", False)])
def test_other_names(name: str, fine: bool) -> None:
    assert (name_problem(name) is None) is fine


def test_a_sheet_with_a_faulty_line_has_no_quantity_and_says_which() -> None:
    lines = tuple(TakeoffLine("", count) for count in ["1", *["x"] * 12])
    found = graph(v1=lines).evaluate()
    assert "v1" not in found.values
    assert found.issues["v1"][0].data["lines"] == "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"


@given(st.dictionaries(st.integers(0, 30), st.lists(st.integers(0, 30), max_size=4), max_size=30))
def test_knots_come_after_what_they_refer_to(numbers: dict[int, list[int]]) -> None:
    references = {str(one): [str(other) for other in others] for one, others in numbers.items()}
    seen: set[str] = set()
    for knot in knots(references):
        for name in knot:
            assert {one for one in references[name] if one in references} <= seen | set(knot)
        seen.update(knot)
    assert seen == references.keys()
