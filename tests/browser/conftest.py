"""A real browser before the application, on a real database that holds the shipped edition and its prices."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from ahsp.bench.chromium import DESKTOP, QUIET, find_chromium
from ahsp.cli.test_environment import is_ci
from tests.people import Cast, make_cast, sign_in
from tests.stack.machine import wait_for

# Playwright keeps an event loop in this thread; what the fixtures ask of the database is synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

PHONE = {"width": 390, "height": 844}

# For whatever comes: how long it takes on a busy machine is no matter of these tests.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

# Chromium says so now and then of a font that it still had from the page before; that what is asked for early is what
# the page uses has a test of its own (test_pages).
LATE_PRELOAD = "was preloaded using link preload but not used"


class Visitor:
    """A page whose complaints are kept: errors of scripts, of the console and of the content security policy."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and LATE_PRELOAD not in message.text:
            self.complaints.append(f"{message.text} at {self.page.url}")

    def go(self, path: str) -> Page:
        """Open `path` and wait until its fonts stand."""
        self.page.goto(self.address + path)
        self.page.evaluate("document.fonts.ready")
        return self.page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        if is_ci():
            pytest.fail("no Chromium found: install it or name it with CHROMIUM")
        pytest.skip("no Chromium found: browser journeys are left out")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def address(transactional_db: None, live_server: Any) -> str:  # noqa: ARG001 the tables are emptied after each test
    from django.core.management import call_command

    call_command("load_packages", verbosity=0)
    return str(live_server.url)


@pytest.fixture
def cast(address: str) -> Cast:  # noqa: ARG001 people need tables
    return make_cast()


@pytest.fixture
def worker(address: str) -> Iterator[None]:  # noqa: ARG001 jobs need tables
    """Jobs are done beside the server, as by a worker."""
    from tests.jobs.inline import worker

    with worker():
        yield


def nobody_reads() -> bool:
    """Whether no other connection to this database is in the middle of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND xact_start IS NOT NULL AND backend_type = 'client backend'"
        )
        return bool(cursor.fetchone() == (0,))


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Any]:
    """visit(person=None, **context) opens a browser of its own, signed in as `person`; nobody may complain in it."""
    visitors: list[Visitor] = []

    def open_browser(person: Any = None, theme: str = "light", **options: Any) -> Visitor:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "id-ID", **options})
        context.add_cookies([{"name": "theme", "value": theme, "url": address}])
        if person is not None:
            session = sign_in(person).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        visitors.append(Visitor(context, address))
        return visitors[-1]

    yield open_browser
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    # What the server still answers would be in the way of emptying the tables.
    wait_for(nobody_reads, "the end of the last answers")
    assert not complaints
