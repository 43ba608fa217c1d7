"""The pictures of the README, taken on request only: ./ahsp test tests/browser/pictures.py"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.conftest import PHONE
from tests.browser.offices import BILL, priced_project
from tests.people import Cast

FOLDER = Path(__file__).parents[2] / "docs" / "images"


def test_pictures_for_the_readme(visit: Any, cast: Cast) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    address = f"/p/{priced_project(cast).code}/"
    for theme in ("light", "dark"):
        page = visit(cast.ani, theme, reduced_motion="reduce").go(address)
        page.get_by_role("row").filter(has_text="Pemasangan bouwplank").click()
        page.get_by_role("complementary").get_by_role("button", name="Dari mana?").click()
        page.mouse.move(0, 0)
        page.screenshot(path=FOLDER / {"light": "rab.png", "dark": "rab-dark.png"}[theme])

    page = visit(cast.ani).go(f"{address}import/")
    page.locator("input[type=file]").set_input_files(BILL)
    page.get_by_role("button", name="Baca berkas").click()
    page.get_by_role("heading", name=BILL.name).wait_for()
    page.screenshot(path=FOLDER / "import.png")

    page = visit(cast.ani).go("/catalog/ck-se47-2026/?q=bekisting+kolom")
    page.locator("tr[data-row-link]").first.click()
    page.get_by_role("complementary").get_by_role("heading").first.wait_for()
    page.mouse.move(0, 0)
    page.screenshot(path=FOLDER / "catalog.png")

    visit(cast.ani, viewport=PHONE).go(address).screenshot(path=FOLDER / "phone.png")
