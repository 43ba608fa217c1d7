"""Every line of the log is one JSON object, whoever wrote it."""

from __future__ import annotations

import io
import json
import logging

import structlog

from ahsp.core.logging import formatter


def test_lines_of_structlog_and_of_the_standard_library_are_alike() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter())
    logger = logging.getLogger("ahsp.uji")
    logger.addHandler(handler)
    try:
        with structlog.contextvars.bound_contextvars(request_id="abc12345"):
            logger.warning("plain %s", "words")
            structlog.get_logger("ahsp.uji").warning("cache.away", error="refused")
    finally:
        logger.removeHandler(handler)
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert first.keys() == {"event", "request_id", "level", "logger", "timestamp"}
    assert second == {**first, "event": "cache.away", "error": "refused", "timestamp": second["timestamp"]}
