"""Questions of machines, answered before anything else is asked of the request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ahsp.core.errors import NotFound
from ahsp.operations.views import livez, metrics, readyz, stream

PROBES = {"/livez": livez, "/livez/stream": stream, "/readyz": readyz, "/metrics": metrics}


class ProbeMiddleware:
    """Answers the probes without session, language, redirect to HTTPS or a look at the name they were asked under.

    A balancer asks by address, and a part that is away must not keep the node from saying so. Whom an answer is not
    for goes the way of all requests and finds no page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe is not None and request.method in {"GET", "HEAD"}:
            try:
                return probe(request)
            except NotFound:
                pass
        return self.get_response(request)
