"""People driven by Locust against the application itself: let in, and kept out."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django.live_server_helper import LiveServer

from ahsp.estimates.models import WorkItem
from ahsp.estimates.services import import_boq
from ahsp.loadtest.objectives import judge
from ahsp.loadtest.plan import Plan
from ahsp.loadtest.records import Figures, Records, figures
from ahsp.loadtest.seeds import SHAPE, Account, Item, SeededProject, Seeds, write_seeds
from tests.builders import bill, make_edition, make_price_book, make_project
from tests.people import PASSWORD, make_cast

BILL = """
# Tanah
1 | 1.1 | Galian tanah biasa | m3 | 12
2 | 1.3 | Plesteran | m2 | 30
"""


@pytest.fixture
def seeds(transactional_db: None) -> Seeds:  # noqa: ARG001 the fixture opens the database
    # What an earlier test guessed counts against the same people.
    cache.clear()
    cast, edition = make_cast(), make_edition()
    make_price_book()
    project = make_project(cast)
    import_boq(project=project, person=cast.ani, children=bill(BILL), replace=True, source="x", expected=1)
    items = tuple(Item(row.pk, row.code, row.description) for row in WorkItem.objects.order_by("position"))
    seeded = SeededProject(project.code, project.name, len(items), "Tanah", "Tanah", items)
    account = Account(cast.ani.email, cast.ani.name, PASSWORD, (seeded,))
    return Seeds(SHAPE, edition.slug, (account,), account)


def drive(server: LiveServer, folder: Path, seeds: Seeds, mix: str = "core") -> tuple[Records, Figures]:
    write_seeds(folder / "seeds.json", seeds)
    plan = Plan(
        address=server.url,
        mix=mix,
        users=3,
        spawn_rate=3,
        seconds=4,
        shared=False,
        seeds=str(folder / "seeds.json"),
        records=str(folder / "records.json"),
    )
    plan.write(folder / "plan.json")
    command = [sys.executable, "-P", "-m", "ahsp.loadtest.drive", str(folder / "plan.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    records = Records.read(folder / "records.json")
    return records, figures(records)


def test_people_sign_in_and_every_answer_is_theirs(live_server: LiveServer, tmp_path: Path, seeds: Seeds) -> None:
    records, found = drive(live_server, tmp_path, seeds, "capacity")
    assert found.problems == {}
    assert found.signed_in_share == 1
    assert {"dashboard", "recapitulation"} < {row.name for row in found.rows}
    assert records.signed_in > 3


def test_a_run_in_which_people_are_not_signed_in_fails(live_server: LiveServer, tmp_path: Path, seeds: Seeds) -> None:
    nobody = replace(seeds, accounts=(replace(seeds.accounts[0], password="not-the-password"),))
    _, found = drive(live_server, tmp_path, nobody)
    assert found.signed_in_share == 0
    missed = {one.objective.key for one in judge("core", 3, 60, found, {}) if not one.passed}
    assert {"failures", "signed_in_share"} <= missed


def test_pages_of_somebody_else_do_not_count(live_server: LiveServer, tmp_path: Path, seeds: Seeds) -> None:
    """Ani's password opens Ani's pages, while the run believes it is Budi."""
    names = (replace(seeds.accounts[0].projects[0], name="Gedung Budi"),)
    wrong = replace(seeds, accounts=(replace(seeds.accounts[0], projects=names),))
    _, found = drive(live_server, tmp_path, wrong)
    assert "dashboard: the content asked for is missing" in found.problems


def test_a_storm_tells_when_the_last_one_was_in(live_server: LiveServer, tmp_path: Path, seeds: Seeds) -> None:
    records, found = drive(live_server, tmp_path, seeds, "login-storm")
    assert found.problems == {}
    assert {row.name for row in found.rows} == {"sign-in page", "sign in", "dashboard"}
    assert len(records.acts["signed in after the doors opened"]) == 3
