"""What browsers tell about the pages they showed."""

from __future__ import annotations

import structlog
from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from ahsp.core.api.authentication import BrowserAuthentication
from ahsp.core.api.permissions import SignedIn
from ahsp.core.api.problems import ApiError
from ahsp.core.api.reading import values_of
from ahsp.core.api.schema import described
from ahsp.core.api.throttling import PersonThrottle
from ahsp.core.api.views import ApiView
from ahsp.core.metrics import count_client
from ahsp.operations.serializers import ClientMetricsSerializer

log = structlog.get_logger(__name__)
LARGEST_BODY = 8 * 1024


class VisitThrottle(PersonThrottle):
    """Two visits a second, which nobody makes for a whole minute."""

    what = "client-visits"
    most = 120


class ClientMetricsView(ApiView):
    tag = "client-metrics"
    # Of browsers only, so there is no token to hold a scope against.
    authentication_classes = [BrowserAuthentication]
    permission_classes = [SignedIn]
    throttle_classes = [VisitThrottle]

    @described("tell_client_metrics", {204: None}, request=ClientMetricsSerializer)
    def post(self, request: Request) -> HttpResponse:
        """Count one visit of a page: how long it took and which scripts failed. Kept as sums, without the person."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            raise ApiError(413, "api.too_large", {"limit": f"{LARGEST_BODY // 1024} kB"})
        told = values_of(request, ClientMetricsSerializer)
        errors = told.get("errors", [])
        count_client(told["page"], told.get("timings", {}), len(errors))
        for error in errors:
            # Where and what, not to whom.
            log.warning("client.error", page=told["page"], **error)
        return HttpResponse(status=204)


api_urls = [path("client-metrics/", ClientMetricsView.as_view(), name="client_metrics")]
