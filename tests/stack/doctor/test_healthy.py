"""Where nothing is wrong nothing is said, however busy the machine is."""

from __future__ import annotations

from tests.stack.doctor.conftest import Ward

ROUNDS = 12
VISITORS = 6
CHAIN = (
    "disk",
    *("postgres.name", "postgres.port", "postgres.authentication", "postgres.query"),
    *("pool.name", "pool.port", "pool.authentication", "pool.settings", "pool.mode", "postgres.connections"),
    *("pool.query", "pool.used"),
    *("redis.name", "redis.port", "redis.authentication", "redis.memory", "redis.speed"),
    *("clock", "migrations", "session", "cache", "worker", "beat", "worker.jobs"),
    *("application.name", "application.port", "application.answer", "application.origin", "application.static"),
)


def test_every_link_of_the_chain_is_examined_in_order(ward: Ward) -> None:
    results = ward.examine()
    assert [(one.name, one.ok, one.code) for one in results] == [(name, True, "") for name in CHAIN]
