"""One set of servers for the whole folder. Each test breaks one thing and mends it again."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from ahsp.core.issue_texts import TEXTS, issue_text
from ahsp.core.streams.subscription import CLIENT_NAME
from ahsp.operations.doctor.chain import examine
from ahsp.operations.doctor.results import Result
from ahsp.operations.doctor.targets import Targets
from ahsp.operations.stack.addresses import direct_url
from ahsp.operations.stack.home import Home, open_home
from ahsp.operations.stack.pgbouncer import pgbouncer_program
from ahsp.operations.stack.ports import LOOPBACK, free_port
from ahsp.operations.stack.system_user import servers_user
from ahsp.operations.stack.workers import BEAT, WORKER
from tests.stack.doctor.parts import PASSWORD, REDIS_PASSWORD, Cache, Database, Part, Pool, celery_part, web_part
from tests.stack.doctor.relays import Authority
from tests.stack.machine import clean_environment, wait_for

TLS_NAME = "localhost"


@dataclasses.dataclass
class Ward:
    """The servers, the addresses the doctor is told, and what it said of them."""

    home: Home
    database: Database
    pool: Pool
    cache: Cache
    worker: Part
    beat: Part
    web: Part
    environment: dict[str, str]
    targets: Targets
    web_port: int
    tls_port: int

    def examine(self, **changed: object) -> list[Result]:
        return examine(dataclasses.replace(self.targets, **changed))

    def fault(self, **changed: object) -> tuple[str, str, str]:
        """Name, cause and mend of the one fault; everything before it is well and nothing comes after it."""
        results = self.examine(**changed)
        *before, last = results
        assert all(one.ok for one in before)
        assert not last.ok, "nothing was found"
        cause, mend = (issue_text(code, last.data, "en") for code in (last.code, f"{last.code}_mend"))
        assert PASSWORD not in cause + mend
        assert REDIS_PASSWORD not in cause + mend
        for code in (last.code, f"{last.code}_mend"):
            assert {name for _, name, _, _ in Formatter().parse(TEXTS[code]) if name} <= last.data.keys()
        return last.name, cause, mend

    def manage(self, *arguments: str) -> None:
        direct = {**self.environment, "DATABASE_URL": self.environment["AHSP_DIRECT_DATABASE_URL"]}
        command = [sys.executable, "-P", "-m", "django", *arguments]
        subprocess.run(command, env=direct, check=True, capture_output=True)


def _environment(home: Home, database: Database, pool: Pool, cache: Cache, tls_port: int) -> dict[str, str]:
    return clean_environment(
        home.root,
        DATABASE_URL=pool.url,
        AHSP_DIRECT_DATABASE_URL=direct_url(database.url),
        REDIS_URL=cache.url,
        AHSP_SECRET_KEY="of the tests",
        AHSP_TRUSTED_ORIGINS=f"https://{TLS_NAME}:{tls_port}",
        DJANGO_SETTINGS_MODULE="ahsp.settings",
        PYTHONPATH=os.pathsep.join(path for path in sys.path if path),
    )


def _targets(home: Home, database: Database, pool: Pool, cache: Cache, port: int, environment: object) -> Targets:
    return Targets(
        home=home,
        database_url=pool.url,
        direct_url=direct_url(database.url),
        pool_url=pool.console,
        redis_url=cache.url,
        broker_url=cache.url,
        address=f"http://{LOOPBACK}:{port}",
        public_url="",
        environment=environment,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="package")
def ward() -> Iterator[Ward]:
    if pgbouncer_program() is None:
        pytest.skip("PgBouncer is not installed")
    with tempfile.TemporaryDirectory(prefix="ahsp-doctor-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        home = open_home(Path(folder) / "home")
        user = servers_user()
        database, cache = Database(home, user), Cache(home)
        pool = Pool(home, user, database)
        tls_port, web_port = free_port(), free_port()
        environment = _environment(home, database, pool, cache, tls_port)
        ward = Ward(
            home=home,
            database=database,
            pool=pool,
            cache=cache,
            worker=celery_part(home, "worker", WORKER, environment),
            beat=celery_part(home, "beat", BEAT, environment),
            web=web_part(home, web_port, environment),
            environment=environment,
            targets=_targets(home, database, pool, cache, web_port, environment),
            web_port=web_port,
            tls_port=tls_port,
        )
        parts = [database.part, pool.part, cache.part, ward.worker, ward.beat, ward.web]
        try:
            _start(ward)
            yield ward
        finally:
            for part in reversed(parts):
                part.stop()


def _start(ward: Ward) -> None:
    ward.database.part.start()
    ward.database.make_role()
    ward.pool.configure()
    ward.pool.part.start()
    ward.cache.part.start()
    # It sends its first message seconds after its start.
    ward.beat.start()
    ward.manage("migrate", "--verbosity=0")
    ward.web.begin()
    ward.manage("collectstatic", "--no-input", "--verbosity=0")
    for part in (ward.worker, ward.web):
        part.start()
    wait_for_work(ward)


def wait_for_work(ward: Ward) -> None:
    """Until the worker answers and beat has left its trace."""
    with ward.cache.client() as client:
        wait_for(lambda: client.exists("ahsp:beat"), "the first message of beat")
        wait_for(lambda: any(_is_worker(one) for one in client.client_list()), "the worker")


def _is_worker(client: dict[str, str]) -> bool:
    return client["name"] != CLIENT_NAME and any(int(client[name]) for name in ("sub", "psub"))


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """One that this process trusts, and no other."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.certificate))
    return made
