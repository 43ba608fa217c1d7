"""A signed-in person on one kept connection, with nothing but the standard library: quick, and safe beside threads."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import time
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from ahsp.loadtest.checks import SIGN_IN_PATH, Answer
from ahsp.loadtest.seeds import Account

SECONDS_TO_ANSWER = 60
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


class Browser:
    """Cookies, one connection, no redirects followed."""

    def __init__(self, address: str, timeout: float = SECONDS_TO_ANSWER) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
        self.cookies: dict[str, str] = {}
        self.ms = 0.0

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """One request; a broken connection is an answer with status 0. `ms` then says how long it took."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Accept-Encoding": "gzip", "Cookie": cookies, **(headers or {})}
        begin = time.perf_counter()
        try:
            self._connection.request(method, path, body, sent)
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self.ms = (time.perf_counter() - begin) * 1000
            return Answer(0, {}, b"")
        self.ms = (time.perf_counter() - begin) * 1000
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: found.value for name, found in SimpleCookie(line).items()})
        found = {name.lower(): value for name, value in response.headers.items()}
        if found.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(response.status, found, content)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send("GET", path, headers=headers)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """A form, with the token of this browser."""
        form = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}).encode()
        return self.send("POST", path, body=form, headers={"Content-Type": "application/x-www-form-urlencoded"})

    def patch(self, path: str, tag: str, values: Any) -> Answer:
        """Values for the API, under the revision that `tag` names."""
        headers = {
            "Content-Type": "application/json",
            "If-Match": tag,
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
        }
        return self.send("PATCH", path, body=json.dumps(values).encode(), headers=headers)

    def sign_in(self, account: Account) -> Answer:
        """The answer to the real form: 302 for who is let in."""
        form = self.get(SIGN_IN_PATH)
        token = _TOKEN.search(form.body)
        if token is None:
            return form
        fields = {"csrfmiddlewaretoken": token[1].decode(), "login": account.email, "password": account.password}
        return self.post(SIGN_IN_PATH, fields)

    def close(self) -> None:
        self._connection.close()
