"""Price lists in files, read for the workspace."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.core.errors import FileRefused, Refused
from ahsp.exchange.price_lists.files import read_price_list
from ahsp.exchange.price_lists.serializers import PriceFileSerializer, PriceListSerializer
from ahsp.projects.access import open_project


class PriceListView(ApiView):
    tag = "workspace"
    parser_classes = [MultiPartParser]

    @described("price_list", {200: PriceListSerializer}, request=PriceFileSerializer)
    def post(self, request: Request, code: str) -> HttpResponse:
        """Read a price list, XLSX or CSV: its rows that name resources of the project. Nothing is kept or written."""
        project = open_project(person_of(request), code).require_write()
        given = PriceFileSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        try:
            return answer(request, read_price_list(project, values["file"], values.get("sheet") or None))
        except FileRefused as refused:
            raise Refused(refused.code, refused.data, field="file") from refused


api_urls = [path("projects/<slug:code>/price-list/", PriceListView.as_view(), name="price_list")]
