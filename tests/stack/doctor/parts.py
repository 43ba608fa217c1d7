"""The servers whose faults the doctor must name: small, real, and quick to break and to mend."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis

from ahsp.operations.stack.home import Home, open_home
from ahsp.operations.stack.pgbouncer import PoolSize, admin_url, pgbouncer_program, write_configuration
from ahsp.operations.stack.ports import LOOPBACK, can_listen, free_port
from ahsp.operations.stack.postgres import answers as postgres_answers
from ahsp.operations.stack.postgres import programs as postgres_programs
from ahsp.operations.stack.processes import Child, Command, Register
from ahsp.operations.stack.system_user import SystemUser, give_folder, let_pass
from ahsp.operations.stack.valkey import answers as redis_answers
from ahsp.operations.stack.valkey import valkey_program
from ahsp.operations.stack.web import page_answers
from ahsp.operations.stack.workers import celery_command
from tests.stack.machine import wait_for

PASSWORD = "s3cret-of-the-role"
REDIS_PASSWORD = "s3cret-of-redis"
RULES = f"host all postgres {LOOPBACK}/32 trust\nhost all ahsp {LOOPBACK}/32 scram-sha-256\n"
POOL = PoolSize(clients=60, connections=3, wait=2)


class Part:
    """One server that can be stopped, frozen and started again on the same port."""

    def __init__(self, command: Command, home: Home, answers: Callable[[], bool]) -> None:
        self._command, self._register, self._answers = command, Register(home.children), answers
        self._child: Child | None = None

    @property
    def runs(self) -> bool:
        return self._child is not None and self._child.running

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def begin(self) -> None:
        """Start it without waiting that it answers."""
        if not self.runs:
            self._child = Child(self._command, self._register)

    def start(self) -> None:
        self.begin()
        child = self._child
        assert child is not None
        wait_for(lambda: not child.running or self._answers(), f"the start of {self._command.name}")
        assert child.running, self._command.log.read_text()

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()

    def restart(self) -> None:
        self.stop()
        self.start()

    def freeze(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)


def bare_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


class Database:
    """PostgreSQL whose superuser the tests are; its files of settings are theirs too."""

    def __init__(self, home: Home, user: SystemUser | None, *, preload: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self.folder = home.postgres
        self.url = f"postgresql://ahsp:{PASSWORD}@{LOOPBACK}:{self.port}/ahsp"
        self._user = user
        give_folder(self.folder, user)
        programs = postgres_programs()
        let_pass(programs, user)
        self.data = self.folder / "data"
        self._initialize(programs)
        command = Command(
            name="postgres",
            argv=[str(programs / "postgres"), "-D", str(self.data)],
            log=home.log / "postgres.log",
            folder=self.folder,
            stop_signal=signal.SIGINT,
            grace=30,
            environment={**bare_environment(), **(preload or {})},
            user=user,
        )
        self.part = Part(command, home, lambda: postgres_answers(self.superuser_url()))

    def superuser_url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@{LOOPBACK}:{self.port}/{database}"

    def _initialize(self, programs: Path) -> None:
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        user = self._user
        subprocess.run(
            [programs / "initdb", "-D", self.data, *options],
            check=True,
            capture_output=True,
            cwd=self.folder,
            env=bare_environment(),
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
        )
        settings = ["unix_socket_directories = ''", "max_connections = 30", "fsync = off", "io_method = sync"]
        settings += [f"port = {self.port}", f"listen_addresses = '{LOOPBACK}'", "shared_buffers = 32MB", "jit = off"]
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n".join(settings) + "\n")
        self.write_rules(RULES)

    def make_role(self) -> None:
        self.run(f"CREATE ROLE ahsp LOGIN CREATEDB PASSWORD '{PASSWORD}'", "CREATE DATABASE ahsp OWNER ahsp")

    def run(
        self, *statements: str, database: str = "postgres", values: Sequence[object] | None = None
    ) -> list[tuple[object, ...]]:
        """As the superuser; the rows of the last statement."""
        with psycopg.connect(self.superuser_url(database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def write_rules(self, rules: str) -> None:
        (self.data / "pg_hba.conf").write_text(rules)

    def set_rules(self, rules: str) -> None:
        """For everybody who comes from now on."""
        before = self.run("SELECT pg_conf_load_time()")
        self.write_rules(rules)
        self.run("SELECT pg_reload_conf()")
        wait_for(lambda: self.run("SELECT pg_conf_load_time()") != before, "the reading of the rules")


class Pool:
    """PgBouncer with the configuration of the program, which a test may change."""

    def __init__(self, home: Home, user: SystemUser | None, database: Database) -> None:
        self.port = free_port()
        self.folder, self._user, self._database = home.pgbouncer, user, database
        self.url = f"postgresql://ahsp:{PASSWORD}@{LOOPBACK}:{self.port}/ahsp"
        self.console = admin_url(self.url)
        program = pgbouncer_program()
        assert program is not None, "PgBouncer is not installed"
        give_folder(self.folder, user)
        command = Command(
            name="pgbouncer",
            argv=[str(program), str(self.folder / "pgbouncer.ini")],
            log=home.log / "pgbouncer.log",
            folder=self.folder,
            stop_signal=signal.SIGTERM,
            grace=5,
            environment=bare_environment(),
            user=user,
        )
        self.part = Part(command, home, lambda: can_listen(LOOPBACK, self.port) is not None)

    def configure(self, change: Callable[[str], str] = str, passwords: str = "") -> None:
        """Write the configuration, changed, and the file of passwords; nobody reads them yet."""
        file = write_configuration(self.folder, self._database.url, LOOPBACK, self.port, POOL)
        file.write_text(change(file.read_text()))
        if passwords:
            (self.folder / "userlist.txt").write_text(passwords)
        if self._user is not None:
            for name in ("pgbouncer.ini", "userlist.txt"):
                os.chown(self.folder / name, self._user.uid, self._user.gid)

    def restart(self, change: Callable[[str], str] = str, passwords: str = "") -> None:
        self.part.stop()
        self.configure(change, passwords)
        self.part.start()


class Cache:
    """A Valkey whose settings the tests change while it runs."""

    def __init__(self, home: Home, name: str = "valkey", *, preload: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self.url = f"redis://:{REDIS_PASSWORD}@{LOOPBACK}:{self.port}/0"
        settings = (
            f"bind {LOOPBACK}",
            f"port {self.port}",
            f"requirepass {REDIS_PASSWORD}",
            'save ""',
            "repl-timeout 60",
            # A script counts as endless soon, lest a test waits for it.
            "busy-reply-threshold 100",
        )
        command = Command(
            name=name,
            argv=[str(valkey_program()), "-"],
            stdin="\n".join(settings).encode(),
            log=home.log / f"{name}.log",
            folder=home.root,
            stop_signal=signal.SIGTERM,
            grace=10,
            environment={**bare_environment(), **(preload or {})},
        )
        self.part = Part(command, home, lambda: redis_answers(self.url))

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_timeout=20)

    def set(self, **settings: object) -> None:
        with self.client() as client:
            for name, value in settings.items():
                client.config_set(name.replace("_", "-"), value)


@contextmanager
def spare(preload: Mapping[str, str] | None = None) -> Iterator[Cache]:
    """Another Valkey, for what cannot be undone in the one of the ward."""
    with tempfile.TemporaryDirectory(prefix="ahsp-spare-") as folder:
        cache = Cache(open_home(Path(folder)), preload=preload)
        cache.part.start()
        try:
            yield cache
        finally:
            cache.part.stop()


def celery_part(home: Home, name: str, arguments: Sequence[str], environment: Mapping[str, str]) -> Part:
    """Worker or beat. Whether they do their work, the doctor is there to say."""
    command = Command(
        name=name,
        argv=celery_command(arguments),
        log=home.log / f"{name}.log",
        folder=home.root,
        # At once: no test waits for work to be finished.
        stop_signal=signal.SIGQUIT,
        grace=5,
        environment=environment,
    )
    return Part(command, home, lambda: True)


def web_part(home: Home, port: int, environment: Mapping[str, str]) -> Part:
    arguments = ["-P", "-m", "ahsp.operations.stack.web_process", LOOPBACK, str(port)]
    command = Command(
        name="web",
        argv=[sys.executable, *arguments],
        log=home.log / "web.log",
        folder=home.root,
        stop_signal=signal.SIGTERM,
        grace=15,
        environment=environment,
    )
    return Part(command, home, lambda: page_answers(f"http://{LOOPBACK}:{port}/account/login/"))
