"""`up`: everything started in order, watched, started again when it dies, and stopped in order."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

from ahsp.operations.stack.errors import StackError, StopRequested
from ahsp.operations.stack.home import Home, default_home, open_home, require_space
from ahsp.operations.stack.lock import announce, exclusive
from ahsp.operations.stack.logs import bound_logs, last_words, size
from ahsp.operations.stack.pgbouncer import PoolSize
from ahsp.operations.stack.processes import Child, Command, allow_many_files
from ahsp.operations.stack.servers import Servers, application_environment, direct_environment, running_servers
from ahsp.operations.stack.web import address, allowed_hosts, require_port, start_web

# On top of all apps, so it is named here and never imported.
PREPARE = "ahsp.cli.prepare"
Say = Callable[[str, Mapping[str, str]], None]
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BETWEEN_LOG_CHECKS = 60
DEATHS_ALLOWED, WITHIN_SECONDS = 5, 60
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stop_signals() -> Iterator[None]:
    """Turn the first request to end into StopRequested; ignore further ones while the end is under way."""

    def ask(_signum: int, _frame: FrameType | None) -> None:
        for signum in STOP_SIGNALS:
            signal.signal(signum, signal.SIG_IGN)
        raise StopRequested

    before = {signum: signal.signal(signum, ask) for signum in STOP_SIGNALS}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


def up(host: str, port: int, say: Say, build: Callable[[], None]) -> None:
    """Run the application until it is asked to end. `say` tells the person, by code and data, how it goes.

    `build` makes what the pages need besides the database; it runs once nothing stands in the way of a start.
    Raises StackError for everything the person can mend.
    """
    home = open_home(default_home())
    with exclusive(home):
        require_space(home)
        require_port(host, port)
        bound_logs(home.log)
        build()
        try:
            allow_many_files()
            with stop_signals(), running_servers(home, pool=PoolSize()) as servers:
                Supervisor(home, servers, host, port, say).run()
        except StopRequested:
            say("stack.stopped", {})


class Supervisor:
    """Watches the servers and the web server of one home."""

    def __init__(self, home: Home, servers: Servers, host: str, port: int, say: Say) -> None:
        self._home, self._servers, self._say = home, servers, say
        self._host, self._port = host, port
        self._deaths: deque[float] = deque(maxlen=DEATHS_ALLOWED)
        self._logs_checked = time.monotonic()
        self._running = servers.running(address(host, port))
        self._environment = application_environment(home, self._running)
        self._environment["AHSP_ALLOWED_HOSTS"] = allowed_hosts(host)

    def run(self) -> None:
        """Never returns: ends with StopRequested or StackError."""
        self._say("stack.servers_ready", {"path": str(self._home.root)})
        self._say_pool()
        self._prepare_application()
        web = self._start_web()
        try:
            announce(self._home, self._running)
            self._say("stack.ready", {"address": self._running.address})
            self._say_sign_in()
            self._say("stack.how_to_stop", {"path": str(self._home.log)})
            while True:
                web = self._look(web)
        finally:
            web.stop()

    def _say_sign_in(self) -> None:
        try:
            self._say("stack.sign_in", json.loads(self._home.demo.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return

    def _say_pool(self) -> None:
        pool = self._servers.pool
        if pool is None:
            self._say("stack.pool_absent", {})
        else:
            self._say("stack.pool_ready", {"clients": str(pool.clients), "connections": str(pool.connections)})

    def _start_web(self) -> Child:
        register = self._servers.register
        return start_web(self._home, register, self._environment, host=self._host, port=self._port)

    def _prepare_application(self) -> None:
        self._say("stack.preparing", {})
        command = Command(
            name="prepare",
            argv=[sys.executable, "-P", "-m", PREPARE],
            log=self._home.log / "prepare.log",
            folder=self._home.root,
            stop_signal=signal.SIGTERM,
            grace=10,
            environment=direct_environment(self._environment),
        )
        since = size(command.log)
        child = Child(command, self._servers.register)
        try:
            while child.running:
                time.sleep(0.02)
        finally:
            child.stop()
        if child.exit_code != 0:
            reason = last_words(command.log, since)
            raise StackError("stack.prepare_failed", log=str(command.log), reason=reason)

    def _look(self, web: Child) -> Child:
        """Wait a moment, then start again what has died; answers with the web server that runs now."""
        time.sleep(SECONDS_BETWEEN_LOOKS)
        if time.monotonic() - self._logs_checked > SECONDS_BETWEEN_LOG_CHECKS:
            self._logs_checked = time.monotonic()
            bound_logs(self._home.log)
        for name, child in list(self._servers.children.items()):
            if not child.running:
                self._count_death(child)
                self._servers.start_one(name)
                self._require_same_addresses()
        if not web.running:
            self._count_death(web)
            web.stop()
            return self._start_web()
        return web

    def _count_death(self, child: Child) -> None:
        name, log = child.command.name, str(child.command.log)
        now = time.monotonic()
        if len(self._deaths) == DEATHS_ALLOWED and now - self._deaths[0] < WITHIN_SECONDS:
            raise StackError("stack.keeps_dying", name=name, log=log, times=str(DEATHS_ALLOWED + 1))
        self._deaths.append(now)
        self._say("stack.died", {"name": name, "log": log})

    def _require_same_addresses(self) -> None:
        if self._servers.running(self._running.address) != self._running:
            raise StackError("stack.port_lost")
