"""How many requests one person may send: enough for any program that means well."""

from __future__ import annotations

import time
from typing import Any, cast

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from ahsp.core.cache import TolerantRedisCache

WINDOW = 60


class PersonThrottle(BaseThrottle):
    """AHSP_API_REQUESTS_PER_MINUTE for each person, counted in windows of a minute.

    A cache that is away counts nothing and lets everybody pass.
    """

    what = "api-requests"

    def __init__(self) -> None:
        self._left = float(WINDOW)

    @property
    def most(self) -> int:
        """How many a minute."""
        return int(settings.API_REQUESTS_PER_MINUTE)

    def allow_request(self, request: Request, view: Any) -> bool:  # noqa: ARG002 the framework's signature
        if not request.user.is_authenticated:
            return True
        window, elapsed = divmod(time.time(), WINDOW)
        self._left = WINDOW - elapsed
        key = f"{self.what}:{request.user.pk}:{int(window)}"
        return cast(TolerantRedisCache, cache).count(key, timeout=2 * WINDOW) <= self.most

    def wait(self) -> float:
        return self._left
