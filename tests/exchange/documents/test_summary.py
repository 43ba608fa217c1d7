"""The few lines a terminal shows."""

from __future__ import annotations

from pathlib import Path

from ahsp.exchange.documents.summary import summary
from tests.exchange.documents.samples import complete_children, document, item


def test_sections_totals_and_words_are_shown() -> None:
    text = summary(document(complete_children(), language="en"), Path("out.xlsx"))
    assert "I PERSIAPAN" in text
    assert "Total" in text
    assert "In words: " in text
    assert text.endswith("Written: out.xlsx")
    assert "≥" not in text


def test_a_lower_bound_is_marked_and_open_lines_are_named() -> None:
    text = summary(document(language="en"), None)
    assert "≥ " in text
    assert "9 of 20 work items are not fully priced" in text
    assert "missing: Kerikil (kg)" in text
    assert "Written" not in text


def test_many_open_lines_are_counted() -> None:
    text = summary(document(tuple(item(str(n), "Kosong", "m3", "1") for n in range(50)), language="en"), None)
    assert text.count("Kosong:") == 20
    assert "and 30 more" in text


def test_control_characters_do_not_reach_the_terminal() -> None:
    children = (item("1", "merah\x1b[31m\nbaris", "m3", "1"),)
    assert "\x1b" not in summary(document(children), None)
