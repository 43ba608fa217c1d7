"""Two people in one project, on the web server as it is installed: each sees the other, a restart loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Page, expect
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ahsp.estimates.models import WorkItem
from ahsp.operations.stack.web import page_answers
from ahsp.projects.models import Project
from ahsp.projects.people.services import tell_access
from tests.browser.conftest import Visitor
from tests.browser.offices import empty_project
from tests.browser.test_workspace_boq import QUANTITY, go_to, press
from tests.people import Cast
from tests.stack.machine import free_port, wait_for

WORDS = "Galian tanah"


class Served:
    """The application in processes of its own, on the database of the test."""

    def __init__(self) -> None:
        self._port = free_port()
        self.address = f"http://localhost:{self._port}"
        parts = conninfo_to_dict(os.environ["DATABASE_URL"])
        url = make_conninfo(**{**parts, "dbname": connection.settings_dict["NAME"]})
        self._environment = {**os.environ, "DATABASE_URL": url, "AHSP_DIRECT_DATABASE_URL": url}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-P", "-m", "ahsp.operations.stack.web_process", "127.0.0.1", str(self._port)]
        self._process = subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL)
        wait_for(lambda: page_answers(f"{self.address}/account/login/"), "the web server")

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(60)


@pytest.fixture
def served(address: str) -> Iterator[Served]:  # noqa: ARG001 its tables
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (settings.STATIC_ROOT / "build").is_dir()
    running = Served()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def project(cast: Cast) -> Project:
    project = empty_project(cast)
    values = {"project": project, "organization": project.organization, "unit": "m3"}
    for place, words in enumerate((WORDS, "Urugan pasir"), 1):
        WorkItem.objects.create(**values, position=place, tag=place, description=words, unit_price=1000, quantity=1)
    return project


def enter(visit: Any, served: Served, person: Any, project: Project) -> Visitor:
    visitor: Visitor = visit(person)
    visitor.address = served.address
    visitor.go(f"/p/{project.code}/work/")
    expect(visitor.page.get_by_role("treegrid")).to_be_focused()
    return visitor


def expect_the_same_total(one: Page, other: Page, before: str) -> str:
    """Both show it, and it is another one than `before`."""
    expect(one.locator("[data-total]")).not_to_have_text(before)
    total = one.locator("[data-total]").inner_text()
    expect(other.locator("[data-total]")).to_have_text(total, use_inner_text=True)
    return total


def test_two_people_see_each_other_and_a_restart_loses_nothing(
    visit: Any, served: Served, cast: Cast, project: Project
) -> None:
    ani, budi = (enter(visit, served, person, project) for person in (cast.ani, cast.budi))
    for page, other in ((ani.page, "Budi"), (budi.page, "Ani")):
        expect(page.locator(".company-faces")).to_have_attribute("aria-label", "1 orang lain di sini")
        expect(page.locator(".company-list")).to_contain_text(other)

    before = ani.page.locator("[data-total]").inner_text()
    go_to(ani.page, WORDS, QUANTITY)
    expect(budi.page.locator("[data-initials=A]")).to_have_attribute("title", "Ani ada di sel ini")
    press(ani.page, *"12,5", "Enter")
    expect(budi.page.get_by_role("row").filter(has_text=WORDS)).to_contain_text("12,5")
    before = expect_the_same_total(ani.page, budi.page, before)

    served.stop()
    go_to(budi.page, "Urugan pasir", QUANTITY)
    press(budi.page, *"20", "Enter")
    expect(budi.page.locator("[data-part=connection] [data-waiting='1']")).to_be_visible()
    served.start()
    expect(budi.page.locator("[data-part=connection] [data-phase=idle]")).to_be_visible(timeout=60_000)
    expect(ani.page.get_by_role("row").filter(has_text="Urugan pasir")).to_contain_text("20", timeout=60_000)
    expect_the_same_total(budi.page, ani.page, before)

    membership = cast.membership(cast.budi)
    membership.role = "viewer"
    membership.save(update_fields=["role"])
    tell_access(project, cast.budi.pk)
    expect(budi.page.get_by_text("Anda sekarang hanya dapat melihat proyek ini")).to_be_visible()
    for one in (ani, budi):
        # The browser itself logs what it could not reach meanwhile.
        one.complaints[:] = [said for said in one.complaints if "ERR_" not in said]
