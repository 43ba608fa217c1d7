"""The one error family. A refused act raises one of these; one place renders it for each border."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class AhspError(Exception):
    """Something a person can mend.

    `code` is stable and has a text in core.issue_texts; `data` fills it; `status` is the HTTP status it becomes.
    """

    status = 400
    more: Mapping[str, Any] = {}
    """Further members of the problem, for programs."""

    def __init__(self, code: str, data: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.data: Mapping[str, str] = data or {}


class FileRefused(AhspError):
    """A file that cannot be read as a whole: nothing of it is kept. `data` holds at least "file"."""

    status = 422


class Refused(AhspError):
    """A value that was read and cannot be used; `field` names it."""

    status = 422

    def __init__(self, code: str, data: Mapping[str, str] | None = None, *, field: str) -> None:
        super().__init__(code, data)
        self.field = field


class NotFound(AhspError):
    """It does not exist, or not for this person."""

    status = 404


class Forbidden(AhspError):
    """It may be seen by this person and not be changed."""

    status = 403


class Conflict(AhspError):
    """Somebody else changed it in the meantime."""

    status = 409


class NotAllowed(AhspError):
    """The address does not know this method."""

    status = 405


class TooLarge(AhspError):
    """More than is read at all."""

    status = 413


class TooMany(AhspError):
    """More than one person may have at once or in a while."""

    status = 429


class TooOften(TooMany):
    """Too many in a while: after `seconds` it is worth trying again. `data` has that as "minutes", rounded up."""

    def __init__(self, code: str, seconds: int) -> None:
        self.seconds = max(1, seconds)
        super().__init__(code, {"minutes": str(-(-self.seconds // 60))})


class Unavailable(AhspError):
    """Something the answer needs is not there now."""

    status = 503
