"""The pictures of the README, taken on request only: ./ahsp test tests/browser/pictures.py"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.guide import in_few_colours
from tests.browser.guide_walks import busy_project
from tests.people import Cast

FOLDER = Path(__file__).parents[2] / "docs" / "images"


@pytest.mark.parametrize(("theme", "name"), [("light", "boq.png"), ("dark", "boq-dark.png")])
def test_picture_of_the_bill(visit: Any, cast: Cast, theme: str, name: str) -> None:
    page = visit(cast.ani, theme, reduced_motion="reduce").go(f"/p/{busy_project(cast).code}/work/boq/")
    page.get_by_role("gridcell", name="Pemasangan bouwplank").click()
    page.get_by_role("complementary").get_by_role("button", name="Dari mana?").click()
    page.locator(".inspector .trace, .inspector .sheet-line").first.wait_for()
    page.mouse.move(0, 0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_bytes(in_few_colours(page, page.screenshot()))
