"""Which errors of the database say that it cannot be had now, so that the answer is 503 and not 500."""

from __future__ import annotations

from django.db import InterfaceError, InternalError, OperationalError

# Internal by their class in SQL, yet nobody's mistake: a transaction that stood idle or ran too long was ended, or
# the server takes no writes while another one takes its place.
_ENDED_BY_SERVER = {"25P03", "25P04", "25006"}


def is_away(error: BaseException | None) -> bool:
    """Whether the same request may well succeed a little later."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, InternalError) and getattr(error.__cause__, "sqlstate", None) in _ENDED_BY_SERVER
