"""The cache that may vanish: a Redis that does not answer is a miss, never a failed request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from ahsp.core.metrics import count_cache_reads

T = TypeVar("T")
log = structlog.get_logger(__name__)

# While the server is away nobody waits for it; in each process one request in these seconds tries again.
SECONDS_OF_REST = 2.0
MOST_LOST_KEYS = 100_000
_ABSENT = object()


class _Client(RedisCacheClient):
    """One client for each pool of connections. Django makes one for each command, at the cost of a command."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._made: dict[Any, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined]  # the stubs leave it out
        if pool not in self._made:
            self._made[pool] = super().get_client(key, write=write)
        return self._made[pool]


class TolerantRedisCache(RedisCache):
    """Django's Redis cache; reads miss and writes are lost while the server is away or refuses them.

    What a lost write should have changed is deleted before the first use after the return, lest a session that
    was ended meanwhile lives on. The state is shared by the threads of a process: each has a cache of its own.
    """

    _away: ClassVar[bool] = False
    _rests_until: ClassVar[float] = 0.0
    _lost: ClassVar[set[str]] = set()
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client

    def _or(self, default: T, act: Callable[[], T], written: tuple[str, ...] = ()) -> T:
        if self._may_try():
            try:
                self._forget_lost()
                answer = act()
            except (RedisConnectionError, RedisTimeoutError) as error:
                self._rest(error)
            except RedisError as error:
                # It is there and says no: out of memory, read-only, still being set up. What it can do it still does.
                log.warning("cache.refused", error=str(error))
            else:
                self._is_back()
                return answer
        with self._lock:
            if len(self._lost) < MOST_LOST_KEYS:
                self._lost.update(written)
        return default

    @classmethod
    def _may_try(cls) -> bool:
        """Always while it answers; while it is away one thread at a time, lest all of them wait for it."""
        if not cls._away:
            return True
        with cls._lock:
            now = time.monotonic()
            if now < cls._rests_until:
                return False
            cls._rests_until = now + SECONDS_OF_REST
            return True

    @classmethod
    def _rest(cls, error: Exception) -> None:
        cls._rests_until = time.monotonic() + SECONDS_OF_REST
        if not cls._away:
            log.warning("cache.away", error=str(error))
        cls._away = True

    @classmethod
    def _is_back(cls) -> None:
        if cls._away:
            cls._away = False
            log.info("cache.back")

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

    def count(self, key: str, timeout: int) -> int:
        """How often `key` was counted, this time included, until `timeout` seconds after the first; 0 while away.

        One command as a rule, and exact however many count at once.
        """
        full = self.make_and_validate_key(key)

        def act() -> int:
            client = self._cache.get_client(key, write=True)
            counted = int(client.incr(full))
            if counted == 1:
                client.expire(full, timeout)
            return counted

        return self._or(0, act)

    def ask(self, default: T, act: Callable[[Any], T]) -> T:
        """What `act` does with the client of the server; `default` while it is away."""
        return self._or(default, lambda: act(self._cache.get_client(None, write=True)))

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
