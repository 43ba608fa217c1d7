"""The measurement of the workspace gives every figure; how large they are is for `./ahsp bench` to say."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext

from ahsp.bench.chromium import DESKTOP
from ahsp.bench.pages import Amounts, Place, measure_pages
from ahsp.bench.projects import make_bench_project, spreadsheet_rows
from ahsp.cli.bench import ROWS
from tests.people import sign_in

FEW = Amounts(visits=1, scrolls=1, frames=20, prices=1, pastes=1)
ITEMS = 50


def test_every_figure_of_the_browser_is_measured(browser: Browser, address: str) -> None:
    person, project = make_bench_project(ITEMS)
    session = sign_in(person).cookies["sessionid"].value
    opened: list[BrowserContext] = []

    def enter() -> BrowserContext:
        options: Any = {"viewport": DESKTOP, "locale": "id-ID"}
        opened.append(browser.new_context(**options))
        opened[-1].add_cookies([{"name": "sessionid", "value": session, "url": address}])
        return opened[-1]

    place = Place(address, project.code, enter, cache.clear)
    figures = measure_pages(place, spreadsheet_rows(project, 60), FEW)

    asked = {row.key.removesuffix("_12000") for row in ROWS if row.suite == "browser" and row.key.endswith("_12000")}
    assert asked <= set(figures)
    assert min(figures.values()) > 0
    assert {address.rsplit("/", 2)[-2] for address in place.answers} >= {"workspace", "grid", "commands"}
    # What was pasted was taken back each time.
    assert project.items.count() == ITEMS
