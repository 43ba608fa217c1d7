"""What the pages' scripts and other programs ask of the API. S-curve, schedule and needs by week do not exist yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import choice

from ahsp.loadtest.acts import Act, some_code, some_item, some_project
from ahsp.loadtest.checks import Check, json_with, nothing
from ahsp.loadtest.seeds import SeededProject
from ahsp.loadtest.visitor import Visitor

ROOT = "/api/v2"
# So many words of a name always find something, however common each is.
WORDS_OF_SEARCH = 5
_WORD = re.compile(r"[A-Za-z]{4,}")


def of_project(weight: int, name: str, path: str, check: Callable[[SeededProject], Check]) -> Act:
    """Ask for `path` of one of the person's projects, which nobody else can open."""

    def ask(visitor: Visitor) -> None:
        project = some_project(visitor)
        visitor.get(f"API {name}", f"{ROOT}/projects/{project.code}/{path}", check(project))

    return Act(weight, ask)


def _items(project: SeededProject) -> Check:
    """The first and the last line that is known are there, so everything between them is."""
    return json_with(f'"id":{project.items[0].pk},', f'"id":{project.items[-1].pk},')


def _figures(project: SeededProject) -> Check:
    return json_with(f'"item_count":{project.size},', '"total":"')


def _detailed(project: SeededProject) -> Check:
    first, last = project.items[0].pk, project.items[-1].pk
    return json_with(f'"item_count":{project.size},', f'"id":{first},', f'"id":{last},', '"total":"')


def _settings(project: SeededProject) -> Check:
    return json_with(f'"code":"{project.code}"', f'"name":"{project.name}"')


def item_pricing(visitor: Visitor) -> None:
    project = some_project(visitor)
    item = some_item(project)
    check = json_with(f'"id":{item.pk},')
    visitor.get("API one item's pricing", f"{ROOT}/projects/{project.code}/items/{item.pk}/pricing/", check)


def search(edition: str) -> Callable[[Visitor], None]:
    def ask(visitor: Visitor) -> None:
        names = [item.description for item in some_project(visitor).items]
        words = _WORD.findall(choice(names))[:WORDS_OF_SEARCH]
        path = f"{ROOT}/editions/{edition}/analyses/?q={'+'.join(words) or 'beton'}"
        visitor.get("API catalog search", path, json_with('"code":"'))

    return ask


def analysis(edition: str) -> Callable[[Visitor], None]:
    def ask(visitor: Visitor) -> None:
        code = some_code(visitor)
        path = f"{ROOT}/editions/{edition}/analyses/{code}/"
        visitor.get("API one analysis", path, json_with(f'"code":"{code}"'))

    return ask


def tell_metrics(visitor: Visitor) -> None:
    """What the script of every page sends once it has loaded."""
    visit = {"page": "estimates:rab", "timings": {"ttfb_ms": 20, "dcl_ms": 90, "load_ms": 120}}
    headers = {"X-CSRFToken": visitor.token()}
    visitor.send("API client metrics", "POST", f"{ROOT}/client-metrics/", nothing, headers=headers, body=visit)


def programs(edition: str) -> tuple[Act, ...]:
    """The weights of the scenario."""
    return (
        of_project(10, "work tree", "tree/", _items),
        Act(10, search(edition)),
        of_project(8, "RAB recap", "recap/", _figures),
        of_project(7, "chart data", "chart-data/", lambda _: json_with('"revision":')),
        of_project(6, "prices", "prices/", lambda _: json_with('"revision":', '"price":"')),
        of_project(6, "project pricing", "pricing/", lambda _: json_with('"revision":')),
        of_project(5, "resource needs", "resource-needs/", lambda _: json_with('"revision":', '"quantity":"')),
        of_project(5, "quantities", "quantities/", _items),
        Act(5, item_pricing),
        of_project(5, "detailed RAB", "rab/", _detailed),
        of_project(5, "checks", "checks/", lambda _: json_with('"revision":')),
        of_project(4, "settings", "", _settings),
        Act(3, analysis(edition)),
        Act(1, tell_metrics),
    )
