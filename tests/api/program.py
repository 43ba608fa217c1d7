"""A program that speaks JSON with the API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from ahsp.projects.models import Project
from tests.people import sign_in

PROBLEM = "application/problem+json"


@dataclass
class Program:
    """`person` is signed in. Writes name the present revision of `project` unless `seen` is given ("" for none)."""

    person: Any
    project: Project | None = None

    def __post_init__(self) -> None:
        self.client: Client = sign_in(self.person)

    def ask(self, method: str, path: str, body: Any = None, *, seen: str | None = None, **headers: str) -> HttpResponse:
        sent = {"Accept-Encoding": "identity", **{name.replace("_", "-"): value for name, value in headers.items()}}
        if method not in {"get", "head"} and self.project is not None:
            seen = f'"{Project.objects.get(pk=self.project.pk).revision}"' if seen is None else seen
            sent |= {"If-Match": seen} if seen else {}
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body)
        address = path if path.startswith("/") else f"/api/v2/{path}"
        answer: HttpResponse = self.client.generic(
            method.upper(), address, data, content_type="application/json", headers=sent
        )
        return answer

    def inside(self, method: str, path: str, body: Any = None, **options: Any) -> HttpResponse:
        """The same for an address of the project."""
        assert self.project is not None
        return self.ask(method, f"projects/{self.project.code}/{path}", body, **options)


def read(answer: HttpResponse, status: int = 200) -> Any:
    """The body of an answer with `status`."""
    assert answer.status_code == status, answer.content.decode()
    return json.loads(answer.content)


def refused(answer: HttpResponse) -> tuple[int, str]:
    """Status and code of a problem."""
    assert answer.headers["Content-Type"] == PROBLEM, answer.content.decode()
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    assert body["request_id"] == answer.headers["X-Request-ID"]
    assert body["detail"]
    assert body["detail"] != body["code"]
    return answer.status_code, body["code"]
