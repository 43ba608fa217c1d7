"""What is done about people and sessions beside the web server."""

from __future__ import annotations

import structlog

from ahsp.accounts import services
from ahsp.celery import app

log = structlog.get_logger(__name__)


@app.task(name="ahsp.accounts.expire")  # type: ignore[untyped-decorator]
def expire() -> None:
    """Forget sessions that are over."""
    if count := services.delete_expired_sessions():
        log.info("sessions.expired", count=count)
