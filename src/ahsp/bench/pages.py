"""The workspace of one project in Chromium: until it is usable, a scroll, a price, a paste, memory, answers."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page

from ahsp.bench.projects import EVERYWHERE
from ahsp.bench.watching import PASTE, PRICE, SCROLL, SETTLED, USABLE

PATIENCE_MS = 60_000
_PRICES = count(100_001)


@dataclass(frozen=True)
class Amounts:
    """How often and how much: visits, recorded scrolls and their frames, prices and pastes."""

    visits: int = 5
    scrolls: int = 5
    frames: int = 450
    prices: int = 9
    pastes: int = 3


@dataclass(frozen=True)
class Place:
    """Where the project is opened: `enter` gives a browser without anything kept, signed in; `forget` empties the
    cache of the application."""

    address: str
    code: str
    enter: Callable[[], BrowserContext]
    forget: Callable[[], None]
    answers: dict[str, int] = field(default_factory=dict)
    """Bytes of the largest answer of each address of the API, as they came over the line."""

    def visit(self, context: BrowserContext, step: str = "") -> Page:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(USABLE)
        listen(page, self.answers)
        page.goto(f"{self.address}/p/{self.code}/work/{step}")
        return page


def measure_pages(place: Place, pasted: list[list[str]], amounts: Amounts) -> dict[str, float]:
    """Medians in ms (and the slowest), megabytes of the tab, kilobytes of the largest answer."""
    figures = _usable(place, amounts.visits)
    context = place.enter()
    page = place.visit(context)
    _usable_after(page)
    figures |= _scroll(page, amounts)
    page.goto(f"{place.address}/p/{place.code}/work/prices/")
    figures |= _prices(page, amounts.prices)
    page.goto(f"{place.address}/p/{place.code}/work/")
    _usable_after(page)
    figures |= _pastes(page, pasted, amounts.pastes)
    page.evaluate(SCROLL, amounts.frames)
    figures |= _memory(page)
    context.close()
    figures["largest_kb"] = round(max(place.answers.values()) / 1000, 1)
    return figures


def listen(page: Page, answers: dict[str, int]) -> None:
    """Note the bytes of the answers of the API while the page lives."""
    session = page.context.new_cdp_session(page)
    asked: dict[str, str] = {}

    def began(event: dict[str, Any]) -> None:
        url = event["response"]["url"].partition("?")[0]
        if "/api/" in url:
            asked[event["requestId"]] = url

    def ended(event: dict[str, Any]) -> None:
        url = asked.get(event["requestId"])
        if url is not None:
            answers[url] = max(answers.get(url, 0), int(event["encodedDataLength"]))

    session.on("Network.responseReceived", began)
    session.on("Network.loadingFinished", ended)
    session.send("Network.enable")


def _usable(place: Place, visits: int) -> dict[str, float]:
    """First with nothing kept, neither by the browser nor by the application; then again in the same browser."""
    first: list[float] = []
    again: list[float] = []
    for _ in range(visits):
        place.forget()
        context = place.enter()
        for times in (first, again):
            page = place.visit(context)
            times.append(_usable_after(page))
            page.close()
        context.close()
    return {**_told("usable", first), **_told("usable_again", again)}


def _usable_after(page: Page) -> float:
    page.wait_for_function("() => window.benchUsable !== undefined")
    return float(page.evaluate("window.benchUsable"))


def _scroll(page: Page, amounts: Amounts) -> dict[str, float]:
    """The median of all frames; the longest frame of a recording, as median of the recordings and the worst."""
    recordings = [page.evaluate(SCROLL, amounts.frames) for _ in range(amounts.scrolls)]
    longest = [max(recording) for recording in recordings]
    return {
        "frame_ms": round(statistics.median(length for recording in recordings for length in recording), 1),
        "longest_frame_ms": round(statistics.median(longest), 1),
        "longest_frame_slowest_ms": round(max(longest), 1),
    }


def _prices(page: Page, rounds: int) -> dict[str, float]:
    """One price that nearly every row uses, typed: until the total, and until the row's own cost too."""
    name = EVERYWHERE["name"]
    page.locator("[data-filter]").fill(name)
    rows = page.locator(".price-grid .grid-body .grid-row:not([hidden])")
    row = rows.filter(has=page.get_by_text(name, exact=True)).first
    total, everything = [], []
    for _ in range(rounds):
        row.locator("[data-column='3']").click()
        page.evaluate(PRICE, name)
        page.keyboard.type(str(next(_PRICES)))
        page.keyboard.press("Enter")
        times = page.evaluate("window.benchPrice")
        total.append(times["total"])
        everything.append(times["all"])
        page.wait_for_function(SETTLED)
    return {**_told("price_total", total), **_told("price", everything)}


def _pastes(page: Page, cells: list[list[str]], rounds: int) -> dict[str, float]:
    """A block at the end of the bill, taken back each time."""
    text = "\n".join("\t".join(line) for line in cells)
    counted = page.locator(".sum-count")
    before = counted.inner_text()
    preview, everything = [], []
    for _ in range(rounds):
        for key in ("Control+End", "Home"):
            page.keyboard.press(key)
        times = page.evaluate(PASTE, text)
        preview.append(times["preview"])
        everything.append(times["all"])
        page.wait_for_function(SETTLED)
        page.keyboard.press("Control+z")
        page.wait_for_function("before => document.querySelector('.sum-count').innerText === before", arg=before)
        page.wait_for_function(SETTLED)
    return {**_told("paste_preview", preview), **_told("paste", everything)}


def _memory(page: Page) -> dict[str, float]:
    """What scripts hold after a collection, and where the system tells it, all memory the tab's process has alone."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    browser = page.context.browser
    assert browser is not None  # noqa: S101 - it was launched, so every context has one
    return {
        "heap_mb": round(metrics["JSHeapUsedSize"] / 1e6, 1),
        "tab_mb": round(_private_kb(browser.new_browser_cdp_session()) * 1024 / 1e6, 1),
    }


def _private_kb(session: CDPSession) -> int:
    """Of the largest process that draws pages; 0 where the system has no /proc."""
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return max(
        (
            sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_"))
            for text in _maps(int(one["id"]) for one in processes if one["type"] == "renderer")
        ),
        default=0,
    )


def _maps(pids: Iterable[int]) -> Iterable[str]:
    for pid in pids:
        file = Path(f"/proc/{pid}/smaps_rollup")
        if file.exists():
            yield file.read_text(encoding="utf-8")


def _told(name: str, times: list[float]) -> dict[str, float]:
    return {f"{name}_ms": round(statistics.median(times)), f"{name}_slowest_ms": round(max(times))}
