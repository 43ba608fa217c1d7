"""Whatever the description allows, and whatever it forbids, is answered as the description says: no 5xx, no status,
media type, header or shape that it does not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from ahsp.accounts.models import Scope
from ahsp.accounts.services import create_token
from ahsp.estimates.models import Section, WorkItem
from ahsp.exchange.requests import request_document
from ahsp.jobs.models import Job, JobFile
from ahsp.projects.models import Project
from tests.people import Cast, sign_in

EXAMPLES = 15
NAMES = ("project", "edition", "price_book")
CSRF = "a" * 32
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    unsupported_method,
]
OFTEN = st.sampled_from([True, True, True, False])
MODES = st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


def _description() -> Any:
    described = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
    described.app = get_wsgi_application()
    return described


DESCRIPTION = _description()
OPERATIONS = [found.ok() for found in DESCRIPTION.get_all_operations()]


@pytest.fixture
def signed_in(filled: Project, cast: Cast) -> Iterator[dict[str, dict[str, str]]]:
    job = request_document(project=filled, person=cast.ani, ending="pdf", language="id")
    JobFile.objects.create(job=job, name="rab.pdf", content_type="application/pdf", size=4, content=b"%PDF")
    _, text = create_token(person=cast.ani, name="Uji", scope=Scope.WRITE, days=1)
    # As Django's own test client does: the transaction of the test outlives each request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    # What is for browsers only takes the session and its CSRF token, everything else the token.
    session = sign_in(cast.ani).cookies["sessionid"].value
    yield {
        "headers": {"Authorization": f"Bearer {text}", "X-CSRFToken": CSRF, "Accept-Encoding": "identity"},
        "cookies": {"sessionid": session, "csrftoken": CSRF},
    }
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _existing(path: str, project: Project) -> dict[str, Any]:
    """Path parameters that name what is there; a row that an earlier example removed names nothing."""
    edition, book = project.edition.slug, project.price_book.slug
    found: dict[str, Any] = {"code": project.code, "project": project.code, "slug": edition}
    found |= {"edition": edition, "price_book": book}
    found["named"] = "1.1"
    if "/editions/" in path:
        found["code"] = "1.1"
    found |= {"revision": project.revision, "key": "i1"}
    if "/jobs/" in path:
        found["id"] = str(Job.objects.latest("created_at").pk)
    else:
        rows = Section.objects if "/sections/" in path else WorkItem.objects
        found["id"] = rows.filter(project=project).values_list("pk", flat=True).first() or 1
    return found


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_operation(operation: Any, filled: Project, signed_in: dict[str, dict[str, str]]) -> None:
    strategy = MODES.flatmap(lambda mode: operation.as_strategy(generation_mode=mode))

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy, exists=OFTEN, fresh=OFTEN)
    def ask(case: Any, exists: bool, fresh: bool) -> None:
        if exists:
            known = _existing(operation.path, filled)
            case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
            if isinstance(case.body, dict):
                case.body |= {name: known[name] for name in NAMES if isinstance(case.body.get(name), str)}
        headers = dict(signed_in["headers"])
        if fresh:
            headers["If-Match"] = f'"{Project.objects.get(pk=filled.pk).revision}"'
        answer = case.call(headers=headers, cookies=signed_in["cookies"])
        case.validate_response(answer, checks=CHECKS)

    ask()
