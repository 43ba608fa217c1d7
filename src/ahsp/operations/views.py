"""What machines ask (probes, figures) and the page of administrators."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ahsp.core.errors import AhspError, NotFound
from ahsp.core.streams.opening import KEY, PROBE, Opening
from ahsp.operations.access import for_administrators, may_watch
from ahsp.operations.queries import RANGES, Columns, as_csv, columns, nodes
from ahsp.operations.watching import tables
from ahsp.operations.watching.charts import BY_NAME, CHARTS
from ahsp.operations.watching.checks import examine, is_ready
from ahsp.operations.watching.exposition import CONTENT_TYPE, exposition
from ahsp.operations.watching.parts import node as this_node
from ahsp.operations.watching.parts import version
from ahsp.operations.watching.recent import figures_now
from ahsp.operations.watching.tiles import tiles

NOT_KEPT = {"Cache-Control": "no-store"}


@login_not_required
@require_safe
def livez(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 Django's signature
    """200 as long as the process answers; asks nothing of any other part."""
    return JsonResponse({"alive": True}, headers=NOT_KEPT)


@login_not_required
@require_safe
def stream(request: HttpRequest) -> HttpResponse:
    """Events for some seconds, to anybody: whether streams begin, arrive at once, and hear Redis."""
    opening = request.META.get(KEY)
    if isinstance(opening, Opening):
        try:
            opening.grant(PROBE)
        except AhspError as full:
            return HttpResponse(status=full.status, headers=NOT_KEPT)
    return HttpResponse(content_type="text/event-stream", headers=NOT_KEPT)


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 or 503: {"ready", "checks": [{"name", "ok", "needed", "cause", "took_ms"}]}; to strangers "ready" only."""
    checks = examine()
    answer: dict[str, object] = {"ready": is_ready(checks)}
    if may_watch(request):
        answer["checks"] = [
            {
                "name": check.name,
                "ok": check.ok,
                "needed": check.needed,
                "cause": check.cause(),
                "took_ms": check.took_ms,
            }
            for check in checks
        ]
    return JsonResponse(answer, status=200 if answer["ready"] else 503, headers=NOT_KEPT)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Every figure in the format of Prometheus, for monitoring only. Raises NotFound."""
    if not may_watch(request):
        raise NotFound("operations.not_found")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE, headers=NOT_KEPT)


@for_administrators
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """operations/overview.html with what `now` gives and `charts`, `ranges`, `range`, `nodes`, `node`."""
    since = timezone.now() - max(RANGES.values())
    known = nodes(since) or [this_node()]
    context = {
        **_now(),
        "charts": CHARTS,
        "ranges": list(RANGES),
        "range": _range(request),
        "nodes": known,
        "node": _node(request, known),
    }
    return render(request, "operations/overview.html", context)


@for_administrators
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The part of the page that the browser asks for again and again: operations/partials/now.html."""
    return render(request, "operations/partials/now.html", _now())


@for_administrators
@require_safe
def series(request: HttpRequest) -> HttpResponse:
    """{"at": [seconds since 1970], "values": {figure: [number or null]}} of ?node= and ?range=."""
    found = _columns(request)
    return JsonResponse({"at": found.at, "values": found.values}, headers=NOT_KEPT)


@for_administrators
@require_safe
def series_csv(request: HttpRequest, name: str) -> HttpResponse:
    """What one plot draws, as CSV. Raises NotFound."""
    if name not in BY_NAME:
        raise NotFound("operations.not_found")
    body = as_csv(BY_NAME[name], _columns(request))
    headers = {"Content-Disposition": f'attachment; filename="ahsp-{name}-{_range(request)}.csv"', **NOT_KEPT}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


def _now() -> dict[str, object]:
    """`checks`, `ready`, `away` (failed checks), `tiles`, `views`, `browsers`, `at`, `version`, `this_node`."""
    checks = examine()
    figures, counted = figures_now()
    return {
        "checks": checks,
        "ready": is_ready(checks),
        "away": sum(not check.ok for check in checks),
        "tiles": tiles(figures),
        "views": tables.views(counted),
        "browsers": tables.browsers(counted),
        "at": timezone.localtime(),
        "version": version(),
        "this_node": this_node(),
    }


def _columns(request: HttpRequest) -> Columns:
    until = timezone.now()
    known = nodes(until - max(RANGES.values()))
    return columns(_node(request, known), RANGES[_range(request)], until)


def _range(request: HttpRequest) -> str:
    asked = request.GET.get("range", "")
    return asked if asked in RANGES else "24h"


def _node(request: HttpRequest, known: list[str]) -> str:
    asked = request.GET.get("node", "")
    if asked in known:
        return asked
    return this_node() if this_node() in known or not known else known[0]
