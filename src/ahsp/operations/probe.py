"""Health checks that do the real work of a part: `python -m ahsp.operations.probe pool|redis|web|worker|beat`.

Ends with 0, or with 1 and one line. Run in the container of the part, with its settings; a part that hangs fails too.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType

from ahsp import configuration, environment
from ahsp.environment import SettingError
from ahsp.operations.stack.home import REPOSITORY

SECONDS = 8
SECONDS_FOR_REPLY = 4.0


class Ill(Exception):
    """The part does not do its work; the text says how."""


def pool() -> None:
    """A query through the pool and back."""
    import psycopg

    try:
        with psycopg.connect(environment.text("DATABASE_URL"), connect_timeout=5) as connection:
            row = connection.execute("SELECT 1").fetchone()
    except psycopg.Error as error:
        raise Ill(str(error).strip().partition("\n")[0]) from error
    if row != (1,):
        raise Ill("the query came back with something else")


def redis() -> None:
    """Signed in, a PING comes back as PONG."""
    from redis import Redis, RedisError

    try:
        with Redis.from_url(environment.text("REDIS_URL"), socket_timeout=5, socket_connect_timeout=5) as client:
            answer = client.ping()
    except (RedisError, ValueError) as error:
        raise Ill(f"{type(error).__name__}: {error}") from error
    if answer is not True:
        raise Ill("it did not answer PONG")


def web() -> None:
    """The application says that it is ready: database, migrations and whatever else it needs."""
    port = environment.text("AHSP_PORT", "8000")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/readyz", timeout=SECONDS - 1) as answer:
            status = int(answer.status)
    except urllib.error.HTTPError as error:
        raise Ill(f"/readyz answers {error.code}: {error.read(500).decode(errors='replace')}") from error
    except OSError as error:
        raise Ill(f"/readyz does not answer: {error}") from error
    if status != 200:
        raise Ill(f"/readyz answers {status}")


def worker() -> None:
    """The worker of this machine takes a message and replies."""
    from celery import Celery
    from kombu.exceptions import OperationalError

    node = f"celery@{socket.gethostname()}"
    app = Celery("ahsp-probe", broker=environment.text("CELERY_BROKER_URL", "") or environment.text("REDIS_URL"))
    app.conf.broker_transport_options = {"socket_connect_timeout": 3, "socket_timeout": 3, "max_retries": 0}
    try:
        with app:
            replies = app.control.ping(destination=[node], timeout=SECONDS_FOR_REPLY, limit=1)
    except (OperationalError, OSError) as error:
        raise Ill(f"the broker does not carry messages: {type(error).__name__}") from error
    if not any(node in reply for reply in replies or ()):
        raise Ill(f"{node} does not reply")


def beat() -> None:
    """Beat has sent something within the last minute: it leaves a trace each time."""
    from redis import Redis, RedisError

    from ahsp.operations.doctor.worker import TRACE_OF_BEAT

    try:
        with Redis.from_url(environment.text("REDIS_URL"), socket_timeout=5, socket_connect_timeout=5) as client:
            there = client.exists(TRACE_OF_BEAT)
    except (RedisError, ValueError) as error:
        raise Ill(f"{type(error).__name__}: {error}") from error
    if not there:
        raise Ill("it has sent nothing for a minute")


PROBES: dict[str, Callable[[], None]] = {"pool": pool, "redis": redis, "web": web, "worker": worker, "beat": beat}


def _too_long(_signum: int, _frame: FrameType | None) -> None:
    raise Ill(f"no answer within {SECONDS} s")


def main(name: str) -> int:
    """Probe the part called `name`; 0 when it does its work."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(SECONDS)
    try:
        configuration.apply(os.environ, REPOSITORY)
        PROBES[name]()
    except (Ill, SettingError) as error:
        sys.stderr.write(f"{name}: {error}\n")
        return 1
    finally:
        signal.alarm(0)
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in PROBES:
        sys.exit(f"one of {', '.join(PROBES)} is wanted")
    sys.exit(main(sys.argv[1]))
