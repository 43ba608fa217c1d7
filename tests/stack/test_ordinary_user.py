"""Without root the servers run as the person."""

from __future__ import annotations

import os
import traceback

import psycopg
import redis

from ahsp.operations.stack.servers import temporary_stack
from ahsp.operations.stack.system_user import servers_user


def test_the_servers_start_and_answer_for_an_ordinary_user() -> None:
    # Load all that is needed now: the interpreter may lie where only root can read.
    _ask(os.environ["DATABASE_URL"], os.environ["REDIS_URL"])
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os._exit(_as_ordinary_user(writer))
    os.close(writer)
    with os.fdopen(reader) as answer:
        said = answer.read()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, said
    assert said == "1 True"


def _as_ordinary_user(writer: int) -> int:
    """In a process of its own, which gives up root for good if it has it."""
    with os.fdopen(writer, "w") as answer:
        try:
            user = servers_user()
            if user is not None:
                os.setgroups([])
                os.setgid(user.gid)
                os.setuid(user.uid)
            with temporary_stack() as environment:
                answer.write(_ask(environment["DATABASE_URL"], environment["REDIS_URL"]))
        except BaseException:  # noqa: BLE001 - whatever it is must reach the test across the pipe
            answer.write(traceback.format_exc())
            return 1
    return 0


def _ask(database_url: str, redis_url: str) -> str:
    with psycopg.connect(database_url) as connection:
        row = connection.execute("SELECT 1").fetchone()
    with redis.Redis.from_url(redis_url) as client:
        return f"{row[0] if row else None} {client.ping()}"
