"""What a real browser tells about its pages, and the page on which an administrator sees it."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from prometheus_client.parser import text_string_to_metric_families

from ahsp.operations.services import keep_sample
from ahsp.operations.watching.parts import node
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.offices import priced_project
from tests.browser.outage import Outage
from tests.browser.test_pages import faults_of
from tests.people import Cast

LONGEST_WAIT = 20.0
BROKEN = "setTimeout(() => { throw new Error('sengaja rusak'); })"


def figures(name: str) -> dict[str, float]:
    """The samples of /metrics called `name`, summed by page."""
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(Client().get("/metrics").content.decode()):
        for sample in family.samples:
            if sample.name == name:
                found[sample.labels["page"]] = found.get(sample.labels["page"], 0.0) + sample.value
    return found


def wait_until_more(name: str, page: str, than: float) -> float:
    deadline = time.monotonic() + LONGEST_WAIT
    while (value := figures(name).get(page, 0.0)) <= than and time.monotonic() < deadline:
        time.sleep(0.05)
    return value


def test_a_browser_tells_how_long_its_pages_took(visit: Any, cast: Cast) -> None:
    visitor = visit(cast.ani)
    project = priced_project(cast)
    timings, seconds = "ahsp_client_seconds_count", "ahsp_client_seconds_sum"
    before = {name: figures(timings).get(name, 0.0) for name in ("estimates:projects", "estimates:rab")}
    page = visitor.go("/projects/")
    page.wait_for_load_state("load")
    page.goto(f"{visitor.address}/p/{project.code}/")
    assert wait_until_more(timings, "estimates:projects", before["estimates:projects"]) > before["estimates:projects"]
    page.wait_for_load_state("load")
    page.goto(f"{visitor.address}/catalog/")
    assert wait_until_more(timings, "estimates:rab", before["estimates:rab"]) > before["estimates:rab"]
    assert figures(seconds)["estimates:rab"] > 0


def test_a_script_that_fails_is_counted_with_its_page(visit: Any, cast: Cast) -> None:
    visitor = visit(cast.ani)
    before = figures("ahsp_client_errors_total").get("catalog:index", 0.0)
    page = visitor.go("/catalog/")
    with page.expect_event("pageerror"):
        page.evaluate(BROKEN)
    page.goto(f"{visitor.address}/projects/")
    assert wait_until_more("ahsp_client_errors_total", "catalog:index", before) == before + 1
    visitor.complaints.clear()


def test_nobody_who_is_not_signed_in_is_asked(visit: Any, cast: Cast) -> None:  # noqa: ARG001 the pages need tables
    page = visit().go("/account/login/")
    assert page.locator("[data-measure]").count() == 0


def _with_samples(cast: Cast) -> None:
    call_command("staff", cast.ani.email, verbosity=0)
    now = timezone.now()
    for minutes in range(30):
        figures = {"requests_per_s": 3.5 + minutes % 5, "p50_ms": 12, "p95_ms": 40 + minutes, "p99_ms": 90}
        keep_sample(at=now - timedelta(minutes=minutes), node=node(), figures=figures)


def _drawn(page: Page) -> None:
    expect(page.locator('[data-chart="requests"] canvas')).to_be_visible()


def test_an_administrator_sees_figures_plots_and_their_tables(visit: Any, cast: Cast) -> None:
    _with_samples(cast)
    page = visit(cast.ani).go("/operations/?range=1h")
    _drawn(page)
    expect(page.locator('[data-chart="requests"] [data-figure="requests_per_s"] .plot-value')).to_have_text("3,5")
    expect(page.locator('[data-chart="jobs"] .plot-empty')).to_be_visible()
    plot = page.locator('[data-chart="latency"]')
    plot.get_by_text("Sebagai tabel").click()
    expect(plot.locator("tbody tr")).to_have_count(30)
    with page.expect_download() as download:
        plot.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "ahsp-latency-1h.csv"


def test_figures_come_again_and_say_when_the_server_is_away(visit: Any, cast: Cast) -> None:
    _with_samples(cast)
    visitor = visit(cast.ani)
    page = visitor.go("/operations/")
    first = page.locator("[data-updated]").inner_text()
    expect(page.locator("[data-updated]")).not_to_have_text(first)
    outage = Outage(page, "**/operations/now/")
    expect(page.locator("[data-updated]")).to_contain_text("Server tidak menjawab")
    outage.end()
    expect(page.locator("[data-updated]")).to_have_text(re.compile(r"per \d"))
    visitor.complaints.clear()


def test_the_page_is_sound_in_every_window_and_theme(visit: Any, cast: Cast) -> None:
    _with_samples(cast)
    for theme, window in (("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE)):
        page = visit(cast.ani, theme, viewport=window).go("/operations/?range=1h")
        _drawn(page)
        assert faults_of(page) == []
