"""What machines ask (probes, figures) and the page of administrators."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ahsp.core.errors import NotFound
from ahsp.operations.access import may_watch
from ahsp.operations.watching.checks import examine, is_ready
from ahsp.operations.watching.exposition import CONTENT_TYPE, exposition

NOT_KEPT = {"Cache-Control": "no-store"}


@login_not_required
@require_safe
def livez(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 Django's signature
    """200 as long as the process answers; asks nothing of any other part."""
    return JsonResponse({"alive": True}, headers=NOT_KEPT)


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
