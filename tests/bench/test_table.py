from __future__ import annotations

from typing import Any

import pytest

from ahsp.bench import browser
from ahsp.cli.bench import ROWS, is_missed, table

FIGURES: dict[str, dict[str, Any]] = {}
for one in ROWS:
    FIGURES.setdefault(one.suite, {})[one.key] = one.limit


def test_what_is_at_its_limit_is_met_and_the_browser_is_named() -> None:
    shown = table({**FIGURES, "browser": {**FIGURES["browser"], "chromium": "150.0"}})
    assert "missed" not in shown
    assert shown.endswith("Chromium 150.0.")


def test_what_is_above_its_limit_is_missed() -> None:
    row = ROWS[0]
    figures = {**FIGURES, row.suite: {**FIGURES[row.suite], row.key: row.limit + 1}}
    assert is_missed(row, figures)
    assert table(figures).count("missed") == 1


def test_without_chromium_the_table_says_so_and_nothing_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "find_chromium", lambda: None)
    figures = {**FIGURES, "browser": browser.measure()}
    shown = table(figures)
    assert shown.count("not measured") == sum(row.suite == "browser" for row in ROWS)
    assert "no Chromium found: install it or name it with CHROMIUM" in shown
    assert not any(is_missed(row, figures) for row in ROWS)
