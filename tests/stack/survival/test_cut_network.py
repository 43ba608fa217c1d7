"""The cable between web server and pool is pulled and put back."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ahsp.loadtest.application import Application, environment
from ahsp.operations.stack.pgbouncer import (
    PoolSize,
    admin_url,
    console_answers,
    pgbouncer_program,
    pooled_url,
    write_configuration,
)
from ahsp.operations.stack.system_user import give_folder, servers_user
from ahsp.operations.stack.web import page_answers
from tests.stack.machine import free_port, wait_for
from tests.stack.survival.crowd import working
from tests.stack.survival.fault import survive, told
from tests.stack.survival.network import SERVERS_SIDE, WEB_FRONT, Networks, Relay

PORT = 8000
# Beyond the 10 s after which both sides give a connection up.
SECONDS_CUT = 12


@pytest.fixture
def networks() -> Iterator[Networks]:
    if os.geteuid() != 0:
        pytest.skip("only root can make networks")
    with Networks() as made:
        yield made


@contextmanager
def pool_at_the_cable(application: Application) -> Iterator[str]:
    """The address of a second pool, at the servers' end of the cable, in front of the same database."""
    user, port = servers_user(), free_port()
    direct = application.running.direct_database_url
    with tempfile.TemporaryDirectory(prefix="ahsp-pool-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        give_folder(folder / "pool", user)
        configuration = write_configuration(folder / "pool", direct, SERVERS_SIDE, port, PoolSize())
        for file in (configuration, folder / "pool" / "userlist.txt"):
            os.chown(file, user.uid if user else -1, user.gid if user else -1)
        program = str(pgbouncer_program())
        pool = subprocess.Popen(
            [program, "--quiet", configuration],
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[],
        )
        url = pooled_url(direct, SERVERS_SIDE, port)
        try:
            wait_for(lambda: console_answers(admin_url(url)), "the second pool")
            yield url
        finally:
            pool.terminate()
            pool.wait(timeout=30)


@contextmanager
def web_behind_the_cable(application: Application, networks: Networks, database: str, redis: str) -> Iterator[str]:
    """The address of a second web server, which reaches its servers through the cable alone."""
    settings = {
        **environment(application.home.root),
        "AHSP_SECRET_KEY_FILE": str(application.home.secrets / "secret-key"),
        "AHSP_ALLOWED_HOSTS": WEB_FRONT,
        "DATABASE_URL": database,
        "AHSP_DIRECT_DATABASE_URL": database,
        "REDIS_URL": redis,
        "DJANGO_SETTINGS_MODULE": "ahsp.settings",
    }
    command = [sys.executable, "-P", "-m", "ahsp.operations.stack.web_process", "0.0.0.0", str(PORT)]
    with (application.home.log / "second-web.log").open("ab") as log:
        inside = ["ip", "netns", "exec", networks.name]
        web = subprocess.Popen([*inside, *command], env=settings, stdout=log, stderr=log)
    address = f"http://{WEB_FRONT}:{PORT}"
    try:
        wait_for(lambda: page_answers(f"{address}/account/login/"), "the second web server")
        yield address
    finally:
        web.terminate()
        web.wait(timeout=60)


def test_the_network_between_web_and_pool_is_cut(
    application: Application, networks: Networks, record_property: Callable[[str, object], None]
) -> None:
    parts = urlsplit(application.running.redis_url)
    relay = Relay(parts.port or 6379)
    redis = parts._replace(netloc=f":{parts.password}@{SERVERS_SIDE}:{relay.port}").geturl()

    def cut_for_a_while() -> None:
        networks.cut()
        time.sleep(SECONDS_CUT)  # the fault itself, not a wait for something
        networks.mend()

    with (
        pool_at_the_cable(application) as database,
        web_behind_the_cable(application, networks, database, redis) as address,
        working(address, application.seeds) as crowd,
    ):
        outcome = survive(crowd, cut_for_a_while, lambda: True)
    relay.close()
    told("network cut", outcome, record_property)
    assert outcome.of_kind("unavailable")
    assert outcome.of_kind("dropped") == []
