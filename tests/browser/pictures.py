"""The pictures of the README, taken on request only: ./ahsp test tests/browser/pictures.py"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.offices import priced_project
from tests.people import Cast

FOLDER = Path(__file__).parents[2] / "docs" / "images"


@pytest.mark.parametrize(("theme", "name"), [("light", "rab.png"), ("dark", "rab-dark.png")])
def test_picture_of_the_estimate(visit: Any, cast: Cast, theme: str, name: str) -> None:
    page = visit(cast.ani, theme, reduced_motion="reduce").go(f"/p/{priced_project(cast).code}/")
    page.get_by_role("row").filter(has_text="Pemasangan bouwplank").click()
    page.get_by_role("complementary").get_by_role("button", name="Dari mana?").click()
    page.mouse.move(0, 0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / name)
