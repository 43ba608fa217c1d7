"""The cache while its server is away, and after it is back."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest
from django.conf import settings
from django.core.cache import cache

from ahsp.core.cache import SECONDS_OF_REST, TolerantRedisCache


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    def reset() -> None:
        TolerantRedisCache._away = False
        TolerantRedisCache._rests_until = 0.0
        TolerantRedisCache._lost.clear()

    reset()
    yield
    reset()


def away_cache(port: int) -> TolerantRedisCache:
    options = {"socket_timeout": 0.05, "socket_connect_timeout": 0.05}
    return TolerantRedisCache(f"redis://127.0.0.1:{port}/0", {"KEY_PREFIX": "ahsp", "OPTIONS": options})


def test_a_server_that_does_not_answer_is_left_alone_for_a_while() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0.2)
        away = away_cache(silent.getsockname()[1])
        assert away.get("a", "missed") == "missed"
        while True:
            try:
                silent.accept()[0].close()
            except TimeoutError:
                break
        for _ in range(5):
            assert away.get("a") is None
            away.set("a", 1)
            assert away.set_many({"b": 2}) == ["b"]
        with pytest.raises(TimeoutError):
            silent.accept()


def test_what_was_deleted_or_changed_meanwhile_is_gone_after_the_return() -> None:
    cache.set("ended-session", "alive")
    cache.set("changed", "old")
    cache.set("untouched", "kept")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    away = away_cache(port)
    away.delete("ended-session")
    away.set("changed", "new")
    TolerantRedisCache._rests_until = 0.0
    assert cache.get_many(["ended-session", "changed", "untouched"]) == {"untouched": "kept"}
    cache.set("changed", "newer")
    assert cache.get("changed") == "newer"


def test_a_server_that_refuses_is_a_miss_and_is_asked_again_at_once() -> None:
    server = cache._cache.get_client(write=True)  # type: ignore[attr-defined]  # what only Redis' cache has
    server.lpush("ahsp:1:of-another-sort", "x")
    assert cache.get("of-another-sort", "missed") == "missed"
    cache.set("works", 1)
    assert cache.get("works") == 1
    assert not TolerantRedisCache._away


def test_a_server_that_is_back_is_used_again_within_five_seconds() -> None:
    assert SECONDS_OF_REST + 2 * float(settings.DEFAULT_REDIS_TIMEOUT) < 5


def test_the_cache_of_the_application_tries_once_and_not_for_long() -> None:
    options = settings.CACHES["default"]["OPTIONS"]
    assert options["socket_timeout"] == options["socket_connect_timeout"] == settings.REDIS_TIMEOUT
    assert options["retry"].get_retries() == 0


def test_counting_is_exact_among_many_and_ends_by_itself() -> None:
    counts = cast(TolerantRedisCache, cache)
    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(lambda _: counts.count("tries", timeout=60), range(200)))
    assert sorted(counted) == list(range(1, 201))
    server = counts._cache.get_client(write=True)
    assert 0 < server.ttl(counts.make_key("tries")) <= 60


def test_nothing_is_counted_while_the_server_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert away_cache(port).count("tries", timeout=60) == 0
