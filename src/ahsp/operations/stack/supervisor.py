"""`up`: everything started in order, watched, started again when it dies, and stopped in order."""

from __future__ import annotations

import json
import shutil
import signal
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

from ahsp.operations.stack.application import PARTS, Application
from ahsp.operations.stack.errors import StackError, StopRequested
from ahsp.operations.stack.home import Home, default_home, open_home, require_space
from ahsp.operations.stack.lock import announce, exclusive
from ahsp.operations.stack.logs import bound_logs
from ahsp.operations.stack.pgbouncer import configured_pool
from ahsp.operations.stack.processes import Child, allow_many_files
from ahsp.operations.stack.servers import Servers, running_servers
from ahsp.operations.stack.web import address, require_port

Say = Callable[[str, Mapping[str, str]], None]
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BETWEEN_LOG_CHECKS = 60
DEATHS_ALLOWED, WITHIN_SECONDS = 5, 60
# PostgreSQL's recovery writes at least one file of 16 MB.
ROOM_TO_START = 48 * 1024 * 1024
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
            with stop_signals(), running_servers(home, pool=configured_pool()) as servers:
                Supervisor(home, servers, host, port, say).run()
        except StopRequested:
            say("stack.stopped", {})


class Supervisor:
    """Watches the servers and the application of one home."""

    def __init__(self, home: Home, servers: Servers, host: str, port: int, say: Say) -> None:
        self._home, self._servers, self._say = home, servers, say
        self._deaths: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=DEATHS_ALLOWED))
        self._logs_checked = time.monotonic()
        self._running = servers.running(address(host, port))
        self._application = Application(home, servers.register, self._running, host, port)
        self._parts: dict[str, Child] = {}
        self._waits_for_room = False

    def run(self) -> None:
        """Never returns: ends with StopRequested or StackError."""
        self._say("stack.servers_ready", {"path": str(self._home.root)})
        self._say(*self._servers.told_pool())
        self._say("stack.preparing", {})
        self._application.prepare()
        if reason := self._application.step_down():
            self._say("stack.stays_root", {"reason": reason})
        try:
            for name in PARTS:
                self._parts[name] = self._application.start(name)
            announce(self._home, self._running)
            self._say("stack.ready", {"address": self._running.address})
            self._say_sign_in()
            self._say("stack.how_to_stop", {"path": str(self._home.log)})
            while True:
                self._look()
        finally:
            self._stop_application()

    def _stop_application(self) -> None:
        """Ask all of it at once: nobody waits for the time of grace of another."""
        for child in self._parts.values():
            child.ask_to_stop()
        for child in self._parts.values():
            child.stop()

    def _say_sign_in(self) -> None:
        try:
            self._say("stack.sign_in", json.loads(self._home.demo.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return

    def _look(self) -> None:
        """Wait a moment, then start again what has died."""
        time.sleep(SECONDS_BETWEEN_LOOKS)
        if time.monotonic() - self._logs_checked > SECONDS_BETWEEN_LOG_CHECKS:
            self._logs_checked = time.monotonic()
            bound_logs(self._home.log)
        try:
            self._start_again()
        except (StackError, OSError):
            if self._has_room():
                raise

    def _start_again(self) -> None:
        children = [*self._servers.children.values(), *self._parts.values()]
        if all(child.running for child in children) or not self._has_room():
            return
        for name, child in list(self._servers.children.items()):
            if not child.running:
                self._count_death(child)
                self._servers.start_one(name)
                self._require_same_addresses()
        for name, child in self._parts.items():
            if not child.running:
                self._count_death(child)
                child.stop()
                self._parts[name] = self._application.start(name)

    def _has_room(self) -> bool:
        """On a full disk whatever is started dies again, so it waits until somebody has made room; said once."""
        free = shutil.disk_usage(self._home.root).free
        full = free < ROOM_TO_START
        if full and not self._waits_for_room:
            path, needed = str(self._home.root), str(ROOM_TO_START // 2**20)
            self._say("stack.waits_for_room", {"path": path, "free": str(free // 2**20), "needed": needed})
        self._waits_for_room = full
        return not full

    def _count_death(self, child: Child) -> None:
        name, log = child.command.name, str(child.command.log)
        now = time.monotonic()
        deaths = self._deaths[name]
        if len(deaths) == DEATHS_ALLOWED and now - deaths[0] < WITHIN_SECONDS:
            raise StackError("stack.keeps_dying", name=name, log=log, times=str(DEATHS_ALLOWED + 1))
        deaths.append(now)
        self._say("stack.died", {"name": name, "log": log})

    def _require_same_addresses(self) -> None:
        if self._servers.running(self._running.address) != self._running:
            raise StackError("stack.port_lost")
