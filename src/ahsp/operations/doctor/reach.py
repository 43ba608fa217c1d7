"""Name and port of a server: does the name have an address, does somebody listen, is it who should?"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ahsp.operations.doctor.listeners import Listener, find_listener
from ahsp.operations.doctor.results import Deadline, Fault, within
from ahsp.operations.stack.logs import last_words, size

SECONDS_FOR_NAME, SECONDS_FOR_PORT = 4.0, 4.0
SECONDS_BETWEEN_LOOKS = 0.5
LAST_OF_LOG = 32 * 1024
# Every PostgreSQL and PgBouncer answers the question for TLS with one letter, before anybody signs in.
POSTGRES_HELLO = struct.pack("!ii", 8, 80877103)
REDIS_HELLO = b"PING\r\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server should be. `check` begins the names of its checks; `setting` names it; `start` starts it."""

    part: str
    check: str
    host: str
    port: int
    setting: str
    start: str
    log: Path | None = None

    @property
    def is_left_to_client(self) -> bool:
        """Whether the client of the server chooses the way: a default of its own, or one of several hosts."""
        return not self.host or "," in self.host

    @property
    def data(self) -> dict[str, Any]:
        return {
            "part": self.part,
            "host": self.host,
            "port": self.port,
            "setting": self.setting,
            "start": self.start,
        }


def require_name(place: Place, deadline: Deadline) -> None:
    """Raises Fault when the host has no address."""
    if place.is_left_to_client or place.host.startswith("/"):
        return
    try:
        within(deadline.at_most(SECONDS_FOR_NAME), lambda: socket.getaddrinfo(place.host, place.port))
    except (OSError, UnicodeError) as error:
        raise Fault("doctor.name_unknown", check=f"{place.check}.name", **place.data) from error


def is_postgres(answer: bytes) -> bool:
    return answer in {b"S", b"N"}


def is_redis(answer: bytes) -> bool:
    return answer.startswith((b"+PONG", b"-"))


def require_port(place: Place, deadline: Deadline, hello: bytes = b"", knows: Callable[[bytes], bool] = bool) -> None:
    """Raises Fault when nobody listens, or somebody who does not answer `hello` as the server would.

    Without `hello` it is enough that somebody listens.
    """
    check = f"{place.check}.port"
    if place.is_left_to_client:
        return
    try:
        with _connect(place, deadline) as connection:
            if not hello:
                return
            connection.sendall(hello)
            answer = _answer(connection, place, deadline)
    except ConnectionRefusedError as error:
        raise Fault("doctor.port_refused", check=check, **place.data, said=said(place.log)) from error
    except (ConnectionResetError, BrokenPipeError):
        answer = b""
    except TimeoutError as error:
        raise _silent(place, check, error) from error
    except OSError as error:
        raise Fault("doctor.port_unreachable", check=check, **place.data, reason=error.strerror or error) from error
    if not knows(answer):
        raise Fault("doctor.port_foreign", check=check, **place.data, who=_who(place))


def _answer(connection: socket.socket, place: Place, deadline: Deadline) -> bytes:
    """The first bytes. Raises TimeoutError, at once where the process of this machine is seen to be stopped."""
    end = time.monotonic() + deadline.at_most(SECONDS_FOR_PORT)
    connection.settimeout(SECONDS_BETWEEN_LOOKS)
    while True:
        try:
            return connection.recv(64)
        except TimeoutError:
            listener = find_listener(place.port) if _is_here(place.host) else None
            if time.monotonic() > end or (listener is not None and listener.is_stopped):
                raise


def _connect(place: Place, deadline: Deadline) -> socket.socket:
    seconds = deadline.at_most(SECONDS_FOR_PORT)
    if not place.host.startswith("/"):
        return socket.create_connection((place.host, place.port), timeout=seconds)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(seconds)
    try:
        connection.connect(f"{place.host}/.s.PGSQL.{place.port}")
    except FileNotFoundError as error:
        connection.close()
        raise ConnectionRefusedError from error
    return connection


def _silent(place: Place, check: str, error: TimeoutError) -> Fault:
    """Somebody took the connection and says nothing, or the packets are lost on the way."""
    listener = find_listener(place.port) if _is_here(place.host) else None
    if listener is None and "timed out" in str(error) and not _is_here(place.host):
        return Fault("doctor.port_unreachable", check=check, **place.data, reason="no answer")
    if listener is not None and listener.is_stopped:
        return Fault("doctor.port_stopped", check=check, **place.data, pid=listener.pid)
    return Fault("doctor.port_silent", check=check, **place.data, who=_who(place))


def _who(place: Place) -> str:
    listener: Listener | None = find_listener(place.port) if _is_here(place.host) else None
    return f"{listener.name}, {listener.pid}" if listener else "?"


def _is_here(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


def said(log: Path | None) -> str:
    """What a log says last of an error."""
    return last_words(log, max(0, size(log) - LAST_OF_LOG)) if log else "–"
