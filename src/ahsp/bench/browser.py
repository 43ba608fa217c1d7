"""The workspace as a person has it: the application as installed, in Chromium, on 1,000 and on 12,000 work items.

Runs beside the servers of the measurement: the pool where PgBouncer is installed, two web workers, Celery.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ahsp.bench.chromium import DESKTOP, QUIET, find_chromium
from ahsp.operations.stack.application import PARTS, Application
from ahsp.operations.stack.home import Home
from ahsp.operations.stack.lock import read_running
from ahsp.operations.stack.ports import LOOPBACK, free_port
from ahsp.operations.stack.processes import Register
from ahsp.operations.stack.web import address

SIZES = (1_000, 12_000)
PASTED = 3_000
GROWING = ("usable", "usable_again", "price", "paste")


def measure() -> dict[str, Any]:
    """Figures by size and their growth, or under `missing` what has to be installed before this can be measured."""
    missing = _missing()
    if missing:
        return {"missing": missing}
    with _running_application() as site:
        return _in_chromium(site)


def _missing() -> str:
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is not installed: pip install -r requirements-dev.lock"
    if find_chromium() is None:
        return "no Chromium found: install it or name it with CHROMIUM"
    return ""


@contextmanager
def _running_application() -> Iterator[str]:
    """Its address. Everything that `up` starts, on the servers that run for this measurement."""
    home = Home(Path(os.environ["AHSP_HOME"]))
    running = read_running(home)
    assert running is not None  # noqa: S101 - whoever starts the servers announces them
    port = free_port()
    application = Application(home, Register(home.children), running, LOOPBACK, port)
    application.prepare()
    application.step_down()
    children = []
    try:
        for name in PARTS:
            children.append(application.start(name))
        yield address(LOOPBACK, port)
    finally:
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.stop()


def _in_chromium(site: str) -> dict[str, Any]:
    from django.core.cache import cache
    from playwright.sync_api import BrowserContext, sync_playwright

    from ahsp.bench.pages import Amounts, Place, measure_pages

    # The database is asked before Playwright keeps an event loop in this thread.
    projects = [_project(size) for size in SIZES]
    figures: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        figures["chromium"] = browser.version
        for size, (code, session, pasted) in zip(SIZES, projects, strict=True):

            def enter(session: str = session) -> BrowserContext:
                context = browser.new_context(viewport=DESKTOP, locale="id-ID")  # type: ignore[arg-type]
                context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
                return context

            found = measure_pages(Place(site, code, enter, cache.clear), pasted, Amounts())
            figures |= {f"{name}_{size}": value for name, value in found.items()}
        browser.close()
    small, large = SIZES[0], SIZES[-1]
    for name in GROWING:
        figures[f"{name}_growth"] = round(figures[f"{name}_ms_{large}"] / figures[f"{name}_ms_{small}"], 2)
    return figures


def _project(size: int) -> tuple[str, str, list[list[str]]]:
    """Its code, the key of a session of its owner, and the block to be pasted."""
    from django.test import Client

    from ahsp.bench.projects import make_bench_project, spreadsheet_rows

    person, project = make_bench_project(size)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return str(project.code), client.cookies["sessionid"].value, spreadsheet_rows(project, PASTED)
