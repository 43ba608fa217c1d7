"""Whether this node can serve: what it needs, asked the way the application asks, with the cause when it cannot.

A node is ready while PostgreSQL answers and knows every migration of this program. Without Redis and without the broker
the application works on (sessions live in PostgreSQL, jobs wait there), so those are reported and take no node away:
one Redis serves all nodes, and taking all of them away would make an outage of what is none.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from urllib.parse import unquote, urlsplit

import psycopg
import redis
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from kombu.connection import Connection
from kombu.exceptions import KombuError
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, OutOfMemoryError, ReadOnlyError
from redis.retry import Retry

from ahsp.core.issue_texts import issue_text
from ahsp.operations.watching.bounded import Look, Outcome, ask
from ahsp.operations.watching.plain_sql import connected, rows

SECONDS_OF_REDIS = 1.5
SECONDS_MIGRATIONS_ARE_KNOWN = 10
SECONDS_A_MARK_LIVES = 60
MARK = "ahsp:health"
MOST_OF_A_REASON = 300


class Ill(Exception):
    """A part answers, and what it says is no good. `code` has its sentence in core/health_texts.py."""

    def __init__(self, code: str, **data: str) -> None:
        super().__init__(code)
        self.code, self.data = code, data


@dataclass(frozen=True, slots=True)
class Check:
    """One part: whether it is well, whether the node needs it, and why it is not well."""

    name: str
    ok: bool
    needed: bool
    took_ms: float
    code: str = ""
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def took(self) -> Decimal:
        """Milliseconds, as a page writes them."""
        return Decimal(f"{self.took_ms:.1f}")

    def cause(self, language: str = "en") -> str:
        """A sentence; empty when all is well."""
        return issue_text(self.code, self.data, language) if self.code else ""


def database() -> None:
    """A connection of its own, made as the application makes them, and an answer of a server that takes writes."""
    with connected() as connection:
        if rows(connection, "SELECT pg_is_in_recovery() AS standby")[0]["standby"] == "t":
            raise Ill("health.database_standby")


class Migrations:
    """Compares what the database knows with the files of this program; a good answer holds for ten seconds."""

    def __init__(self) -> None:
        self._good_until = 0.0

    def __call__(self) -> None:
        if time.monotonic() < self._good_until:
            return
        with connected() as connection:
            known = {(row["app"], row["name"]) for row in rows(connection, "SELECT app, name FROM django_migrations")}
        missing = sorted(f"{app}.{name}" for app, name in _migrations_of_this_program() - known)
        if missing:
            raise Ill("health.migrations_pending", count=str(len(missing)), first=missing[0])
        self._good_until = time.monotonic() + SECONDS_MIGRATIONS_ARE_KNOWN


@cache
def _migrations_of_this_program() -> frozenset[tuple[str, str]]:
    """Files do not change under a running program, so they are read once."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def cache_server() -> None:
    """Redis takes a write with our password: an answer alone may be NOAUTH, a full memory or a replica."""
    limits = {"socket_timeout": SECONDS_OF_REDIS, "socket_connect_timeout": SECONDS_OF_REDIS}
    client = redis.Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), **limits)
    try:
        client.set(MARK, "1", ex=SECONDS_A_MARK_LIVES)
    except AuthenticationError as error:
        raise Ill("health.redis_refuses", reason=str(error)) from error
    except OutOfMemoryError as error:
        raise Ill("health.redis_full", reason=str(error)) from error
    except ReadOnlyError as error:
        raise Ill("health.redis_read_only", reason=str(error)) from error
    finally:
        client.close()


def broker() -> None:
    """A connection as Celery makes it, over which the broker answers."""
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": SECONDS_OF_REDIS}
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=SECONDS_OF_REDIS, transport_options=options) as link:
        # Makes the transport and its first channel, which pings the server; no second try.
        link.transport.establish_connection()


def _look(act: Callable[[], None]) -> Look[None]:
    return Look(act)


PARTS: dict[str, tuple[Look[None], bool]] = {
    "postgresql": (_look(database), True),
    "migrations": (_look(Migrations()), True),
    "redis": (_look(cache_server), False),
    "broker": (_look(broker), False),
}


def examine() -> list[Check]:
    """Every part, asked at once, after at most the two seconds of `bounded.ask`."""
    outcomes = ask(look for look, _needed in PARTS.values())
    return [
        _check(name, needed, outcome) for (name, (_look, needed)), outcome in zip(PARTS.items(), outcomes, strict=True)
    ]


def is_ready(checks: list[Check]) -> bool:
    """Whether everything the node needs is well."""
    return all(check.ok for check in checks if check.needed)


def _check(name: str, needed: bool, outcome: Outcome[None]) -> Check:
    error = outcome.error
    took = round(outcome.took_ms, 1)
    if error is None:
        return Check(name, ok=True, needed=needed, took_ms=took)
    code, data = _cause(name, error)
    return Check(name, ok=False, needed=needed, took_ms=took, code=code, data=data)


def _cause(name: str, error: Exception) -> tuple[str, Mapping[str, str]]:
    if isinstance(error, Ill):
        return error.code, {key: without_secrets(value) for key, value in error.data.items()}
    if isinstance(error, TimeoutError | redis.TimeoutError | psycopg.errors.ConnectionTimeout):
        return "health.silent", {"part": name, "reason": without_secrets(str(error))}
    if isinstance(error, psycopg.Error | redis.RedisError | KombuError | OSError):
        return "health.away", {"part": name, "reason": without_secrets(str(error) or type(error).__name__)}
    return "health.broken", {"part": name, "reason": without_secrets(f"{type(error).__name__}: {error}")}


def without_secrets(text: str) -> str:
    """One line of `text` in which no password of ours stands."""
    for secret in _secrets():
        text = text.replace(secret, "•••")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "; ".join(lines)[:MOST_OF_A_REASON]


def _secrets() -> tuple[str, ...]:
    addresses = (settings.REDIS_URL, settings.CELERY_BROKER_URL)
    found = [str(database.get("PASSWORD") or "") for database in settings.DATABASES.values()]
    found += [unquote(urlsplit(address).password or "") for address in addresses]
    found += [urlsplit(address).password or "" for address in addresses]
    return tuple(secret for secret in found if secret)
