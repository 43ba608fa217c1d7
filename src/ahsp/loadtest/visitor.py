"""One signed-in person's browser: sends a request, checks the answer, notes both."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from ahsp.loadtest.checks import SIGN_IN_PATH, Answer, Check, Verdict, page, refused
from ahsp.loadtest.records import Records, Request
from ahsp.loadtest.seeds import Account

if TYPE_CHECKING:
    # Locust replaces sockets and threads of whatever process imports it.
    from locust.contrib.fasthttp import FastHttpSession

HOME_PATH = "/projects/"
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


class Clock(Protocol):
    """Gives the seconds since the run began; below 0 while it warms up."""

    def __call__(self) -> float: ...


class Visitor:
    """`account` at a browser of its own. What comes before second 0 of the run is not noted."""

    def __init__(self, client: FastHttpSession, account: Account, records: Records, clock: Clock) -> None:
        self._client = client
        self._records = records
        self._clock = clock
        self.account = account
        # Told of each acknowledged write: the revision it made, and when it was sent.
        self.on_write: Callable[[int, float], None] = lambda _revision, _sent: None

    def get(self, name: str, path: str, check: Check, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send(name, "GET", path, check, headers=headers)

    def send(
        self,
        name: str,
        method: str,
        path: str,
        check: Check,
        *,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request, follow no redirect, note how long it took and what `check` says."""
        at, begin = self._clock(), time.perf_counter()
        found = self._client.request(
            method,
            path,
            data=dict(form) if form is not None else None,
            json=body,
            headers=dict(headers or {}),
            allow_redirects=False,
            catch_response=True,
        )
        ms = (time.perf_counter() - begin) * 1000
        answer = _answer(found)
        self._note(Request(at, name, ms, ""), check(answer))
        return answer

    def _note(self, request: Request, verdict: Verdict) -> None:
        if request.at < 0:
            return
        request.problem = verdict.problem
        self._records.requests.append(request)
        if verdict.signed_in is not None:
            self._records.signed_in += verdict.signed_in
            self._records.strangers += not verdict.signed_in

    def note_act(self, name: str, seconds: float) -> None:
        """Note an act of several requests."""
        if self._clock() - seconds >= 0:
            self._records.note_act(name, seconds)

    def note_failure(self, name: str, problem: str) -> None:
        """Note what went wrong where no single answer was wrong."""
        self._note(Request(self._clock(), name, 0.0, ""), Verdict(problem, None))

    def note_write(self, lost: str) -> None:
        """Note a write that was acknowledged and read again; `lost` names it when it was not there."""
        if self._clock() >= 0:
            self._records.acknowledged += 1
            self._records.lost += [lost] if lost else []

    def sign_in(self) -> bool:
        """Through the real form with its token; afterwards the list of projects must be this person's."""
        form = self.get("sign-in page", SIGN_IN_PATH, _sign_in_page)
        token = _TOKEN.search(form.body)
        if token is None:
            return False
        fields = {
            "csrfmiddlewaretoken": token[1].decode(),
            "login": self.account.email,
            "password": self.account.password,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.send("sign in", "POST", SIGN_IN_PATH, _let_in, form=fields, headers=headers)
        if _let_in(answer).problem:
            return False
        return not self.see_dashboard()

    def see_dashboard(self) -> str:
        """The list of projects with all of this person's; answers with what is wrong with it."""
        names = [project.name for project in self.account.projects]
        check = page(self.account.email, *names)
        return check(self.get("dashboard", HOME_PATH, check)).problem

    @property
    def now(self) -> float:
        """The second of the run."""
        return self._clock()

    def cookies(self) -> str:
        """What this browser sends with each request."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._client.cookiejar)

    def token(self) -> str:
        """The token that the browser's cookie holds, for requests that are no form."""
        return next((str(cookie.value) for cookie in self._client.cookiejar if cookie.name == "csrftoken"), "")


def _sign_in_page(answer: Answer) -> Verdict:
    if answer.status == 200 and b'name="password"' in answer.body:
        return Verdict("", None)
    return Verdict((refused(answer) or Verdict("not the sign-in page")).problem or "not the sign-in page", None)


def _let_in(answer: Answer) -> Verdict:
    if answer.status == 302 and not answer.headers.get("location", "").startswith(SIGN_IN_PATH):
        return Verdict("", None)
    if answer.status == 0 or answer.status >= 500:
        return refused(answer) or Verdict("refused", None)
    return Verdict(f"not signed in: refused with {answer.status}", signed_in=False)


def _answer(found: Any) -> Answer:
    headers = {str(name).lower(): str(value) for name, value in (found.headers or {}).items()}
    return Answer(found.status_code or 0, headers, found.content or b"")
