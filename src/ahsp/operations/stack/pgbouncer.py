"""PgBouncer in front of PostgreSQL: a thousand clients share twenty-five connections, one transaction at a time."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

import psycopg

from ahsp import environment
from ahsp.operations.stack.addresses import parts_of, url_of
from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.files import replace_file
from ahsp.operations.stack.home import REPOSITORY, Home
from ahsp.operations.stack.logs import last_words, size
from ahsp.operations.stack.ports import LOOPBACK, remembered_port
from ahsp.operations.stack.processes import Child, Command, Register, wait_until
from ahsp.operations.stack.system_user import SystemUser, give_folder

TEMPLATE = REPOSITORY / "deploy" / "pgbouncer" / "pgbouncer.ini"
PLACES = "/usr/sbin:/usr/local/sbin:/sbin"
ADMIN_DATABASE = "pgbouncer"
SECONDS_TO_START = 30
_TLS = {"sslmode": "sslmode", "sslrootcert": "ca_file", "sslcert": "cert_file", "sslkey": "key_file"}
_CARRIED = {"host", "port", "dbname", "user", "password", "connect_timeout", "application_name", *_TLS}
# Parts without which PgBouncer could not sign in to PostgreSQL.
_NEEDED = ("host", "user", "password", "dbname")
# Names of databases that stand in its configuration without quotes, which 1.18 does not know there.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class PoolSize:
    """How many connections the pool takes and makes, and how many seconds a client waits for one."""

    clients: int = 1000
    connections: int = 25
    # A page that finds its connection gone asks twice, so nobody waits longer than two of these.
    wait: int = 5


def configured_pool() -> PoolSize:
    """The sizes the settings ask for; the configuration has made sure that they are numbers."""
    usual = PoolSize()
    return PoolSize(
        clients=int(environment.text("PGBOUNCER_MAX_CLIENT_CONN", str(usual.clients))),
        connections=int(environment.text("PGBOUNCER_DEFAULT_POOL_SIZE", str(usual.connections))),
        wait=int(environment.text("PGBOUNCER_QUERY_WAIT_TIMEOUT", str(usual.wait))),
    )


def pgbouncer_program() -> Path | None:
    """The program where it is installed; Debian puts it where only root's PATH looks."""
    found = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:{PLACES}")
    return Path(found) if found else None


def can_carry(url: str) -> bool:
    """Whether the pool can stand in front of the database at `url`: one host, a password, no options of its own."""
    parts = parts_of(url)
    known = set(parts) <= _CARRIED and all(parts.get(name) for name in _NEEDED)
    return known and _PLAIN_NAME.fullmatch(parts["dbname"]) is not None and "," not in parts["host"]


def pooled_url(url: str, host: str, port: int) -> str:
    """The address by which the application reaches the database at `url` through a pool at `host` and `port`."""
    parts = parts_of(url)
    through = {name: parts[name] for name in ("user", "password", "dbname")}
    return url_of({**through, "host": host, "port": str(port)})


def admin_url(pooled: str) -> str:
    """The address of the pool's own console, where `SHOW POOLS` and its like are answered."""
    return url_of({**parts_of(pooled), "dbname": ADMIN_DATABASE})


def write_configuration(folder: Path, url: str, host: str, port: int, pool: PoolSize) -> Path:
    """The configuration and the file of passwords for the database at `url`, readable by their owner alone."""
    parts = parts_of(url)
    passwords = folder / "userlist.txt"
    replace_file(passwords, f"{_in_quotes(parts['user'])} {_in_quotes(parts['password'])}\n")
    configuration = folder / "pgbouncer.ini"
    blanks = {
        "database": _database_line(parts),
        "listen_addr": host,
        "listen_port": port,
        "auth_file": passwords,
        "user": parts["user"],
        "max_client_conn": pool.clients,
        "pool_size": pool.connections,
        "query_wait_timeout": pool.wait,
        "server_tls": _tls_lines({"sslmode": "prefer", **parts}),
    }
    replace_file(configuration, Template(TEMPLATE.read_text(encoding="utf-8")).substitute(blanks))
    return configuration


def _database_line(parts: Mapping[str, str]) -> str:
    shown = {"host": parts["host"], "port": parts.get("port", "5432"), "dbname": parts["dbname"]}
    quoted = {key: value.replace("'", "''") for key, value in shown.items()}
    return f"{parts['dbname']} = " + " ".join(f"{key}='{value}'" for key, value in quoted.items())


def _tls_lines(parts: Mapping[str, str]) -> str:
    return "\n".join(f"server_tls_{_TLS[name]} = {parts[name]}" for name in _TLS if name in parts)


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


class PgBouncer:
    """One pool on the loopback address. `url` leads through it."""

    def __init__(self, home: Home, user: SystemUser | None, program: Path, pool: PoolSize | None = None) -> None:
        self._home = home
        self._user = user
        self._program = program
        self._pool = pool or PoolSize()
        self._log = home.log / "pgbouncer.log"
        self.url = ""

    @property
    def pool(self) -> PoolSize:
        return self._pool

    def start(self, register: Register, database_url: str) -> Child:
        """Start in front of `database_url` and wait until the console answers. Raises StackError."""
        folder = self._home.pgbouncer
        give_folder(folder, self._user)
        port = remembered_port(self._home.ports, "pgbouncer")
        configuration = write_configuration(folder, database_url, LOOPBACK, port, self._pool)
        if self._user is not None:
            for file in (configuration, folder / "userlist.txt"):
                os.chown(file, self._user.uid, self._user.gid)
        self.url = pooled_url(database_url, LOOPBACK, port)
        console = admin_url(self.url)
        since = size(self._log)
        child = Child(self._command(configuration), register)
        try:
            answered = wait_until(lambda: not child.running or console_answers(console), SECONDS_TO_START)
        except BaseException:
            child.stop()
            raise
        if not (answered and child.running):
            child.stop()
            raise StackError("stack.pgbouncer_failed", log=str(self._log), reason=last_words(self._log, since))
        return child

    def _command(self, configuration: Path) -> Command:
        return Command(
            name="pgbouncer",
            argv=[str(self._program), str(configuration)],
            log=self._log,
            folder=self._home.pgbouncer,
            stop_signal=signal.SIGTERM,
            grace=5,
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            user=self._user,
        )


def console_answers(url: str) -> bool:
    """Whether the pool lets us in and speaks; says nothing about the database behind it."""
    try:
        with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
            connection.execute("SHOW VERSION")
    except psycopg.Error:
        return False
    return True
