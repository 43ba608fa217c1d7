"""The cache that may vanish: a Redis that does not answer is a miss, never a failed request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from ahsp.core.metrics import count_cache_reads

T = TypeVar("T")
log = structlog.get_logger(__name__)

# While the server is away nobody waits for it; one request in these seconds tries again.
SECONDS_OF_REST = 2.0
MOST_LOST_KEYS = 100_000
_ABSENT = object()


class TolerantRedisCache(RedisCache):
    """Django's Redis cache; reads miss and writes are lost while the server is away.

    What a lost write should have changed is deleted before the first use after the return, lest a session that
    was ended meanwhile lives on. The state is shared by the threads of a process: each has a cache of its own.
    """

    _rests_until: ClassVar[float] = 0.0
    _lost: ClassVar[set[str]] = set()
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def _or(self, default: T, act: Callable[[], T], written: tuple[str, ...] = ()) -> T:
        if time.monotonic() >= TolerantRedisCache._rests_until:
            try:
                self._forget_lost()
                return act()
            except (RedisConnectionError, RedisTimeoutError) as error:
                TolerantRedisCache._rests_until = time.monotonic() + SECONDS_OF_REST
                log.warning("cache.away", error=str(error))
        with self._lock:
            if len(self._lost) < MOST_LOST_KEYS:
                self._lost.update(written)
        return default

    def _forget_lost(self) -> None:
        if not self._lost:
            return
        with self._lock:
            lost = list(self._lost)
        self._cache.delete_many(lost)
        with self._lock:
            self._lost.difference_update(lost)

    def _full(self, key: str, version: int | None) -> tuple[str, ...]:
        return (self.make_and_validate_key(key, version=version),)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._or(default=True, act=lambda: super(TolerantRedisCache, self).add(key, value, timeout, version))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self._or(_ABSENT, lambda: super(TolerantRedisCache, self).get(key, _ABSENT, version))
        hit = found is not _ABSENT
        count_cache_reads("session" if "sessions" in key else "data", hits=int(hit), misses=int(not hit))
        return default if found is _ABSENT else found

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        act = lambda: super(TolerantRedisCache, self).set(key, value, timeout, version)  # noqa: E731
        self._or(None, act, self._full(key, version))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._or(default=False, act=lambda: super(TolerantRedisCache, self).touch(key, timeout, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        act = lambda: super(TolerantRedisCache, self).delete(key, version)  # noqa: E731
        return self._or(default=False, act=act, written=self._full(key, version))

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._or(default=False, act=lambda: super(TolerantRedisCache, self).has_key(key, version))

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        keys = list(keys)
        found: dict[Any, Any] = self._or({}, lambda: super(TolerantRedisCache, self).get_many(keys, version))
        count_cache_reads("data", hits=len(found), misses=len(keys) - len(found))
        return found

    def set_many(self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        written = tuple(self._full(key, version)[0] for key in data)
        act = lambda: super(TolerantRedisCache, self).set_many(data, timeout, version)  # noqa: E731
        return self._or(list(data), act, written)
