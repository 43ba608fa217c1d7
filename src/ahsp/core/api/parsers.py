"""Bodies in: JSON of bounded size and depth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser

from ahsp.core.api.problems import ApiError, unreadable


class BoundedJsonParser(BaseParser):
    """application/json in UTF-8 of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes, an object at the top."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 the framework's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 the same
    ) -> dict[str, Any]:
        limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise ApiError(413, "api.too_large", {"limit": f"{limit // 1024**2} MB"})
        try:
            data = json.loads(body.decode("utf-8"), parse_constant=_refuse)
        except RecursionError as error:
            raise unreadable("nested too deeply") from error
        except ValueError as error:
            raise unreadable(str(error)[:200]) from error
        if not isinstance(data, dict):
            raise unreadable("the body must be an object")
        return data


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
