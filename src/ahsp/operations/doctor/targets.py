"""Where everything should be: of a running `./ahsp up`, else of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from ahsp import configuration, environment
from ahsp.environment import SettingError
from ahsp.operations.doctor.results import Fault
from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.home import REPOSITORY, Home, default_home
from ahsp.operations.stack.lock import is_held, read_running
from ahsp.operations.stack.servers import application_environment

RESTART = "./ahsp up"
# What a unit is called among the children of `./ahsp up`.
CHILDREN = {"postgresql": "postgres", "redis": "valkey"}
# And in compose.yaml.
SERVICES = {"postgresql": "postgres"}
MARKS_OF_CONTAINERS = ("/.dockerenv", "/run/.containerenv")


@dataclass(frozen=True, slots=True)
class Targets:
    """Addresses as the application uses them. Empty where there is no such part.

    `pool_url` is the console of the pool; `environment` is what the application's settings are read from;
    with `ours` the servers belong to a running `./ahsp up`; `in_container` says that we look from inside one.
    """

    home: Home
    database_url: str
    direct_url: str
    pool_url: str
    redis_url: str
    broker_url: str
    address: str
    public_url: str
    environment: Mapping[str, str]
    ours: bool = True
    in_container: bool = False

    def log(self, name: str) -> Path | None:
        """The log of a server that `./ahsp up` runs, by the name of the child."""
        file = self.home.log / f"{name}.log"
        return file if self.ours and file.exists() else None

    @property
    def is_seen(self) -> bool:
        """Whether it is known where the application answers."""
        return bool(self.address or self.public_url)

    def start(self, unit: str) -> str:
        """The command that starts the server called `unit` in services and containers."""
        if self.log(CHILDREN.get(unit, unit)) is not None:
            return RESTART
        if self.in_container:
            return f"docker compose up -d {SERVICES.get(unit, unit)}"
        return f"sudo systemctl start {unit}"


def parts_of(url: str) -> dict[str, str]:
    """The parts of an address of a database. Raises Fault when it is none."""
    try:
        return {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.Error as error:
        # The reason may quote the address, and with it the password.
        raise Fault("doctor.database_url", check="settings") from error


def host_of(parts: Mapping[str, str]) -> str:
    """Where to connect; empty where libpq has its own idea of it."""
    return parts.get("hostaddr") or parts.get("host", "")


def port_of(parts: Mapping[str, str], default: int) -> int:
    """The port, the first where there are several. Raises Fault when it is no number."""
    text = parts.get("port", "").split(",")[0] or str(default)
    if not text.isdecimal():
        raise Fault("doctor.database_url", check="settings")
    return int(text)


def find_targets() -> Targets:
    """Raises Fault when nothing runs, or the settings do not say where it does."""
    try:
        configuration.apply(os.environ, REPOSITORY)
        return _of_running_stack() or _of_environment()
    except SettingError as error:
        raise Fault("doctor.settings", check="settings", reason=error) from error
    except (StackError, PermissionError) as error:
        raise Fault("doctor.home_closed", check="settings", path=default_home()) from error


def _of_running_stack() -> Targets | None:
    home = Home(default_home())
    if not home.lock.exists() or not is_held(home):
        return None
    running = read_running(home)
    if home.running.exists() and not os.access(home.running, os.R_OK):
        raise Fault("doctor.home_closed", check="settings", path=home.root)
    if running is None:
        raise Fault("doctor.starting", check="started", path=home.root)
    if not running.address:
        raise Fault("doctor.no_web", check="started", path=home.root)
    return Targets(
        home=home,
        database_url=running.database_url,
        direct_url=running.direct_database_url or running.database_url,
        pool_url=running.pool_url,
        redis_url=running.redis_url,
        broker_url=running.broker_url or running.redis_url,
        address=running.address,
        public_url=os.environ.get("AHSP_PUBLIC_URL", ""),
        environment=application_environment(home, running),
    )


def _of_environment() -> Targets:
    home = Home(default_home())
    database_url = environment.text("DATABASE_URL", "")
    redis_url = environment.text("REDIS_URL", "")
    if not database_url or not redis_url:
        raise Fault("doctor.not_started", check="started", path=home.root)
    direct_url = environment.text("AHSP_DIRECT_DATABASE_URL", "") or database_url
    return Targets(
        home=home,
        database_url=database_url,
        direct_url=direct_url,
        pool_url=console_url(database_url) if _differ(database_url, direct_url) else "",
        redis_url=redis_url,
        broker_url=environment.text("CELERY_BROKER_URL", redis_url),
        address=os.environ.get("AHSP_ADDRESS", ""),
        public_url=os.environ.get("AHSP_PUBLIC_URL", ""),
        environment={**_key(home), **os.environ, "DJANGO_SETTINGS_MODULE": "ahsp.settings"},
        ours=False,
        in_container=any(Path(mark).exists() for mark in MARKS_OF_CONTAINERS),
    )


def _key(home: Home) -> dict[str, str]:
    """The key that an `./ahsp up` of this home made, where the environment has none."""
    file = home.secrets / "secret-key"
    return {"AHSP_SECRET_KEY": file.read_text(encoding="utf-8").strip()} if os.access(file, os.R_OK) else {}


def console_url(pooled: str) -> str:
    """The address of the console of the pool that `pooled` goes through."""
    return psycopg.conninfo.make_conninfo(**{**parts_of(pooled), "dbname": "pgbouncer"})


def _differ(one: str, other: str) -> bool:
    first, second = parts_of(one), parts_of(other)
    return any(first.get(name) != second.get(name) for name in ("host", "port"))
