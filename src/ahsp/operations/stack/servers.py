"""PostgreSQL, the pool in front of it and Valkey together: ours, or the ones the environment names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ahsp import configuration, environment
from ahsp.operations.stack.addresses import direct_url
from ahsp.operations.stack.files import read_or_make_secret
from ahsp.operations.stack.given import check_database, check_pool, check_redis
from ahsp.operations.stack.home import Home, default_home, open_home, require_space
from ahsp.operations.stack.limits import apply_limits
from ahsp.operations.stack.lock import Running, announce, exclusive, is_held, read_running
from ahsp.operations.stack.pgbouncer import PgBouncer, PoolSize, admin_url, can_carry, pgbouncer_program
from ahsp.operations.stack.postgres import Postgres
from ahsp.operations.stack.processes import Child, Register
from ahsp.operations.stack.system_user import servers_user
from ahsp.operations.stack.valkey import Valkey

_ADDRESSES = ("DATABASE_URL", "AHSP_DIRECT_DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")


class Servers:
    """The servers under the application. Whichever the environment names is used and never stopped.

    With `pool` a PgBouncer stands in front of the database where the program is installed, unless the environment
    names a pool too.
    """

    def __init__(self, home: Home, *, temporary: bool = False, pool: PoolSize | None = None) -> None:
        given = {} if temporary else {name: environment.text(name, "") for name in _ADDRESSES}
        self._register = Register(home.children)
        self._pooled_url = given["DATABASE_URL"] if given.get("AHSP_DIRECT_DATABASE_URL") else ""
        self._database_url = given.get("AHSP_DIRECT_DATABASE_URL") or given.get("DATABASE_URL", "")
        self._redis_url, self._broker_url = given.get("REDIS_URL", ""), given.get("CELERY_BROKER_URL", "")
        program = pgbouncer_program() if pool and not self._pooled_url else None
        if program and self._database_url and not can_carry(self._database_url):
            program = None
        user = None if self._database_url and self._redis_url and not program else servers_user()
        self._postgres = None if self._database_url else Postgres(home, user, temporary=temporary)
        self._pgbouncer = PgBouncer(home, user, program, pool) if program else None
        self._valkey = None if self._redis_url else Valkey(home, user)
        self.children: dict[str, Child] = {}

    @property
    def register(self) -> Register:
        return self._register

    def told_pool(self) -> tuple[str, dict[str, str]]:
        """Code and data of the sentence that says how the application reaches the database."""
        if self._pooled_url:
            return "stack.pool_given", {}
        if self._pgbouncer is not None:
            pool = self._pgbouncer.pool
            return "stack.pool_ready", {"clients": str(pool.clients), "connections": str(pool.connections)}
        return ("stack.pool_impossible" if pgbouncer_program() else "stack.pool_absent"), {}

    def running(self, address: str = "") -> Running:
        """Where everything answers, to be announced."""
        pooled = self._pgbouncer.url if self._pgbouncer else self._pooled_url
        return Running(
            database_url=pooled or self._database_url,
            redis_url=self._redis_url,
            address=address,
            direct_database_url=direct_url(self._database_url),
            pool_url=admin_url(pooled) if pooled else "",
            broker_url=self._broker_url or self._redis_url,
        )

    def start(self) -> None:
        """Start what is ours and check what is not. Ends leftovers of a killed supervisor first."""
        self._register.end_leftovers()
        self.start_one("postgres")
        apply_limits(direct_url(self._database_url))
        self.start_one("pgbouncer")
        self.start_one("valkey")
        if self._broker_url:
            check_redis(self._broker_url)

    def start_one(self, name: str) -> None:
        """Start, or start again, the server `name`."""
        if name == "postgres" and self._postgres is not None:
            self.children[name] = self._postgres.start(self._register)
            self._database_url = self._postgres.url
        elif name == "postgres":
            check_database(self._database_url)
        elif name == "pgbouncer" and self._pgbouncer is not None:
            self.children[name] = self._pgbouncer.start(self._register, self._database_url)
        elif name == "pgbouncer":
            if self._pooled_url:
                check_pool(self._pooled_url)
        elif self._valkey is not None:
            self.children[name] = self._valkey.start(self._register)
            self._redis_url = self._valkey.url
        else:
            check_redis(self._redis_url)

    def stop(self) -> None:
        """Stop ours, the database last."""
        for name in reversed(list(self.children)):
            self.children.pop(name).stop()


@contextmanager
def running_servers(home: Home, *, temporary: bool = False, pool: PoolSize | None = None) -> Iterator[Servers]:
    """The servers from start to stop. The caller holds the lock of `home`."""
    servers = Servers(home, temporary=temporary, pool=pool)
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()


def application_environment(home: Home, running: Running) -> dict[str, str]:
    """The environment with everything the application's settings read, secrets as values.

    The files of secrets may be closed to the user the application runs as.
    """
    settings = {
        "AHSP_HOME": str(home.root),
        "DATABASE_URL": running.database_url,
        "AHSP_DIRECT_DATABASE_URL": running.direct_database_url,
        "REDIS_URL": running.redis_url,
        "CELERY_BROKER_URL": running.broker_url or running.redis_url,
        "DJANGO_SETTINGS_MODULE": "ahsp.settings",
        configuration.SETTLED: "1",
    }
    inherited = environment.without_files(configuration.without_addresses(os.environ))
    if "AHSP_SECRET_KEY" not in inherited:
        settings["AHSP_SECRET_KEY"] = read_or_make_secret(home.secrets / "secret-key")
    return {**inherited, **settings}


def direct_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """For the commands of the operator: migrations, indexes and bulk loads go past the pool and its limits."""
    return {**environment, "DATABASE_URL": environment["AHSP_DIRECT_DATABASE_URL"]}


@contextmanager
def running_stack() -> Iterator[dict[str, str]]:
    """The environment for a command that needs servers: of a running `up`, else started for the block.

    Such a command goes to the database directly.
    """
    home = open_home(default_home())
    running = read_running(home) if is_held(home) else None
    if running is not None and running.address:
        yield direct_environment(application_environment(home, running))
        return
    with exclusive(home):
        require_space(home)
        with running_servers(home) as servers:
            running = servers.running()
            announce(home, running)
            yield direct_environment(application_environment(home, running))


@contextmanager
def temporary_stack(pool: PoolSize | None = None) -> Iterator[dict[str, str]]:
    """Servers in a folder that vanishes afterwards, so that tests and measurements touch nobody's data.

    Without `pool` there is none, which starts faster.
    """
    with tempfile.TemporaryDirectory(prefix="ahsp-", ignore_cleanup_errors=True) as folder:
        # The servers' own user passes through; what matters lies in closed folders below.
        Path(folder).chmod(0o711)
        home = open_home(Path(folder))
        # Nothing is collected here; the pages only want the folder to exist.
        (home.root / "static").mkdir()
        with exclusive(home), running_servers(home, temporary=True, pool=pool) as servers:
            running = servers.running()
            announce(home, running)
            yield application_environment(home, running)
