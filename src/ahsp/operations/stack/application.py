"""The application as children: made ready once, then web server, worker and beat."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.home import REPOSITORY, Home
from ahsp.operations.stack.lock import Running
from ahsp.operations.stack.logs import last_words, size
from ahsp.operations.stack.processes import Child, Command, Register
from ahsp.operations.stack.servers import application_environment, direct_environment
from ahsp.operations.stack.system_user import SystemUser, give_folder, let_pass, servers_user
from ahsp.operations.stack.web import allowed_hosts, start_web
from ahsp.operations.stack.workers import start_beat, start_worker

# On top of all apps, so it is named here and never imported.
PREPARE = "ahsp.cli.prepare"
TRY_USER = "ahsp.operations.stack.try_user"
# In the order of their start.
PARTS = ("web", "worker", "beat")
SECONDS_TO_TRY = 60


class Application:
    """Everything that runs our own code. Started by root it runs as the servers' user, where that one can read it."""

    def __init__(self, home: Home, register: Register, running: Running, host: str, port: int) -> None:
        self._home, self._register = home, register
        self._host, self._port = host, port
        self._user: SystemUser | None = None
        self.environment = application_environment(home, running)
        self.environment["AHSP_ALLOWED_HOSTS"] = allowed_hosts(host)
        self.environment["PROMETHEUS_MULTIPROC_DIR"] = str(home.metrics)

    def prepare(self) -> None:
        """Tables, packages, demo and pages, past the pool. Raises StackError with the last words of the log."""
        command = Command(
            name="prepare",
            argv=[sys.executable, "-P", "-m", PREPARE],
            log=self._home.log / "prepare.log",
            folder=self._home.root,
            stop_signal=signal.SIGTERM,
            grace=10,
            environment=direct_environment(self._without_metrics()),
        )
        since = size(command.log)
        child = Child(command, self._register)
        try:
            while child.running:
                time.sleep(0.02)
        finally:
            child.stop()
        if child.exit_code != 0:
            reason = last_words(command.log, since)
            raise StackError("stack.prepare_failed", log=str(command.log), reason=reason)

    def _without_metrics(self) -> dict[str, str]:
        return {name: value for name, value in self.environment.items() if name != "PROMETHEUS_MULTIPROC_DIR"}

    def step_down(self) -> str:
        """Leave root to the supervisor; answers with the reason where that cannot be done, else with nothing.

        Call it once everything is prepared. What an earlier run counted is forgotten here too.
        """
        shutil.rmtree(self._home.metrics, ignore_errors=True)
        user = servers_user()
        if user is None:
            give_folder(self._home.metrics, None)
            return ""
        # Root's own folder holds files that this user must not even ask for.
        self.environment["HOME"] = str(self._home.root)
        reason = self._try(user)
        self._user = None if reason else user
        give_folder(self._home.metrics, self._user)
        return reason

    def _try(self, user: SystemUser) -> str:
        try:
            for folder in (REPOSITORY, Path(sys.prefix), Path(sys.base_prefix)):
                let_pass(folder, user)
            done = subprocess.run(
                [sys.executable, "-P", "-m", TRY_USER, self._host, str(self._port), str(self._home.root / "static")],
                cwd=self._home.root,
                env=self._without_metrics(),
                user=user.uid,
                group=user.gid,
                extra_groups=[],
                capture_output=True,
                text=True,
                timeout=SECONDS_TO_TRY,
            )
        except (OSError, StackError, subprocess.TimeoutExpired) as error:
            return str(error)
        return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["…"])[-1]

    def start(self, name: str) -> Child:
        """Start, or start again, one of PARTS. The web server has answered when this returns. Raises StackError."""
        if name == "worker":
            return start_worker(self._home, self._register, self.environment, self._user)
        if name == "beat":
            return start_beat(self._home, self._register, self.environment, self._user)
        return start_web(
            self._home, self._register, self.environment, host=self._host, port=self._port, user=self._user
        )
