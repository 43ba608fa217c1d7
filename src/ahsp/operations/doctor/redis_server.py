"""A Redis or Valkey: does it let us in, take writes, keep them, and answer in time?"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from ahsp.operations.doctor.patient import NAME, Patient
from ahsp.operations.doctor.reach import REDIS_HELLO, Place, is_redis, require_name, require_port
from ahsp.operations.doctor.results import Fault, within

T = TypeVar("T")
SECONDS_FOR_ANSWER = 3.0
SECONDS_A_TRACE_LIVES = 30
PINGS = 5
# The cache gives up after half a second; a machine under load answers in a few milliseconds.
SLOW_SECONDS = 0.1

# What the server says, with or without the mark that the client takes off: check and code. The first match counts.
REFUSALS: tuple[tuple[str, str, str], ...] = (
    (r"NOAUTH|Authentication required|HELLO must be called", "authentication", "doctor.redis_noauth"),
    (r"WRONGPASS|invalid username-password", "authentication", "doctor.redis_password"),
    (r"called without any password", "authentication", "doctor.redis_no_password"),
    (r"NOPERM|has no permissions", "authentication", "doctor.redis_forbidden"),
    (r"DB index", "database", "doctor.redis_database"),
    (r"max number of clients", "clients", "doctor.redis_clients"),
    (r"OOM|when used memory", "memory", "doctor.redis_memory"),
    (r"READONLY|against a read only", "role", "doctor.redis_read_only"),
    (r"MISCONF|unable to persist", "disk", "doctor.redis_disk"),
    (r"LOADING|is loading the dataset", "authentication", "doctor.redis_loading"),
    (r"BUSY", "speed", "doctor.redis_busy"),
)


class RedisServer:
    """The checks of one server: of sessions and cache, or of the broker where that is another one."""

    def __init__(self, url: str, *, part: str, check: str, setting: str, start: str) -> None:
        self.url = url
        self._parts = urlsplit(url)
        self._check = check
        self.client: redis.Redis | None = None
        self._place = Place(
            part=part,
            check=check,
            # A socket has no name and no port.
            host="" if self._parts.scheme == "unix" else self._parts.hostname or "localhost",
            port=port_of_redis(url),
            setting=setting,
            start=start,
        )
        self._said: dict[str, object] = {**self._place.data, "database": self._parts.path.strip("/") or "0"}

    def check_name(self, patient: Patient) -> None:
        require_name(self._place, patient.deadline)

    def check_port(self, patient: Patient) -> None:
        plain = self._parts.scheme == "redis"
        require_port(self._place, patient.deadline, REDIS_HELLO if plain else b"", is_redis)

    def check_authentication(self, patient: Patient) -> None:
        """Sign in and ask for an answer."""
        self.client = client = redis.Redis.from_url(
            self.url,
            socket_timeout=patient.deadline.at_most(SECONDS_FOR_ANSWER),
            socket_connect_timeout=patient.deadline.at_most(SECONDS_FOR_ANSWER),
            retry=Retry(NoBackoff(), 0),
            client_name=NAME.replace(" ", "-"),
        )
        patient.closing.callback(client.close)
        self._ask(patient, client.ping)

    def check_memory(self, patient: Patient) -> None:
        """It keeps what is written: the write is taken, and nothing was thrown out to make room."""
        client = self._signed_in()
        key = f"ahsp:doctor:{secrets.token_hex(8)}"
        self._ask(patient, lambda: client.set(key, "1", ex=SECONDS_A_TRACE_LIVES))
        kept = self._ask(patient, lambda: client.getdel(key))
        memory, stats = self._info(patient, client, "memory"), self._info(patient, client, "stats")
        policy, evicted = str(memory.get("maxmemory_policy", "")), int(stats.get("evicted_keys", 0))
        if policy not in {"", "noeviction"} and evicted:
            limit = _megabytes(memory.get("maxmemory", 0))
            self._fault("doctor.redis_evicts", "eviction", policy=policy, evicted=evicted, limit=limit)
        if kept is None:
            self._fault("doctor.redis_forgets", "memory")

    def check_speed(self, patient: Patient) -> None:
        """The quickest of several answers: a noisy machine delays some of them, a slow server all."""
        client = self._signed_in()
        quickest = min(self._time_of_ping(patient, client) for _ in range(PINGS))
        if quickest > SLOW_SECONDS:
            command = self._slowest(patient, client)
            self._fault("doctor.redis_slow", "speed", ms=round(quickest * 1000), command=command)

    def _signed_in(self) -> redis.Redis:
        assert self.client is not None  # noqa: S101 the chain asks only after it has signed in
        return self.client

    def _time_of_ping(self, patient: Patient, client: redis.Redis) -> float:
        started = time.monotonic()
        self._ask(patient, client.ping)
        return time.monotonic() - started

    def _slowest(self, patient: Patient, client: redis.Redis) -> str:
        """The name, without its arguments, of the command its slow log has last."""
        entries: Any = self._ask(patient, lambda: client.slowlog_get(1), allowed_to_fail=True) or []
        return bytes(entries[0]["command"]).split(b" ")[0].decode(errors="replace") if entries else "–"

    def _info(self, patient: Patient, client: redis.Redis, section: str) -> Mapping[str, Any]:
        answer: Any = self._ask(patient, lambda: client.info(section), allowed_to_fail=True)
        return answer or {}

    def _ask(self, patient: Patient, act: Callable[[], T], *, allowed_to_fail: bool = False) -> T | None:
        try:
            return within(patient.deadline.at_most(SECONDS_FOR_ANSWER + 1), act)
        except (redis.TimeoutError, TimeoutError) as error:
            raise Fault("doctor.redis_hangs", check=f"{self._check}.speed", **self._said) from error
        except redis.ConnectionError as error:
            raise self._refusal(error) from error
        except redis.RedisError as error:
            if allowed_to_fail:
                return None
            raise self._refusal(error) from error

    def _refusal(self, error: redis.RedisError) -> Fault:
        text = str(error)
        for pattern, check, code in REFUSALS:
            if re.search(pattern, text):
                return Fault(code, check=f"{self._check}.{check}", **self._said)
        return Fault("doctor.redis_refuses", check=f"{self._check}.authentication", **self._said, reason=text[:120])

    def _fault(self, code: str, check: str, **data: object) -> None:
        raise Fault(code, check=f"{self._check}.{check}", **self._said, **data)


def port_of_redis(url: str) -> int:
    try:
        return urlsplit(url).port or 6379
    except ValueError as error:
        # The reason quotes the address, and with it the password.
        raise Fault("doctor.redis_url", check="settings") from error


def _megabytes(count: object) -> int:
    return int(str(count)) // 2**20


def is_redis_url(url: str) -> bool:
    return urlsplit(url).scheme in {"redis", "rediss", "unix"}
