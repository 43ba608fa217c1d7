"""Streams of events on the running application: what arrives, what outlives a fault, and what they may not hold."""

from __future__ import annotations

import json
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psutil
import psycopg
import pytest

from ahsp.loadtest.application import Application
from ahsp.loadtest.browser import Browser
from ahsp.loadtest.checks import Answer
from ahsp.loadtest.seeds import SeededProject
from ahsp.operations.stack.valkey import answers as redis_answers
from tests.stack.machine import all_gone, wait_for
from tests.stack.survival.fault import members
from tests.stack.survival.listener import Listener

Record = Callable[[str, object], None]
MANY = 200


@dataclass(frozen=True)
class Office:
    """Two people of one organization and a project of theirs; a stranger to both."""

    address: str
    owner: Browser
    estimator: Browser
    stranger: Browser
    project: SeededProject
    estimator_id: int

    def listen(self, browser: Browser, tab: str = "t1") -> Listener:
        return Listener(self.address, browser, self.project.code, tab)

    def command(self, browser: Browser, name: str, **arguments: Any) -> dict[str, Any]:
        answer = self.try_command(browser, name, **arguments)
        assert answer.status == 200, answer.body[:300]
        return json.loads(answer.body)  # type: ignore[no-any-return]

    def try_command(self, browser: Browser, name: str, **arguments: Any) -> Answer:
        """A connection that broke meanwhile is made anew: sent twice, a command is carried out once."""
        call = {"id": str(uuid.uuid4()), "command": name, "arguments": arguments, "base": 1}
        path = f"/api/v2/projects/{self.project.code}/commands/"
        answer = _post(browser, path, call)
        return answer if answer.status else _post(browser, path, call)

    def write(self, browser: Browser, quantity: str) -> dict[str, Any]:
        key = f"i{self.project.items[0].pk}"
        return self.command(browser, "items.set", cells=[_cell(key, quantity)])

    def since(self, browser: Browser, revision: int) -> dict[str, Any]:
        answer = browser.get(f"/api/v2/projects/{self.project.code}/sync/?since={revision}")
        assert answer.status == 200
        return json.loads(answer.body)  # type: ignore[no-any-return]


def _cell(key: str, quantity: str) -> dict[str, object]:
    return {"key": key, "version": None, "values": {"quantity": quantity}}


def _post(browser: Browser, path: str, body: object) -> Answer:
    headers = {"Content-Type": "application/json", "X-CSRFToken": browser.cookies.get("csrftoken", "")}
    return browser.send("POST", path, headers=headers, body=json.dumps(body).encode())


@pytest.fixture(scope="module")
def office(application: Application) -> Iterator[Office]:
    accounts = application.seeds.accounts[:3]
    address = application.running.address
    with psycopg.connect(application.running.direct_database_url, autocommit=True) as connection:
        row = connection.execute(
            """
            INSERT INTO accounts_membership (organization_id, person_id, role)
            SELECT of_owner.organization_id, other.id, 'estimator'
            FROM accounts_membership AS of_owner
            JOIN accounts_person AS owner ON owner.id = of_owner.person_id, accounts_person AS other
            WHERE owner.email = %s AND other.email = %s
            RETURNING person_id
            """,
            [accounts[0].email, accounts[1].email],
        ).fetchone()
    assert row is not None
    browsers = [Browser(address) for _ in accounts]
    for browser, account in zip(browsers, accounts, strict=True):
        assert browser.sign_in(account).status == 302
    yield Office(address, *browsers, accounts[0].projects[0], int(row[0]))
    for browser in browsers:
        browser.close()


def test_an_edit_of_one_arrives_at_the_other(office: Office, record_property: Record) -> None:
    with closing(office.listen(office.estimator).live()) as other:
        sent = time.monotonic()
        written = office.write(office.owner, "12,5")
        heard = other.wait("change", lambda data: data["revision"] == written["revision"])
        assert heard.data["act"] == "items.set"
        assert heard.data["keys"] == [f"i{office.project.items[0].pk}"]
        record_property("live", f"an edit arrived {heard.at - sent:.3f} s after it was sent")
        rows = office.since(office.estimator, written["revision"] - 1)["rows"]
    assert [(row["key"], row["quantity"]) for row in rows] == [(f"i{office.project.items[0].pk}", "12.5")]


def test_each_sees_where_the_other_is(office: Office) -> None:
    cell = f"i{office.project.items[0].pk}.quantity"
    with closing(office.listen(office.owner, "a").live()) as mine:
        with closing(office.listen(office.estimator, "b").live()):
            mine.wait("presence", lambda data: {one["tab"] for one in data.get("people", [])} == {"a", "b"})
            place = {"tab": "b", "step": "boq", "cell": cell}
            assert _post(office.estimator, f"/api/v2/projects/{office.project.code}/presence/", place).status == 204
            moved = mine.wait("presence", lambda data: "moved" in data).data["moved"]
            assert (moved["person"], moved["tab"], moved["cell"]) == (office.estimator_id, "b", cell)
            before = len(mine.events)
        mine.wait("presence", lambda data: [one["tab"] for one in data.get("people", [])] == ["a"], after=before)


def test_a_stranger_and_somebody_not_signed_in_hear_nothing(office: Office) -> None:
    for browser, status in ((office.stranger, 404), (Browser(office.address), 401)):
        listener = office.listen(browser)
        wait_for(lambda listener=listener: listener.ended, "the refusal")
        assert (listener.status, listener.events) == (status, [])


def test_a_change_of_the_role_is_told_and_holds_at_once(office: Office) -> None:
    with closing(office.listen(office.estimator).live()) as stream:
        assert stream.of("access", role="estimator")
        office.command(office.owner, "members.set", person=office.estimator_id, role="viewer")
        assert "write" not in stream.wait("access", lambda data: data["role"] == "viewer").data["rights"]
        key = f"i{office.project.items[0].pk}"
        assert office.try_command(office.estimator, "items.set", cells=[_cell(key, "1")]).status == 403
        office.command(office.owner, "members.remove", person=office.estimator_id)
        stream.wait("access", lambda data: data["role"] == "estimator", after=2)
        assert not stream.ended


def test_redis_is_killed_and_streams_outlive_it(application: Application, office: Office) -> None:
    with closing(office.listen(office.estimator).live()) as stream:
        (valkey,) = members(application, "valkey-server")
        valkey.kill()
        stream.wait("state", lambda data: not data["live"])
        written = office.write(office.owner, "21")
        wait_for(lambda: redis_answers(application.running.redis_url), "the return of Redis")
        away = stream.events.index(stream.of("state", live=False)[0])
        stream.wait("state", lambda data: data["live"], after=away)
        assert office.since(office.estimator, written["revision"] - 1)["rows"]
        # Whoever writes may not know yet that Redis is back; then the stream says once more that one should ask.
        later, before = office.write(office.owner, "22"), len(stream.events)
        wait_for(
            lambda: (
                stream.of("change", revision=later["revision"])
                or any(one.kind == "state" for one in stream.events[before:])
            ),
            "word of a later change",
        )
        assert office.since(office.estimator, later["revision"] - 1)["rows"]
        assert not stream.ended


def test_a_web_worker_is_killed_and_its_streams_are_opened_again(application: Application, office: Office) -> None:
    streams = [office.listen(office.estimator, f"k{number}").live() for number in range(12)]
    everybody = len(members(application, "web_process"))
    victim = members(application, "web_process")[-1]
    victim.kill()
    wait_for(lambda: len(members(application, "web_process")) == everybody, "another worker")
    written = office.write(office.owner, "31")
    for number, stream in enumerate(streams):
        wait_for(lambda stream=stream: stream.ended or stream.of("change", revision=written["revision"]), "either")
        again = office.listen(office.estimator, f"k{number}").live() if stream.ended else stream
        again.close()


def test_many_streams_hold_neither_pages_nor_connections(
    application: Application, office: Office, record_property: Record
) -> None:
    # A worker that was killed before may still be on its way back.
    wait_for(lambda: _has_all_threads(application), "both workers with all their threads")
    held_before = _held(application)
    streams: list[Listener] = []
    accounts = application.seeds.accounts
    for account in accounts:
        browser = Browser(office.address)
        assert browser.sign_in(account).status == 302
        for number in range(MANY // len(accounts) + 1):
            streams.append(Listener(office.address, browser, account.projects[0].code, f"m{number}"))
    for stream in streams:
        wait_for(lambda stream=stream: stream.ended or stream.of("state", live=True), "a stream")
    assert {stream.status for stream in streams} == {200}
    assert _open_streams(office) == len(streams)
    took = [_ms_of_a_page(office) for _ in range(20)]
    record_property("live", f"{len(streams)} streams open: a page took {sorted(took)[10]:.0f} ms (median of 20)")
    assert not [stream for stream in streams if stream.ended]
    held = _held(application)
    for stream in streams:
        stream.close()
    wait_for(lambda: _open_streams(office) == 0, "the end of all streams")
    assert held["threads"] == held_before["threads"]
    # Each thread may have made its one connection meanwhile.
    assert held["connections"] <= max(held_before["connections"], 2 * 4 + 2)


def test_a_restart_with_open_streams_is_quick_and_in_order(application: Application, office: Office) -> None:
    streams = [office.listen(office.owner, f"r{number}").live() for number in range(10)]
    web = members(application, "web_process")
    web[0].send_signal(signal.SIGTERM)
    wait_for(lambda: all_gone(web), "the end of the web server")
    log = (application.home.log / "web.log").read_text()
    assert "refused to gracefully stop" not in log.rpartition("Shutting down granian")[2]
    for stream in streams:
        wait_for(lambda stream=stream: stream.ended, "the end of a stream")
    wait_for(lambda: office.owner.get("/projects/").status == 200, "the return of the pages")
    with closing(office.listen(office.owner).live()) as again:
        written = office.write(office.estimator, "41")
        again.wait("change", lambda data: data["revision"] == written["revision"])


def _ms_of_a_page(office: Office) -> float:
    assert office.owner.get("/projects/").status == 200
    return office.owner.ms


def _open_streams(office: Office) -> int:
    text = office.owner.get("/metrics").body.decode()
    (line,) = [line for line in text.splitlines() if line.startswith("ahsp_open_streams ")]
    return int(float(line.split()[1]))


def _held(application: Application) -> dict[str, int]:
    """Threads of the web processes, and connections of the application to the pool."""
    web: list[psutil.Process] = members(application, "web_process")
    with psycopg.connect(application.running.pool_url or application.running.database_url, autocommit=True) as console:
        clients = console.execute("SHOW CLIENTS").fetchall() if application.running.pool_url else []
    return {"threads": sum(one.num_threads() for one in web), "connections": len(clients)}


def _has_all_threads(application: Application) -> bool:
    """Whether both workers of the web server are there, with the four threads that serve pages and their loop's."""
    fewest, most = sorted(one.num_threads() for one in members(application, "web_process"))[-2:]
    return fewest == most > 4
