"""Each finding reads as a sentence in both languages: where it is, what happened, what to do."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import ahsp.exchange.reading
from ahsp.core.issue_texts import TEXTS, issue_text

FOLDER = Path(ahsp.exchange.reading.__file__).parent
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
AREAS = {
    "amount",
    "boq",
    "cell",
    "code",
    "description",
    "file",
    "formula",
    "header",
    "item_number",
    "number",
    "quantity",
}
AREAS |= {"row", "sheet", "unit_price", "workbook"}
PLACES = {"file": "boq.xlsx", "row": "12", "column": "E"}


def _codes() -> list[str]:
    """Every code that stands in the sources of reading, the composed ones written out."""
    found = {
        f"{field}.{fault}" for field in ("quantity", "unit_price") for fault in ("negative", "absurd", "unreadable")
    }
    found.add("amount.unreadable")
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    # What the engine's parser says becomes a finding of the quantity, the price or the amount.
    return sorted(code for code in found - {"number.invalid"} if code.partition(".")[0] in AREAS)


def test_the_sources_were_searched() -> None:
    assert len(_codes()) > 40


@pytest.mark.parametrize("code", _codes())
def test_every_finding_has_a_sentence_that_names_its_place(code: str) -> None:
    english = issue_text(code, PLACES, "en")
    indonesian = issue_text(code, PLACES, "id")
    assert code in TEXTS
    assert english != indonesian
    for text in (english, indonesian):
        assert text.startswith("boq.xlsx")
        assert text.endswith(".")
        assert ("12" in text) is ("{row}" in TEXTS[code])
    assert re.search(r"[;:,.] \w+", english), "it says what to do"
