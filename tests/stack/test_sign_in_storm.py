"""Everybody at once, through the web server and the pool, from one address and with real forms."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from urllib.error import HTTPError

from tests.stack.conftest import Installation
from tests.stack.machine import Up, Visitor, run, wait_for

PEOPLE = 100
PASSWORD = "kayu-kaso-lima-tujuh"
PATIENCE = 120
"""Seconds for one request: other work on the machine decides how long it takes, not whether it works."""

MAKE_PEOPLE = f"""
from ahsp.accounts.models import Membership, Organization, Person
office = Organization.objects.create(name="Kantor Ramai")
for number in range({PEOPLE}):
    person = Person.objects.create_user(f"orang{{number}}@example.com", "{PASSWORD}", name=f"Orang Nomor {{number}}")
    Membership.objects.create(person=person, organization=office)
"""


def all_at_once(act: Callable[[int], str]) -> list[str]:
    """What `act` gives for each number, all of them started at the same moment; errors as their text."""
    given = [""] * PEOPLE
    start = threading.Barrier(PEOPLE)

    def one(number: int) -> None:
        start.wait()
        try:
            given[number] = act(number)
        except OSError as error:
            given[number] = f"{type(error).__name__}: {error}"

    threads = [threading.Thread(target=one, args=(number,)) for number in range(PEOPLE)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(f"{PEOPLE} sign-ins at once: {time.perf_counter() - began:.1f} s\n")
    return given


def status_of_sign_in(up: Up, email: str, password: str) -> tuple[int, str]:
    """(status, Retry-After)."""
    try:
        Visitor(up.page, PATIENCE).sign_in(email, password)
    except HTTPError as refused:
        return refused.code, refused.headers["Retry-After"]
    return 200, ""


def test_a_hundred_people_behind_one_address_all_get_in(up: Up, installation: Installation) -> None:
    made = run(installation.script, "manage", "shell", "-c", MAKE_PEOPLE, home=up.home)
    assert made.returncode == 0, made.stderr
    pages = all_at_once(lambda n: Visitor(up.page, PATIENCE).sign_in(f"orang{n}@example.com", PASSWORD))
    outside = [page[:300] for n, page in enumerate(pages) if f"orang{n}@example.com" not in page]
    assert not outside

    pages = all_at_once(lambda _: Visitor(up.page, PATIENCE).sign_in("orang7@example.com", PASSWORD))
    outside = [page[:300] for page in pages if "orang7@example.com" not in page]
    assert not outside

    bound_guessing_without_redis(up)
    everything_was_logged(up)


def bound_guessing_without_redis(up: Up) -> None:
    """Wrong passwords are counted and right ones let in, whether or not the cache is there."""
    for _ in range(10):
        assert status_of_sign_in(up, "orang3@example.com", "salah")[0] == 200
    (valkey,) = up.members("valkey-server")
    valkey.suspend()
    try:
        status, wait = status_of_sign_in(up, "orang3@example.com", PASSWORD)
        assert (status, 0 < int(wait) <= 900) == (429, True)
        assert status_of_sign_in(up, "orang4@example.com", PASSWORD) == (200, "")
    finally:
        valkey.resume()


def everything_was_logged(up: Up) -> None:
    def lines() -> list[dict[str, object]]:
        text = "".join(file.read_text() for file in (up.home / "log").glob("*.log*"))
        assert PASSWORD not in text
        found = [json.loads(line) for line in text.splitlines() if '"password.checked"' in line]
        return [line for line in found if line["outcome"] == "succeeded"]

    wait_for(lambda: len(lines()) == 2 * PEOPLE + 1, "a line of each", 30)
    assert {line["address"] for line in lines()} == {"127.0.0.1"}
