"""Lists page by page: everything once, in order, and what they can be asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ahsp.accounts.models import Membership, Organization, Role
from ahsp.projects.models import Change, Project
from ahsp.projects.services import change_settings
from tests.api.program import Program, read
from tests.builders import make_project
from tests.people import Cast


def everything(program: Program, path: str) -> list[Any]:
    """The rows of every page; no page is asked for twice."""
    found: list[Any] = []
    address: str | None = path
    seen = set()
    while address is not None:
        assert address not in seen
        seen.add(address)
        body = read(program.ask("get", address))
        found += body["results"]
        address = body["next"]
    return found


@pytest.fixture
def many(filled: Project, cast: Cast) -> list[Project]:
    now = timezone.now()
    projects = [make_project(cast, name=f"Gedung {number % 3}") for number in range(6)]
    for age, project in enumerate(projects):
        # Three changed at the same moment: only the id tells them apart.
        Project.objects.filter(pk=project.pk).update(updated_at=now - timedelta(hours=age // 3))
    return [filled, *projects]


@pytest.mark.parametrize("sort", ["changed", "oldest", "name"])
def test_every_project_once_and_in_order(sort: str, many: list[Project], cast: Cast) -> None:
    ani = Program(cast.ani)
    paged = everything(ani, f"projects/?limit=2&sort={sort}")
    whole = everything(ani, f"projects/?limit=200&sort={sort}")
    assert paged == whole
    assert {row["code"] for row in whole} == {project.code for project in many}
    key = "name" if sort == "name" else "updated_at"
    values = [row[key] for row in whole]
    assert values == sorted(values, reverse=sort == "changed")


@pytest.mark.usefixtures("many")
def test_projects_by_words_and_organization(cast: Cast) -> None:
    elsewhere = Organization.objects.create(name="Kantor Kedua")
    Membership.objects.create(person=cast.ani, organization=elsewhere, role=Role.VIEWER)
    theirs = make_project(cast, name="Gedung Kedua")
    Project.objects.filter(pk=theirs.pk).update(organization=elsewhere)
    ani = Program(cast.ani)
    assert {row["name"] for row in everything(ani, "projects/?q=1 gedung")} == {"Gedung 1"}
    assert [row["code"] for row in everything(ani, f"projects/?organization={elsewhere.pk}")] == [theirs.code]
    foreign = Membership.objects.get(person=cast.dedi).organization_id
    assert everything(ani, f"projects/?organization={foreign}") == []
    assert everything(Program(cast.dedi), "projects/") == []


def test_a_list_of_projects_shows_their_totals_in_few_queries(many: list[Project], cast: Cast) -> None:
    ani = Program(cast.ani)
    first = read(ani.ask("get", "projects/"))
    with CaptureQueriesContext(connection) as asked:
        assert read(ani.ask("get", "projects/")) == first
    assert len(asked) <= 3
    totals = {row["code"]: row["totals"] for row in first["results"]}
    assert totals[many[0].code] == {"total": "6917520.00", "item_count": 5, "incomplete": 3, "complete": False}


def test_the_change_log_latest_first(filled: Project, cast: Cast) -> None:
    for number in range(5):
        change_settings(project=filled, person=cast.ani, expected=2 + number, values={"name": f"Nama {number}"})
    paged = everything(Program(cast.citra), f"projects/{filled.code}/changes/?limit=2")
    assert [row["revision"] for row in paged] == [7, 6, 5, 4, 3, 2]
    assert (paged[0]["act"], paged[0]["person"]["name"]) == ("project.settings", "Ani")
    assert paged[0]["data"] == {"name": {"before": "Nama 3", "after": "Nama 4"}}
    Change.objects.filter(project=filled, revision=7).update(person=None)
    assert everything(Program(cast.budi), f"projects/{filled.code}/changes/?limit=1")[0]["person"] is None


@pytest.mark.usefixtures("filled")
def test_the_catalog(cast: Cast) -> None:
    ani = Program(cast.ani)
    (edition,) = read(ani.ask("get", "editions/"))["results"]
    assert edition["slug"] == "uji-2026"
    detail = read(ani.ask("get", "editions/uji-2026/"))
    assert [(one["name"], one["count"]) for one in detail["divisions"]] == [("1 Tanah", 3)]
    assert [row["code"] for row in everything(ani, "editions/uji-2026/analyses/?limit=1")] == ["1.1", "1.2", "1.3"]
    best = read(ani.ask("get", "editions/uji-2026/analyses/?q=urugan pasir&limit=1"))
    assert ([row["code"] for row in best["results"]], best["next"]) == (["1.2"], None)
    analysis = read(ani.ask("get", "editions/uji-2026/analyses/1.2/"))
    assert [(line["name"], line["coefficient"]) for line in analysis["lines"]] == [("Pekerja", "0.3"), ("Pasir", "1.2")]
