"""What a browser may tell about a page, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from ahsp.operations.pages import known_pages

MOST_ERRORS = 5
LONGEST_MESSAGE = 200
LONGEST_SOURCE = 120
TEN_MINUTES = 600_000
LARGEST_SHIFT = 100


class Strict(serializers.Serializer):
    """Refuses fields it does not know."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := sorted(set(map(str, data)) - set(self.fields))):
            raise serializers.ValidationError({unknown[0][:40]: ["unknown"]})
        return super().to_internal_value(data)


class Number(serializers.FloatField):
    """A finite number, no text and no truth value."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float) or not math.isfinite(data):
            self.fail("invalid")
        return float(data)


def _milliseconds() -> Number:
    return Number(required=False, min_value=0, max_value=TEN_MINUTES)


class TimingsSerializer(Strict):
    """Milliseconds since the page was asked for; `inp_ms` is its slowest answer to an input."""

    ttfb_ms = _milliseconds()
    dcl_ms = _milliseconds()
    load_ms = _milliseconds()
    lcp_ms = _milliseconds()
    inp_ms = _milliseconds()
    layout_shift = Number(required=False, min_value=0, max_value=LARGEST_SHIFT)


class ScriptErrorSerializer(Strict):
    """A script that failed: its words, the file (no address of a page) and the line."""

    message = serializers.CharField(max_length=LONGEST_MESSAGE)
    source = serializers.CharField(max_length=LONGEST_SOURCE, allow_blank=True)
    line = serializers.IntegerField(min_value=0, max_value=10_000_000)


class ClientMetricsSerializer(Strict):
    """One visit of a page. `page` is the name of its view."""

    page = serializers.CharField(max_length=80)
    timings = TimingsSerializer(required=False)
    errors = ScriptErrorSerializer(many=True, required=False, max_length=MOST_ERRORS)

    def validate_page(self, page: str) -> str:
        if page not in known_pages():
            raise serializers.ValidationError("unknown")
        return page
