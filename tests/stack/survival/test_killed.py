"""Parts killed under load: nothing acknowledged is lost, nobody is signed out, and soon all is well again."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from ahsp.loadtest.application import Application
from ahsp.operations.stack.pgbouncer import console_answers
from ahsp.operations.stack.postgres import answers as database_answers
from ahsp.operations.stack.valkey import answers as redis_answers
from tests.stack.machine import all_gone
from tests.stack.survival.crowd import Crowd
from tests.stack.survival.fault import members, survive, told

Record = Callable[[str, object], None]


def kill(application: Application, part: str, which: int = 0) -> Callable[[], None]:
    def act() -> None:
        victim = members(application, part)[which]
        victim.kill()
        victim.wait(timeout=30)
        assert all_gone([victim])

    return act


def test_a_web_worker_is_killed(application: Application, crowd: Crowd, record_property: Record) -> None:
    """Whoever was being answered by it asks again; nobody else notices."""
    everybody = len(members(application, "web_process"))
    outcome = survive(
        crowd, kill(application, "web_process", -1), lambda: len(members(application, "web_process")) == everybody
    )
    told("web worker killed", outcome, record_property)
    assert outcome.of_kind("unavailable") == []


def test_redis_is_killed(application: Application, crowd: Crowd, record_property: Record) -> None:
    """Sessions are in PostgreSQL too: no request fails at all."""
    outcome = survive(crowd, kill(application, "valkey-server"), lambda: redis_answers(application.running.redis_url))
    told("Redis killed", outcome, record_property)
    assert {sight.kind for sight in outcome.sights} == {"right"}


def test_the_pool_is_killed(application: Application, crowd: Crowd, record_property: Record) -> None:
    outcome = survive(crowd, kill(application, "pgbouncer"), lambda: console_answers(application.running.pool_url))
    told("PgBouncer killed", outcome, record_property)
    assert outcome.of_kind("dropped") == []


def test_the_database_is_killed(application: Application, crowd: Crowd, record_property: Record) -> None:
    direct = application.running.direct_database_url
    outcome = survive(crowd, kill(application, "bin/postgres"), lambda: database_answers(direct))
    told("PostgreSQL killed", outcome, record_property)
    assert outcome.of_kind("dropped") == []


def test_the_pool_is_pinned_by_forgotten_transactions(
    application: Application, crowd: Crowd, record_property: Record
) -> None:
    """They are never closed: the limit that PostgreSQL holds them to sets everybody free."""
    forgotten: list[psycopg.Connection] = []
    after = "15s"

    def pin() -> None:
        for _ in range(25):
            holder = psycopg.connect(application.running.database_url)
            # The limit of the role is a minute; the test waits less.
            holder.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{after}'")
            forgotten.append(holder)

    def free() -> bool:
        with psycopg.connect(application.running.direct_database_url, autocommit=True) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND usename = current_user"
            ).fetchone()
        return row == (0,)

    outcome = survive(crowd, pin, free)
    told("pool pinned", outcome, record_property)
    assert outcome.of_kind("dropped") == []
    for holder in forgotten:
        holder.close()
