"""Servers of somebody else, named by the settings: used, never started or stopped, and looked at before the start."""

from __future__ import annotations

import psycopg
import redis

from ahsp.operations.stack.addresses import direct_url
from ahsp.operations.stack.errors import StackError

OLDEST_POSTGRES = 15


def check_database(url: str) -> None:
    """Raises StackError, without the password, when the PostgreSQL at `url` cannot be used."""
    try:
        with psycopg.connect(direct_url(url), connect_timeout=10) as connection:
            version = connection.info.server_version // 10000
    except psycopg.Error as error:
        if "unsupported startup parameter" in str(error):
            raise StackError("stack.database_is_pool") from error
        raise StackError("stack.database_unreachable", reason=_reason(error)) from error
    if version < OLDEST_POSTGRES:
        raise StackError("stack.database_too_old", found=str(version), oldest=str(OLDEST_POSTGRES))


def check_pool(url: str) -> None:
    """Raises StackError, without the password, when no query comes back through the pool at `url`."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            connection.execute("SELECT 1")
    except psycopg.Error as error:
        raise StackError("stack.pool_unreachable", reason=_reason(error)) from error


def check_redis(url: str) -> None:
    """Raises StackError, without the password, when the Redis or Valkey at `url` cannot be used."""
    try:
        with redis.Redis.from_url(url, socket_timeout=10, socket_connect_timeout=10) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise StackError("stack.redis_unreachable", reason=str(error) or type(error).__name__) from error


def _reason(error: psycopg.Error) -> str:
    return str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
