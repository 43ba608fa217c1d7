"""What the pages ask of a large database, as they ask it: no large table is read from end to end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from ahsp.accounts.models import Person, Scope
from ahsp.accounts.services import create_token
from ahsp.catalog.queries import forget_catalog
from ahsp.core.revision_cache import forget_memory
from ahsp.estimates.models import WorkItem
from ahsp.estimates.portfolio import MOST_LOOKED_AT
from ahsp.jobs.models import Job
from ahsp.projects.models import Project
from tests.people import sign_in
from tests.stack.large_database import LARGE, Large, large_database

# 8 kB each. A page of the list reads about 300, a project of 50 lines about 100; all work items are 100,000.
MOST_BLOCKS = 4_000
# Where words are frequent alone and rare together, PostgreSQL may look through the projects of the own organization.
MOST_BLOCKS_FOR_WORDS = 60_000


@pytest.fixture(scope="module")
def large(django_db_blocker: Any) -> Iterator[Large]:
    with django_db_blocker.unblock(), large_database() as made:
        yield made
        forget_catalog()
        forget_memory()


class Plans:
    """The plan of each question that is asked of the database, and what it read."""

    def __init__(self) -> None:
        self.asked = 0
        self.wrong: list[str] = []

    def __call__(self, execute: Callable[..., Any], statement: str, params: Any, many: bool, context: Any) -> Any:
        if statement.lstrip("( \n").upper().startswith(("SELECT", "WITH")) and "FOR UPDATE" not in statement:
            self.asked += 1
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", params)
                (plan,) = cursor.fetchone()
            self._judge(statement, (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])
        return execute(statement, params, many, context)

    def _judge(self, statement: str, plan: dict[str, Any]) -> None:
        whole = {node["Relation Name"] for node in _nodes(plan) if node["Node Type"] == "Seq Scan"} & LARGE
        blocks = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        most = MOST_BLOCKS_FOR_WORDS if " LIKE " in statement else MOST_BLOCKS
        if whole or blocks > most:
            self.wrong.append(f"{blocks} blocks, whole {sorted(whole)}:\n{statement[:1500]}\n{_drawn(plan)}")


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _drawn(plan: dict[str, Any], depth: int = 0) -> str:
    words = (plan["Node Type"], plan.get("Relation Name", ""), plan.get("Index Name", ""), plan["Actual Rows"])
    own = "  " * depth + " ".join(map(str, words)) + "\n"
    return own + "".join(_drawn(inner, depth + 1) for inner in plan.get("Plans", ()))


@contextmanager
def planned() -> Iterator[Plans]:
    """Nothing is kept from before: every question that a page can ask is asked."""
    forget_catalog()
    forget_memory()
    cache.clear()
    plans = Plans()
    with connection.execute_wrapper(plans):
        yield plans
    assert plans.asked
    assert not plans.wrong, "\n\n".join(plans.wrong)


def visit(client: Client, address: str) -> Any:
    with planned():
        answer = client.get(address)
    assert answer.status_code == 200, address
    return answer


LISTS = {
    "latest": "",
    "oldest": "sort=oldest",
    "name": "sort=name",
    "word": "q=gedung",
    "rare word": "q=0a1b2c",
    "words": "q=gedung+c4ca",
    "word that is not there": "q=puskesmas",
    "edition": "edition=1",
    "since": "since=2026-01-01",
    "since, by name": "since=2026-01-01&sort=name",
    "organization": "organization=141",
    "complete": "state=complete",
    "everything": "q=gedung&edition=1&since=2025-01-01&sort=oldest&state=complete",
}


@pytest.mark.parametrize("query", LISTS.values(), ids=list(LISTS))
@pytest.mark.parametrize("who", ["agency", "offices"])
def test_lists_of_projects(large: Large, who: str, query: str) -> None:
    client = sign_in(Person.objects.get(pk=large.agency_person if who == "agency" else large.offices_person))
    page = visit(client, f"/projects/?{query}").context["page"]
    for name, cursor in (("after", page.next), ("before", page.previous)):
        if cursor:
            visit(client, f"/projects/?{query}&{name}={cursor}")


def test_looking_for_a_state_that_no_project_has(large: Large) -> None:
    page = visit(sign_in(Person.objects.get(pk=large.agency_person)), "/projects/?state=empty").context["page"]
    assert page.looked_at == MOST_LOOKED_AT


@pytest.mark.parametrize("word", ["", "gedung", "0a1b2c", "ge"])
@pytest.mark.parametrize("who", ["agency", "offices"])
def test_the_search_of_every_page(large: Large, who: str, word: str) -> None:
    client = sign_in(Person.objects.get(pk=large.agency_person if who == "agency" else large.offices_person))
    visit(client, f"/projects/suggest/?q={word}")


def of_a_project(code: str) -> list[str]:
    item = WorkItem.objects.filter(project__code=code).first()
    assert item is not None
    pages = ("", "recap/", "settings/", "import/", "work/", "tables/needs.csv", f"items/{item.pk}/")
    parts = ("", "tree/", "changes/", "recap/", "resource-needs/", "policies/", "ranking/", "chart-data/")
    parts += ("items/", f"items/{item.pk}/", "parameters/", f"items/{item.pk}/takeoff/", "suggest/?q=beton")
    parts += ("members/", "comments/", "changes/2/", f"rows/i{item.pk}/history/")
    parts += ("versions/", "versions/compare/")
    parts += ("analyses/", "analyses/1.1/", "known-resources/?q=pekerja", f"items/{item.pk}/where-from/")
    parts += ("where-used/?analysis=1.1", "where-used/?kind=labor&name=Pekerja&unit=OH")
    parts += ("prices-grid/", "what-if/?labor=5", "resource-uses/?kind=labor&name=Pekerja&unit=OH")
    known = [f"/p/{code}/{page}" for page in pages]
    return known + [f"/api/v2/projects/{code}/{part}" for part in parts]


LOGS = {
    "latest": "",
    "of a person": "person=7",
    "of somebody who did nothing": "person=19999",
    "acts": "act=prices",
    "no such act": "act=versions",
    "of a row": f"key=i{776 * 50 + 1}",
    "of a time": "from=2020-01-01&to=2020-12-31",
    "frequent word": "q=beton",
    "rare word": "q=c4ca42",
    "word that is not there": "q=puskesmas",
    "everything": "q=beton&person=7&act=items&from=2020-01-01",
}


@pytest.mark.parametrize("query", LOGS.values(), ids=list(LOGS))
def test_a_log_of_fifty_thousand_changes(large: Large, query: str) -> None:
    client = sign_in(Person.objects.get(pk=large.agency_person))
    following = visit(client, f"/api/v2/projects/{large.agency_code}/changes/?{query}").json()["next"]
    if following:
        visit(client, following)


def test_what_was_done_to_and_said_about_a_row(large: Large) -> None:
    client = sign_in(Person.objects.get(pk=large.agency_person))
    key = f"i{776 * 50 + 1}"
    history = visit(client, f"/api/v2/projects/{large.agency_code}/rows/{key}/history/").json()
    assert len(history["results"]) == 50
    visit(client, history["next"])
    visit(client, f"/api/v2/projects/{large.agency_code}/comments/?key={key}")


def test_pages_of_a_project(large: Large) -> None:
    client = sign_in(Person.objects.get(pk=large.agency_person))
    seen = 0
    for address in of_a_project(large.agency_code):
        with planned():
            answer = client.get(address)
        assert answer.status_code in {200, 404, 405}, address
        seen += answer.status_code == 200
    assert seen > 8


@pytest.mark.parametrize(
    "address",
    [
        "/projects/new/",
        "/catalog/",
        "/catalog/luas/suggest/?q=pekerjaan",
        "/catalog/luas/a/1.77/",
        "/jobs/",
        "/account/tokens/",
        "/account/organizations/1/",
        "/api/v2/projects/",
        "/api/v2/projects/?sort=name",
        "/api/v2/projects/?q=gedung",
        "/api/v2/jobs/",
    ],
)
def test_other_pages(large: Large, address: str) -> None:
    visit(sign_in(Person.objects.get(pk=large.agency_person)), address)


def test_tokens_and_jobs_are_found_by_their_keys(large: Large) -> None:
    person = Person.objects.get(pk=large.agency_person)
    _, text = create_token(person=person, name="plans", scope=Scope.READ, days=1)
    with planned():
        answer = Client().get(f"/api/v2/projects/{large.agency_code}/", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 200
    job = Job.objects.filter(person=person).first()
    assert job is not None
    visit(sign_in(person), f"/jobs/{job.pk}/")


@pytest.mark.usefixtures("large")
def test_the_judge_sees_a_table_that_is_read_whole() -> None:
    plans = Plans()
    with connection.execute_wrapper(plans):
        list(Project.objects.filter(owner_name="nobody")[:1])
        list(WorkItem.objects.filter(pk__lt=500_000).values_list("quantity").order_by("pk")[499_000:])
    assert len(plans.wrong) == 2
    assert "whole ['projects_project']" in plans.wrong[0]
    assert "whole []" in plans.wrong[1]
