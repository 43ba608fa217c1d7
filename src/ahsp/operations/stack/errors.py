"""What can go wrong with the stack, each with the sentence that says how to mend it."""

from __future__ import annotations

from ahsp.core.errors import AhspError


class StackError(AhspError):
    """The stack cannot start or go on. `code` begins with "stack."; its text says how to mend it."""

    status = 503

    def __init__(self, code: str, **data: str) -> None:
        super().__init__(code, data)


class StopRequested(BaseException):
    """Somebody asked for the end: Ctrl-C, SIGTERM or a closed terminal."""
