"""A write that was acknowledged must be found again."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ahsp.loadtest.editing import EDITING
from ahsp.loadtest.records import Records
from ahsp.loadtest.seeds import Account, Item, SeededProject
from ahsp.loadtest.visitor import Visitor

PROJECT = SeededProject("abc", "Gedung", 1, "Tanah", "Tanah", (Item(7, "1.1", "Galian"),))
BODY = b'{"revision":%d,"item":{"quantity":"%s"}}'


class Found:
    """An answer as Locust gives it."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status_code, self.content = status, body
        self.headers = {"Content-Type": "application/json", "ETag": '"3.id.x"'}


class Server:
    """Acknowledges writes, and gives `later` when it is asked again."""

    def __init__(self, later: Any) -> None:
        self.cookiejar: list[Any] = []
        self.later = later
        self.sent: list[dict[str, Any]] = []

    def request(self, method: str, url: str, **options: Any) -> Any:  # noqa: ARG002 Locust's signature
        self.sent.append({"method": method, **options})
        if method == "PATCH":
            return Found(200, BODY % (4, options["json"]["quantity"].encode()))
        if len(self.sent) == 1:
            return Found(200, BODY % (3, b"1"))
        return Found(200, self.later(self.sent[1]["json"]["quantity"].encode()))


def edit(later: Any) -> Records:
    records = Records(users=1, seconds=1)
    server = Server(later)
    account = Account("a@example.com", "A", "x", (PROJECT,))
    EDITING[0].do(Visitor(cast("Any", server), account, records, lambda: 1.0))
    assert server.sent[1]["headers"]["If-Match"] == '"3.id.x"'
    return records


@pytest.mark.parametrize(
    ("later", "lost"),
    [
        (lambda written: BODY % (4, written), False),
        (lambda _: BODY % (5, b"99"), False),
        (lambda _: BODY % (4, b"1"), True),
        (lambda _: BODY % (3, b"1"), True),
    ],
    ids=["found again", "replaced by a later one", "silently dropped", "rolled back"],
)
def test_an_acknowledged_write_is_found_or_lost(later: Any, lost: bool) -> None:
    records = edit(later)
    assert records.acknowledged == 1
    assert bool(records.lost) is lost
    assert any(request.problem == "an acknowledged write is lost" for request in records.requests) is lost
