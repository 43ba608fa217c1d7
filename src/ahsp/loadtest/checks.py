"""What an answer must hold to count: the page asked for, for the person who asked, with its content.

A check looks at an `Answer` and gives a `Verdict`. Without such checks a load test measures the sign-in page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

SIGN_IN_PATH = "/account/login/"


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` 0 is a connection that broke. `headers` have lower-case names; `body` is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """`problem` is empty for an answer that is right.

    `signed_in` tells whether it was for the person who asked; None when the answer says nothing about that.
    """

    problem: str = ""
    signed_in: bool | None = True


Check = Callable[[Answer], Verdict]
GOOD = Verdict()


def refused(answer: Answer, expected: int = 200) -> Verdict | None:
    """What makes looking at the content idle: no answer, an error, the sign-in page. None when there is nothing."""
    if answer.status == 0:
        return Verdict("no answer: the connection broke", None)
    if answer.status >= 500:
        return Verdict(f"answered {answer.status}", None)
    if answer.status == 401 or answer.headers.get("location", "").startswith(SIGN_IN_PATH):
        return Verdict("not signed in: sent to the sign-in page", signed_in=False)
    if b'name="password"' in answer.body and answer.status == 200:
        return Verdict("not signed in: shows the sign-in page", signed_in=False)
    if answer.status != expected:
        return Verdict(f"answered {answer.status} instead of {expected}", None)
    return None


def page(email: str, *needles: str) -> Check:
    """A whole page that names the person with `email` in its menu and holds every one of `needles`."""
    wanted = [needle.encode() for needle in needles]
    owner = email.encode()

    def check(answer: Answer) -> Verdict:
        wrong = refused(answer)
        if wrong is not None:
            return wrong
        if owner not in answer.body:
            return Verdict("not signed in: the page is of nobody or of somebody else", signed_in=False)
        return _holds(answer.body, wanted)

    return check


def fragment(*needles: str) -> Check:
    """A piece of a page; that it came at all shows who asked, for others get 404 or the sign-in page."""
    wanted = [needle.encode() for needle in needles]

    def check(answer: Answer) -> Verdict:
        return refused(answer) or _holds(answer.body, wanted)

    return check


def _holds(body: bytes, wanted: list[bytes]) -> Verdict:
    missing = [needle for needle in wanted if needle not in body]
    return Verdict("the content asked for is missing") if missing else GOOD


def json_with(*needles: str) -> Check:
    """JSON that holds every one of `needles`; searched as it came, for unpacking costs the driver more."""
    wanted = [needle.encode() for needle in needles]

    def check(answer: Answer) -> Verdict:
        wrong = refused(answer)
        if wrong is not None:
            return wrong
        return _holds(answer.body, wanted) if is_json(answer) else Verdict("not JSON")

    return check


def nothing(answer: Answer) -> Verdict:
    """Taken, with nothing to say about it."""
    return refused(answer, 204) or GOOD


def is_json(answer: Answer) -> bool:
    return "json" in answer.headers.get("content-type", "")
