"""How a view opens a stream: it passes the doors as any view does, then grants what the event loop goes on with.

The view finds an Opening in `request.META[KEY]`. Where none is, the server cannot stream and the answer ends at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ahsp.core.errors import TooMany, Unavailable

KEY = "ahsp.stream"


@dataclass(frozen=True, slots=True)
class Grant:
    """Who hears what. `rights` is told to the browser whenever it changes; `tab` tells windows of a person apart."""

    project_id: int
    person_id: int
    person: str
    initials: str
    rights: Mapping[str, Any]
    tab: str = ""
    step: str = ""
    # Opened to see whether streams arrive: belongs to nobody and ends soon.
    is_probe: bool = False


PROBE = Grant(0, 0, "", "", {}, is_probe=True)


class Opening:
    """A question for a stream; what it is made with says whether there is room for one more."""

    def __init__(
        self, *, has_room: bool = True, open_of_person: Mapping[int, int] | None = None, most: int = 1
    ) -> None:
        self._has_room = has_room
        self._open_of_person = open_of_person or {}
        self._most = most
        self.granted: Grant | None = None

    def grant(self, grant: Grant) -> None:
        """Let the stream begin. Raises TooMany when the person has too many, Unavailable when the process has."""
        if self._open_of_person.get(grant.person_id, 0) >= self._most:
            raise TooMany("live.too_many", {"limit": str(self._most)})
        if not self._has_room:
            raise Unavailable("live.full")
        self.granted = grant
