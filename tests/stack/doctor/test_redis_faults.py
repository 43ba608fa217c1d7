"""Redis is ill, as the place of sessions and cache or as the broker, and it alone is named."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest
import redis

from ahsp.operations.stack.ports import LOOPBACK, free_port
from tests.stack.doctor.conftest import Ward
from tests.stack.doctor.parts import REDIS_PASSWORD, spare
from tests.stack.doctor.relays import Relay, stranger


def test_stopped(ward: Ward) -> None:
    name, cause, mend = ward.fault(redis_url=f"redis://:{REDIS_PASSWORD}@{LOOPBACK}:{free_port()}/0")
    assert name == "redis.port"
    assert "Nobody listens" in cause
    assert "Redis should be" in cause
    assert "REDIS_URL" in mend


def test_a_name_that_does_not_exist(ward: Ward) -> None:
    name, cause, _ = ward.fault(redis_url="redis://cache.invalid:6379/0")
    assert name == "redis.name"
    assert "cache.invalid" in cause


def test_another_program_on_its_port(ward: Ward) -> None:
    with stranger() as port:
        name, cause, _ = ward.fault(redis_url=f"redis://{LOOPBACK}:{port}/0")
    assert name == "redis.port"
    assert "Something else than Redis" in cause


def test_noauth(ward: Ward) -> None:
    name, cause, mend = ward.fault(redis_url=f"redis://{LOOPBACK}:{ward.cache.port}/0")
    assert name == "redis.authentication"
    assert "NOAUTH" in cause
    assert "REDIS_URL" in mend


def test_a_wrong_password(ward: Ward) -> None:
    name, cause, mend = ward.fault(redis_url=f"redis://:wrong@{LOOPBACK}:{ward.cache.port}/0")
    assert name == "redis.authentication"
    assert "does not accept the password in REDIS_URL" in cause
    assert "requirepass" in mend


def test_a_database_it_does_not_have(ward: Ward) -> None:
    name, cause, mend = ward.fault(redis_url=ward.cache.url.removesuffix("/0") + "/77")
    assert name == "redis.database"
    assert "no database number 77" in cause
    assert "/0" in mend


def test_a_user_without_the_right(ward: Ward) -> None:
    with ward.cache.client() as client:
        client.execute_command("ACL", "SETUSER", "guest", "on", ">guest", "~*", "+@read", "+ping", "+client")
        try:
            name, cause, mend = ward.fault(redis_url=f"redis://guest:guest@{LOOPBACK}:{ward.cache.port}/0")
        finally:
            client.execute_command("ACL", "DELUSER", "guest")
    assert name == "redis.authentication"
    assert "NOPERM" in cause
    assert "ACL SETUSER" in mend


def test_no_place_for_another_client(ward: Ward) -> None:
    with spare() as cache:
        cache.set(maxclients=1)
        with cache.client() as only:
            only.ping()
            name, cause, mend = ward.fault(redis_url=cache.url)
    assert name == "redis.clients"
    assert "no more clients" in cause
    assert "maxclients" in mend


def test_out_of_memory(ward: Ward) -> None:
    ward.cache.set(maxmemory_policy="noeviction", maxmemory="1kb")
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.cache.set(maxmemory=0)
    assert name == "redis.memory"
    assert "out of memory" in cause
    assert "maxmemory" in mend


def test_sessions_that_are_thrown_out(ward: Ward) -> None:
    with spare() as cache, cache.client() as client:
        used = int(client.info("memory")["used_memory"])
        cache.set(maxmemory=used + 512 * 1024, maxmemory_policy="allkeys-lru")
        while not client.info("stats")["evicted_keys"]:
            client.set(f"session:{client.dbsize()}", "x" * 64 * 1024)
        name, cause, mend = ward.fault(redis_url=cache.url)
    assert name == "redis.eviction"
    assert "throws out sessions" in cause
    assert "allkeys-lru" in cause
    assert "noeviction" in mend


def test_a_replica(ward: Ward) -> None:
    with spare() as cache, cache.client() as client:
        cache.set(primaryauth=REDIS_PASSWORD)
        client.replicaof(LOOPBACK, str(ward.cache.port))
        name, cause, mend = ward.fault(redis_url=cache.url)
    assert name == "redis.role"
    assert "READONLY" in cause
    assert "REPLICAOF NO ONE" in mend


def test_slow(ward: Ward) -> None:
    """Every answer comes late, and Redis itself has no slow command: it is the network between."""
    with Relay(ward.cache.port, delay=0.06) as slow:
        name, cause, mend = ward.fault(redis_url=f"redis://:{REDIS_PASSWORD}@{LOOPBACK}:{slow.port}/0")
    assert name == "redis.speed"
    assert "is slow: its quickest answer took" in cause
    assert "SLOWLOG" in mend


def test_held_up_by_a_script(ward: Ward) -> None:
    with spare() as cache, cache.client() as client, cache.client() as killer:

        def run() -> None:
            with suppress(redis.RedisError):
                client.eval("while true do end", 0)

        script = threading.Thread(target=run)
        script.start()
        try:
            name, cause, mend = ward.fault(redis_url=cache.url)
        finally:
            killer.script_kill()
            script.join()
    assert name == "redis.speed"
    assert "BUSY" in cause
    assert "SCRIPT KILL" in mend


def test_hanging(ward: Ward) -> None:
    ward.cache.part.freeze()
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.cache.part.thaw()
    assert name == "redis.port"
    assert "Redis" in cause
    assert mend == f"`kill -CONT {ward.cache.part.pid}`"


@pytest.mark.parametrize(
    ("url", "check", "words"),
    [
        ("redis://:{password}@{host}:{free}/0", "broker.port", "Nobody listens"),
        ("redis://broker.invalid:6379/0", "broker.name", "broker.invalid"),
        ("redis://{host}:{port}/0", "broker.authentication", "NOAUTH"),
        ("amqp://guest:guest@{host}:{free}//", "broker.port", "CELERY_BROKER_URL"),
    ],
)
def test_the_broker(ward: Ward, url: str, check: str, words: str) -> None:
    """Sessions and cache are well elsewhere: the broker is named, neither Redis nor the worker."""
    places = {"host": LOOPBACK, "port": ward.cache.port, "free": free_port(), "password": REDIS_PASSWORD}
    name, cause, mend = ward.fault(broker_url=url.format(**places))
    assert name == check
    assert words in cause
    assert "broker" in cause.lower()
    assert "CELERY_BROKER_URL" in mend
