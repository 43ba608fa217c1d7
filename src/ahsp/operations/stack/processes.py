"""Child processes that end with their parent, and a register by which leftovers are found again."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.files import replace_file
from ahsp.operations.stack.system_user import SystemUser

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with_parent(parent: int, signum: int) -> None:
    """Ask the kernel to send `signum` to this process when the process `parent` dies.

    Without it a `kill -9` of the parent would leave servers that hold the data and the ports. Only Linux
    offers it; elsewhere the register finds what was left.
    """
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signum)


def allow_many_files() -> None:
    """Raise the number of open files to what the system lets us have: the pool holds one for every client.

    Children inherit it. Where it stays low PgBouncer says so in its log.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def identity(pid: int) -> str | None:
    """A text that differs between two processes that had the same number; None when no such process runs."""
    if sys.platform == "linux":
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        state, started = fields[0], fields[19]
        return None if state in "ZX" else started
    answer = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True)
    text = answer.stdout.strip()
    return None if not text or text.startswith("Z") else text.partition(" ")[2].strip()


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    """Look every 20 ms until `done` answers true; False when `seconds` have passed."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """How one server is started and asked to stop.

    `stop_signal` ends it in order; after `grace` seconds it is killed with its group.
    """

    name: str
    argv: Sequence[str]
    log: Path
    folder: Path
    stop_signal: signal.Signals
    grace: float
    environment: Mapping[str, str]
    user: SystemUser | None = None
    stdin: bytes = b""
    # How far it gives way to others for the processors; see nice(2).
    nice: int = 0


class Child:
    """One running server, in its own session so that Ctrl-C in the terminal reaches the supervisor alone."""

    def __init__(self, command: Command, register: Register) -> None:
        self.command = command
        self._register = register
        self._asked = False
        self._process = _spawn(command)
        register.add(command.name, self._process.pid, command.stop_signal)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        """Ask it to end, and wait for nothing; once."""
        if self.running and not self._asked:
            self._asked = True
            self._process.send_signal(self.command.stop_signal)

    def stop(self) -> None:
        """End it in order; after its time of grace, end it and all it started."""
        if self.running:
            self.ask_to_stop()
            if not wait_until(lambda: not self.running, self.command.grace):
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        self._register.remove(self.command.name)


def _spawn(command: Command) -> subprocess.Popen[bytes]:
    parent = os.getpid()
    user = command.user
    with command.log.open("ab") as log:
        try:
            process = subprocess.Popen(
                command.argv,
                stdin=subprocess.PIPE if command.stdin else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=command.folder,
                env=command.environment,
                start_new_session=True,
                user=user.uid if user else None,
                group=user.gid if user else None,
                extra_groups=[] if user else None,
                preexec_fn=lambda: _before_it_starts(parent, command),
            )
        except OSError as error:
            reason = error.strerror or str(error)
            raise StackError("stack.program_unusable", program=command.argv[0], reason=reason) from error
    if process.stdin is not None:
        process.stdin.write(command.stdin)
        process.stdin.close()
    return process


def _before_it_starts(parent: int, command: Command) -> None:
    """In the child, already as its user."""
    end_with_parent(parent, command.stop_signal)
    os.nice(command.nice)


class _Entry(TypedDict):
    pid: int
    identity: str | None
    signal: int


class Register:
    """Which children run, in a file: after a `kill -9` the next start finds and ends those still alive."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, name: str, pid: int, stop_signal: signal.Signals) -> None:
        entries = self._read()
        entries[name] = {"pid": pid, "identity": identity(pid), "signal": int(stop_signal)}
        self._write(entries)

    def remove(self, name: str) -> None:
        """On a full disk the entry stays: by its identity the next start sees that nobody is left."""
        entries = self._read()
        if entries.pop(name, None) is not None:
            with contextlib.suppress(OSError):
                self._write(entries)

    def end_leftovers(self, grace: float = 30) -> None:
        """End what an earlier supervisor left behind. Only the holder of the lock may call it."""
        for name, entry in self._read().items():
            pid, known, signum = entry["pid"], entry["identity"], entry["signal"]
            if known is not None and identity(pid) == known:
                os.kill(pid, signum)
                if not wait_until(lambda pid=pid, known=known: identity(pid) != known, grace):  # type: ignore[misc]
                    raise StackError("stack.leftover", name=name, pid=str(pid))
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, _Entry]:
        try:
            entries = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return entries if isinstance(entries, dict) else {}

    def _write(self, entries: Mapping[str, _Entry]) -> None:
        replace_file(self._path, json.dumps(entries, indent=1))
