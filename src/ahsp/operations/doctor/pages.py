"""Asks the application for pages as a proxy in front of it does, or as a browser through that proxy."""

from __future__ import annotations

import contextlib
import http.client
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from ahsp.operations.doctor.results import Deadline, within

SECONDS_FOR_PAGE = 8.0
LARGEST_PAGE = 2**20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; headers by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    text: str

    @property
    def is_ours(self) -> bool:
        """Every answer of the application carries the id of its request."""
        return "x-request-id" in self.headers


@dataclass(frozen=True, slots=True)
class Site:
    """Where to connect, and the address that people type, which the request carries.

    With `as_proxy` we stand in for the proxy and say what it would; else we are the browser in front of it.
    """

    scheme: str
    host: str
    port: int
    shown: str
    as_proxy: bool

    @classmethod
    def at(cls, address: str, shown: str = "") -> Site:
        """Raises ValueError where the address has no readable port."""
        where = urlsplit(address)
        port = where.port or (443 if where.scheme == "https" else 80)
        typed = urlsplit(shown or address)
        return cls(where.scheme, where.hostname or "", port, f"{typed.scheme}://{typed.netloc}", bool(shown))

    @property
    def name(self) -> str:
        """Host and port as a browser sends them."""
        return urlsplit(self.shown).netloc

    def ask(self, deadline: Deadline, path: str, *, cookies: Mapping[str, str] | None = None, form: str = "") -> Answer:
        """One request, a POST where it has a form. Raises OSError and http.client.HTTPException."""
        seconds = deadline.at_most(SECONDS_FOR_PAGE)
        return within(seconds + 0.5, lambda: self._ask(seconds, path, dict(cookies or {}), form))

    def _ask(self, seconds: float, path: str, cookies: dict[str, str], form: str) -> Answer:
        connection = self._connection(seconds)
        try:
            connection.request("POST" if form else "GET", path, form or None, self._headers(cookies, form))
            answer = connection.getresponse()
            text = answer.read(LARGEST_PAGE).decode(errors="replace")
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, _cookies(answer.headers.get_all("Set-Cookie") or []), text)
        finally:
            connection.close()

    def listen(self, deadline: Deadline, path: str, wanted: str, seconds: float) -> tuple[Answer, list[str]]:
        """The answer without its body, and the lines that came within `seconds`, up to the one that is `wanted`.

        Raises OSError and http.client.HTTPException, TimeoutError when not even an answer begins.
        """
        heard: list[str] = []
        begun: list[Answer] = []
        seconds = deadline.at_most(seconds)
        with contextlib.suppress(TimeoutError):
            within(seconds + 0.5, lambda: self._listen(seconds, path, wanted, begun, heard))
        if not begun:
            raise TimeoutError
        return begun[0], list(heard)

    def _listen(self, seconds: float, path: str, wanted: str, begun: list[Answer], heard: list[str]) -> None:
        connection = self._connection(seconds)
        end = time.monotonic() + seconds
        try:
            connection.request("GET", path, None, {**self._headers({}, ""), "Accept": "text/event-stream"})
            answer = connection.getresponse()
            begun.append(Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, {}, ""))
            while wanted not in heard and time.monotonic() < end and (line := answer.readline()):
                heard.append(line.decode(errors="replace").strip())
        finally:
            connection.close()

    def _connection(self, seconds: float) -> http.client.HTTPConnection:
        if self.scheme == "https":
            return http.client.HTTPSConnection(
                self.host, self.port, timeout=seconds, context=ssl.create_default_context()
            )
        return http.client.HTTPConnection(self.host, self.port, timeout=seconds)

    def _headers(self, cookies: Mapping[str, str], form: str) -> dict[str, str]:
        headers = {"Host": self.name, "User-Agent": "ahsp-doctor", "Accept": "text/html"}
        if self.as_proxy:
            headers["X-Forwarded-Proto"] = urlsplit(self.shown).scheme
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers |= {"Origin": self.shown, "Referer": f"{self.shown}/"}
        return headers


def _cookies(headers: list[str]) -> dict[str, str]:
    return {name: morsel.value for header in headers for name, morsel in SimpleCookie(header).items()}
