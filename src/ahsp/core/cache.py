"""The cache that may vanish: a Redis that does not answer is a miss, never a failed request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

T = TypeVar("T")
log = structlog.get_logger(__name__)


class TolerantRedisCache(RedisCache):
    """Django's Redis cache; reads miss and writes are lost while the server is away."""

    def _or(self, default: T, act: Callable[[], T]) -> T:
        try:
            return act()
        except (RedisConnectionError, RedisTimeoutError) as error:
            log.warning("cache.away", error=str(error))
            return default

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(default=True, act=lambda: super(TolerantRedisCache, self).add(*args, **kwargs))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._or(default, lambda: super(TolerantRedisCache, self).get(key, default, version))

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._or(None, lambda: super(TolerantRedisCache, self).set(*args, **kwargs))

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(default=False, act=lambda: super(TolerantRedisCache, self).touch(*args, **kwargs))

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._or(default=False, act=lambda: super(TolerantRedisCache, self).delete(key, version))

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._or(default=False, act=lambda: super(TolerantRedisCache, self).has_key(key, version))

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return self._or({}, lambda: super(TolerantRedisCache, self).get_many(*args, **kwargs))

    def set_many(self, data: dict[Any, Any], *args: Any, **kwargs: Any) -> list[Any]:
        return self._or(list(data), lambda: super(TolerantRedisCache, self).set_many(data, *args, **kwargs))
