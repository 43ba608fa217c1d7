"""Every address and method of the API against every role. One without a row here fails."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ahsp.estimates.models import Section, WorkItem
from ahsp.exchange.requests import request_document
from ahsp.jobs.models import Job
from ahsp.projects.models import Project
from tests.people import Cast, sign_in


@dataclass(frozen=True)
class Row:
    """Expected status by owner, viewer, stranger and somebody not signed in; `body` goes with a write.

    A reviewer gets what a viewer gets, but for commands: tests/projects has those.
    """

    name: str
    method: str = "get"
    owner: int = 200
    viewer: int = 200
    stranger: int = 404
    nobody: int = 401
    body: dict[str, Any] = field(default_factory=dict)


def _everybody(name: str, **others: Any) -> Row:
    return Row(name, stranger=200, **others)


def _write(name: str, method: str, owner: int = 200, body: dict[str, Any] | None = None) -> Row:
    return Row(name, method, owner, 403, 404, 401, body or {})


METHODS = ("get", "post", "put", "patch", "delete")
FIGURES = (
    "recap",
    "rab",
    "pricing",
    "prices",
    "quantities",
    "resource_needs",
    "checks",
    "chart_data",
    "policies",
    "ranking",
    "prices_grid",
    "what_if",
)
TABLE = [
    Row("nothing", owner=404, viewer=404, nobody=404),
    _everybody("schema"),
    _everybody("docs", nobody=302),
    _everybody("me"),
    _everybody("editions"),
    _everybody("edition"),
    _everybody("analyses"),
    _everybody("analysis"),
    _everybody("projects"),
    Row(
        "projects",
        "post",
        201,
        403,
        201,
        body={"name": "Baru", "edition": "uji-2026", "price_book": "harga-uji", "vat_date": "2026-01-15"},
    ),
    Row("project"),
    _write("project", "patch", body={"name": "Lain"}),
    Row("changes"),
    Row("change"),
    Row("row_history"),
    Row("comments"),
    Row("versions"),
    Row("versions_compare"),
    Row("members"),
    Row("workspace"),
    Row("grid"),
    Row("sync"),
    _write(
        "commands",
        "post",
        body={
            "id": "0f8fad5b-d9cb-469f-a165-70867728950e",
            "command": "project.settings",
            "arguments": {"budget": "1000000"},
            "base": 1,
        },
    ),
    *(Row(name) for name in FIGURES),
    # It takes a file, and none is sent.
    _write("price_list", "post", 422),
    # Which resource it does not say.
    Row("resource_uses", owner=400, viewer=400),
    Row("tree"),
    _write("sections", "post", 201, {"name": "Baru"}),
    _write("section", "patch", body={"name": "Lain"}),
    _write("section", "delete", 409),
    _write("items", "post", 201, {"code": "1.1"}),
    Row("item"),
    _write("item", "patch", body={"quantity": "3"}),
    _write("item", "delete"),
    Row("item_pricing"),
    Row("project_analyses"),
    Row("project_analysis"),
    # Neither a resource nor an analysis is named.
    Row("where_used", owner=400, viewer=400),
    Row("where_from"),
    Row("known_resources"),
    Row("suggest"),
    Row("parameters"),
    Row("takeoff"),
    _write("project_copy", "post", 202),
    _everybody("jobs"),
    Row("jobs", "post", 202, 202, body={"kind": "document", "project": "", "format": "pdf"}),
    # A job is its person's own.
    Row("job", viewer=404),
    Row("job_cancel", "post", viewer=404),
    # It waits already, so it is the answer.
    Row("job_retry", "post", viewer=404),
    Row("job_file", owner=404, viewer=404),
    Row("live"),
    Row("presence", "post", 204, 204, body={"tab": "a1", "step": "boq", "cell": "i12.quantity"}),
    Row("client_metrics", "post", 204, 204, 204, body={"page": "estimates:rab", "timings": {"load_ms": 240}}),
]


def _handled(resolver: URLResolver, namespace: str = "") -> set[tuple[str, str]]:
    """(name, method) of everything below the API's namespace."""
    found: set[tuple[str, str]] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found |= _handled(pattern, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern) and namespace == "api":
            view = getattr(pattern.callback, "view_class", None)
            methods = [name for name in METHODS if hasattr(view, name)] if view else ["get"]
            found |= {(pattern.name or "", method) for method in methods}
    return found


def test_every_address_and_method_has_a_row() -> None:
    assert sorted(_handled(get_resolver())) == sorted((row.name, row.method) for row in TABLE)


def _of_people(name: str, project: Project) -> dict[str, object]:
    if name == "row_history":
        return {"key": f"i{WorkItem.objects.filter(project=project).order_by('id')[0].pk}"}
    return {"revision": project.revision} if name == "change" else {}


def _address(row: Row, project: Project) -> str:
    if row.name == "nothing":
        return "/api/v2/nothing-here/"
    arguments: dict[str, object] = {}
    if row.name in {"edition", "analyses", "analysis"}:
        arguments["slug"] = project.edition.slug
        if row.name == "analysis":
            arguments["code"] = "1.1"
    elif row.name.startswith("job_") or row.name == "job":
        arguments["pk"] = Job.objects.get(kind="document").pk
    elif row.name not in {"schema", "docs", "me", "editions", "projects", "jobs", "client_metrics"}:
        arguments["code"] = project.code
    if row.name == "project_analysis":
        arguments["named"] = "1.1"
    arguments |= _of_people(row.name, project)
    if row.name in {"item", "item_pricing", "takeoff", "where_from"}:
        arguments["pk"] = WorkItem.objects.filter(project=project).order_by("id")[0].pk
    if row.name == "section":
        arguments["pk"] = Section.objects.filter(project=project)[0].pk
    return reverse(f"api:{row.name}", kwargs=arguments)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.method} {row.name}")
def test_address(row: Row, filled: Project, cast: Cast) -> None:
    request_document(project=filled, person=cast.ani, ending="pdf", language="id")
    address = _address(row, filled)
    body = row.body | ({"project": filled.code} if "project" in row.body else {})
    visits = [(Client(), row.nobody), (sign_in(cast.dedi), row.stranger)]
    visits += [(sign_in(person), row.viewer) for person in (cast.eka, cast.citra)]
    for client, status in [*visits, (sign_in(cast.ani), row.owner)]:
        revision = Project.objects.get(pk=filled.pk).revision
        answer = client.generic(
            row.method.upper(),
            address,
            json.dumps(body) if body else b"",
            content_type="application/json",
            headers={"If-Match": f'"{revision}"'},
        )
        assert answer.status_code == status, answer.content
        if status >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert json.loads(answer.content)["status"] == status
