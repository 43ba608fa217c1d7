"""tests/golden/numbering.json is the table that the workspace in the browser numbers by, too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.numbering import NumberedRow, NumberingRule, letters, number_rows, roman

GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "numbering.json").read_text(encoding="utf-8")
)
LEVELS = st.lists(st.integers(0, 6), max_size=60)


@pytest.mark.parametrize("rule", NumberingRule)
@pytest.mark.parametrize("tree", GOLDEN["trees"], ids=lambda tree: tree["name"])
def test_trees(tree: dict[str, Any], rule: NumberingRule) -> None:
    rows = [NumberedRow(row["level"], row["written"]) for row in tree["rows"]]
    assert list(number_rows(rows, rule)) == [row[rule.value] for row in tree["rows"]]


def test_letters_and_roman_numbers() -> None:
    assert [[value, letters(value)] for value, _ in GOLDEN["letters"]] == GOLDEN["letters"]
    assert [[value, roman(value)] for value, _ in GOLDEN["roman"]] == GOLDEN["roman"]


@given(LEVELS, st.sampled_from([rule for rule in NumberingRule if rule is not NumberingRule.WRITTEN]))
def test_every_number_is_unique_and_begins_with_its_parents(levels: list[int], rule: NumberingRule) -> None:
    numbers = list(number_rows([NumberedRow(level, "") for level in levels], rule))
    assert len(set(numbers)) == len(levels)
    for number in numbers:
        parent = number.rpartition(".")[0]
        assert not parent or parent in numbers


def test_letters_never_repeat() -> None:
    assert len({letters(value) for value in range(1, 20_000)}) == 19_999
