"""One window of a browser that holds a stream of events, in a thread of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ahsp.loadtest.browser import Browser
from tests.stack.machine import wait_for

# The server says something every 15 s.
SECONDS_OF_SILENCE = 40.0


@dataclass(frozen=True, slots=True)
class Event:
    kind: str
    data: dict[str, Any]
    at: float


class Listener:
    """The stream of a project as `browser` opens it."""

    def __init__(self, address: str, browser: Browser, code: str, tab: str = "t1") -> None:
        self.events: list[Event] = []
        self.status = 0
        self.ended = False
        where = urlsplit(address)
        self._connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=SECONDS_OF_SILENCE)
        self._socket = socket.socket()
        self._path = f"/api/v2/projects/{code}/live/?tab={tab}&step=boq"
        self._cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._connection.request("GET", self._path, headers={"Cookie": self._cookies})
            self._socket = self._connection.sock
            answer = self._connection.getresponse()
            self.status = answer.status
            kind = ""
            while line := answer.readline():
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    self.events.append(Event(kind, json.loads(value), time.monotonic()))
        except (OSError, http.client.HTTPException, AttributeError):
            # Cut off by the other side, or closed by this one.
            pass
        finally:
            self.ended = True

    def close(self) -> None:
        """Hang up; whoever reads from it meets the end."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def of(self, kind: str, **data: object) -> list[Event]:
        """Events of a kind that carry at least `data`."""
        return [one for one in list(self.events) if one.kind == kind and data.items() <= one.data.items()]

    def wait(self, kind: str, what: Callable[[dict[str, Any]], object] = bool, after: int = 0) -> Event:
        """The first event behind the `after` first ones of which `what` holds."""

        def found() -> list[Event]:
            return [one for one in self.events[after:] if one.kind == kind and what(one.data)]

        wait_for(found, f"an event {kind}")
        return found()[0]

    def live(self) -> Listener:
        """Wait until changes arrive."""
        self.wait("state", lambda data: data["live"])
        return self
