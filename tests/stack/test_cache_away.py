"""A real Valkey, killed in the middle of use and started again."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ahsp.core.cache import TolerantRedisCache
from ahsp.operations.stack.home import Home, open_home
from ahsp.operations.stack.processes import Child, Register
from ahsp.operations.stack.system_user import servers_user
from ahsp.operations.stack.valkey import Valkey
from tests.stack.machine import wait_for


class Server:
    """Valkey on a home of its own."""

    def __init__(self, home: Home) -> None:
        self._valkey = Valkey(home, servers_user())
        self._register = Register(home.children)
        self.child: Child = self._valkey.start(self._register)

    @property
    def url(self) -> str:
        return self._valkey.url

    def kill(self) -> None:
        os.kill(self.child.pid, signal.SIGKILL)
        wait_for(lambda: not self.child.running, "the end of Valkey")

    def start(self) -> None:
        self.child = self._valkey.start(self._register)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    tmp_path.chmod(0o711)
    running = Server(open_home(tmp_path / "home"))
    yield running
    running.child.stop()
    TolerantRedisCache._away = False
    TolerantRedisCache._lost.clear()


class Use:
    """Threads that read and write without pause, as those of a web process do."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._end = threading.Event()
        self.errors: list[Exception] = []
        self.hits = self.misses = 0
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(4)]

    def _run(self, number: int) -> None:
        own = TolerantRedisCache(self._url, {"OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}})
        while not self._end.wait(0.001):
            try:
                own.set(f"key-{number}", number)
                if own.get(f"key-{number}") == number:
                    self.hits += 1
                else:
                    self.misses += 1
            except Exception as error:  # noqa: BLE001 whatever gets through here would be a failed request
                self.errors.append(error)

    def __enter__(self) -> Use:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join(30)


def test_a_kill_under_use_fails_nothing_and_the_return_is_noticed(server: Server) -> None:
    with Use(server.url) as use:
        wait_for(lambda: use.hits > 100, "use of the cache")
        server.kill()
        wait_for(lambda: use.misses > 100, "misses while it is away")
        server.start()
        before = use.hits
        wait_for(lambda: use.hits > before + 1000, "use after its return")
    assert not use.errors


def test_what_was_written_before_a_kill_is_there_after_it(server: Server) -> None:
    own = TolerantRedisCache(server.url, {"OPTIONS": {"socket_timeout": 5, "socket_connect_timeout": 5}})
    own.set("session", "signed in")
    # What a client was told is on disk a second later; this asks for it instead of waiting.
    own._cache.get_client().execute_command("WAITAOF", 1, 0, 10_000)
    server.kill()
    server.start()
    assert own.get("session") == "signed in"
