"""Every address against every role. An address without a row here fails; tests/api/test_permissions.py has the API."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ahsp.accounts.models import ApiToken, Person, Scope
from ahsp.accounts.services import create_token
from ahsp.estimates.models import WorkItem
from ahsp.estimates.services import import_boq
from ahsp.exchange.models import BoqImport
from ahsp.jobs.models import Job, JobFile, State
from ahsp.projects.models import Project
from tests.builders import bill
from tests.people import Cast, sign_in

BILL = "No;Kode;Uraian;Satuan;Volume\n1;1.1;Galian tanah;m3;10\n"


@dataclass(frozen=True)
class Row:
    """Expected status of a GET (or POST) by owner, viewer, stranger and somebody not signed in.

    A reviewer gets what a viewer gets: whatever they may do more is a command.
    """

    owner: int
    viewer: int
    stranger: int
    nobody: int = 302
    post: bool = False


EVERYBODY = Row(200, 200, 200)
OPEN = Row(200, 200, 404)
OWN = Row(200, 404, 404)
WRITE = Row(302, 403, 404, post=True)

TABLE: dict[str, Row] = {
    "home": Row(302, 302, 302),
    # From the address of monitoring, as here; tests/operations/test_probes.py asks from elsewhere.
    "livez": Row(200, 200, 200, nobody=200),
    "stream": Row(200, 200, 200, nobody=200),
    "readyz": Row(200, 200, 200, nobody=200),
    "metrics": Row(200, 200, 200, nobody=200),
    # For administrators; tests/operations/test_page.py is one. For members of any office there is no such page.
    "operations:overview": Row(404, 404, 404),
    "operations:now": Row(404, 404, 404),
    "operations:series": Row(404, 404, 404),
    "operations:series_csv": Row(404, 404, 404),
    "set_language": Row(302, 302, 302, nobody=302, post=True),
    "estimates:projects": EVERYBODY,
    "estimates:spend_csv": EVERYBODY,
    "estimates:suggest_projects": EVERYBODY,
    "projects:create": EVERYBODY,
    "projects:settings": OPEN,
    "estimates:rab": OPEN,
    "estimates:recap": OPEN,
    "estimates:item": OPEN,
    "estimates:table_csv": OPEN,
    "estimates:analysis": EVERYBODY,
    "exchange:example": Row(302, 403, 302, post=True),
    "exchange:import": OPEN,
    "exchange:preview": Row(200, 404, 404),
    "exchange:apply": WRITE,
    "exchange:copy": WRITE,
    "exchange:document": Row(302, 302, 404, post=True),
    "exchange:rab_json": OPEN,
    "exchange:comparison": OPEN,
    "workspace:shell": OPEN,
    "workspace:step": OPEN,
    "accounts:tokens": EVERYBODY,
    "accounts:revoke_token": Row(302, 404, 404, post=True),
    "accounts:sign_out_elsewhere": Row(302, 302, 302, post=True),
    "accounts:organizations": Row(302, 302, 302),
    "accounts:organization": OPEN,
    "accounts:set_role": WRITE,
    "accounts:remove_member": WRITE,
    "jobs:index": EVERYBODY,
    "jobs:job": OWN,
    "jobs:file": OWN,
    "jobs:cancel": Row(302, 404, 404, post=True),
    "jobs:retry": Row(302, 404, 404, post=True),
    "catalog:index": EVERYBODY,
    "catalog:reload": Row(403, 403, 403, post=True),
    "catalog:edition": EVERYBODY,
    "catalog:suggest": EVERYBODY,
}

MORE: dict[str, dict[str, object]] = {
    "workspace:step": {"step": "rab"},
    "estimates:table_csv": {"table": "needs"},
    "exchange:comparison": {"ending": "csv"},
}


def _names(resolver: URLResolver, prefix: str = "") -> list[str]:
    found: list[str] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.append(prefix + (pattern.name or ""))
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else prefix
            found += _names(pattern, inner)
    return found


def _of_accounts(name: str, project: Project) -> dict[str, object]:
    if name == "accounts:organization":
        return {"pk": project.organization_id}
    if name in {"accounts:set_role", "accounts:remove_member"}:
        return {"pk": project.organization_id, "person": Person.objects.get(name="Budi").pk}
    return {"pk": ApiToken.objects.get().pk} if name == "accounts:revoke_token" else {}


def _arguments(name: str, project: Project) -> dict[str, object]:
    arguments = _of_accounts(name, project)
    of_a_project = ("exchange:", "workspace:", "estimates:rab", "estimates:recap", "estimates:item", "estimates:table")
    of_a_project += ("projects:settings",)
    if name != "exchange:example" and name.startswith(of_a_project):
        arguments["code"] = project.code
    arguments |= MORE.get(name, {})
    if name == "estimates:item":
        arguments["pk"] = WorkItem.objects.get(project=project).pk
    if name in {"exchange:preview", "exchange:apply"}:
        arguments["pk"] = BoqImport.objects.get(project=project).pk
    if name.startswith("jobs:") and name != "jobs:index":
        arguments["pk"] = Job.objects.get(title="a job in the state that its address needs").pk
        Job.objects.filter(pk=arguments["pk"]).update(state=State.FAILED if name == "jobs:retry" else State.DONE)
    if name.startswith("catalog:") and name not in {"catalog:index", "catalog:reload"}:
        arguments["slug"] = project.edition.slug
    if name == "estimates:analysis":
        arguments = {"slug": project.edition.slug, "code": "1.1"}
    if name == "operations:series_csv":
        arguments = {"name": "requests"}
    return arguments


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    import_boq(
        project=project,
        person=cast.ani,
        children=bill("1 | 1.1 | Galian tanah | m3 | 10"),
        replace=True,
        source="boq.csv",
        expected=project.revision,
    )
    BoqImport.objects.create(
        project=project, organization=cast.office, person=cast.ani, file_name="boq.csv", content=BILL.encode()
    )
    job = Job.objects.create(person=cast.ani, kind="document", title="a job in the state that its address needs")
    create_token(person=cast.ani, name="Laptop", scope=Scope.READ, days=30)
    JobFile.objects.create(job=job, name="a.txt", content_type="text/plain", size=1, content=b"a")
    return project


def test_every_address_has_a_row() -> None:
    names = [name for name in _names(get_resolver()) if not name.startswith(("account_", "socialaccount", "api:"))]
    assert sorted(names) == sorted(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_address(name: str, filled: Project, cast: Cast) -> None:
    row = TABLE[name]
    address = reverse(name, kwargs=_arguments(name, filled))
    # The owner comes last: importing forgets the upload.
    visits = [(Client(), row.nobody), (sign_in(cast.dedi), row.stranger)]
    visits += [(sign_in(person), row.viewer) for person in (cast.eka, cast.citra)]
    for client, status in [*visits, (sign_in(cast.ani), row.owner)]:
        data = {"notation": "auto", "revision": filled.revision, "mode": "replace", "format": "pdf"}
        answer = client.post(address, data) if row.post else client.get(address)
        assert answer.status_code == status, (name, status)


def test_a_viewer_may_not_write(filled: Project, cast: Cast) -> None:
    client = sign_in(cast.citra)
    for name in ("projects:settings", "exchange:import"):
        answer = client.post(reverse(name, kwargs={"code": filled.code}), {"name": "x"})
        assert answer.status_code == 403


def test_a_stranger_learns_nothing(filled: Project, cast: Cast) -> None:
    existing = sign_in(cast.dedi).get(reverse("estimates:rab", kwargs={"code": filled.code}))
    missing = sign_in(cast.dedi).get(reverse("estimates:rab", kwargs={"code": "tidak-ada"}))
    assert (existing.status_code, missing.status_code) == (404, 404)
    assert filled.name not in existing.content.decode()
