"""Where nothing is wrong nothing is said, however busy the machine is."""

from __future__ import annotations

import threading
import urllib.request

from ahsp.operations.stack.ports import LOOPBACK
from tests.stack.doctor.conftest import Ward

ROUNDS = 6
VISITORS = 4
CHAIN = (
    *("settings", "disk"),
    *("postgres.name", "postgres.port", "postgres.authentication", "postgres.query"),
    *("pool.name", "pool.port", "pool.authentication", "pool.settings", "pool.mode", "postgres.connections"),
    *("pool.query", "pool.used"),
    *("redis.name", "redis.port", "redis.authentication", "redis.memory", "redis.speed"),
    *("clock", "migrations", "session", "cache", "started", "worker", "beat", "worker.jobs"),
    *("application.name", "application.port", "application.answer", "application.origin", "application.static"),
    "application.stream",
)


def test_every_link_of_the_chain_is_examined_in_order(ward: Ward) -> None:
    results = ward.examine()
    assert [(one.name, one.ok, one.code) for one in results] == [(name, True, "") for name in CHAIN]


def test_there_is_no_false_alarm_under_load(ward: Ward) -> None:
    """Visitors ask for pages as fast as they come, while one examination follows the other."""
    over = threading.Event()
    seen: list[int] = []

    def visit() -> None:
        while not over.is_set():
            with urllib.request.urlopen(f"http://{LOOPBACK}:{ward.web_port}/account/login/", timeout=60) as answer:
                seen.append(len(answer.read()))

    visitors = [threading.Thread(target=visit) for _ in range(VISITORS)]
    for one in visitors:
        one.start()
    try:
        found = [(one.name, one.code, one.data) for _ in range(ROUNDS) for one in ward.examine() if not one.ok]
    finally:
        over.set()
        for one in visitors:
            one.join()
    assert found == []
    assert len(seen) > ROUNDS
