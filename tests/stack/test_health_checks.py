"""The health checks of the production stack, run as they stand in compose.yaml against good and broken parts."""

from __future__ import annotations

import http.server
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from redis import Redis

from ahsp.operations.stack.pgbouncer import PoolSize
from ahsp.operations.stack.postgres import ACCESS_RULES, programs
from ahsp.operations.stack.servers import temporary_stack
from ahsp.operations.stack.system_user import give_folder, let_pass, servers_user
from ahsp.operations.stack.valkey import valkey_program
from tests.stack.compose import health_check, mounted, natively, services
from tests.stack.conftest import needs_pgbouncer
from tests.stack.machine import ROOT, free_port, wait_for

pytestmark = needs_pgbouncer
PASSWORD = "of 'the' tests $HOME"


@pytest.fixture(scope="module")
def stack() -> Iterator[dict[str, str]]:
    with temporary_stack(pool=PoolSize(clients=20, connections=2, wait=2)) as environment:
        migrate = [sys.executable, "-P", "-m", "ahsp.operations.production", "migrate"]
        subprocess.run(migrate, env=environment, check=True, capture_output=True)
        yield environment


@contextmanager
def silent_port() -> Iterator[int]:
    """Open, and nobody ever answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


@contextmanager
def started(command: list[str], environment: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """What a container starts, natively and as the user of servers, since none of them runs as root."""
    user = servers_user()
    for path in (folder, ROOT, Path(sys.prefix), Path(sys.base_prefix), programs(), valkey_program().parent):
        let_pass(path, user)
    own = Path(tempfile.mkdtemp(dir=folder))
    if user is not None:
        os.chown(own, user.uid, user.gid)
    process = subprocess.Popen(
        command,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), **environment, "TMPDIR": str(own)},
        cwd=own,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def part(name: str) -> list[str]:
    """How the image starts a part of ours."""
    return [sys.executable, "-P", "-m", "ahsp.operations.production", name]


def secret(folder: Path, text: str) -> str:
    """A secret as the engine of the containers shows it: a file that the container's user reads."""
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o444)
    return name


def is_ill(done: subprocess.CompletedProcess[str]) -> bool:
    """It failed, as a check fails: with one line."""
    assert len((done.stdout + done.stderr).splitlines()) <= 1, done.stderr
    return done.returncode == 1


def of_the_pool(stack: dict[str, str], folder: Path, **changed: str) -> dict[str, str]:
    """The settings of the container of the pool, with the addresses of the servers of these tests."""
    pooled, direct = (conninfo_to_dict(stack[name]) for name in ("DATABASE_URL", "AHSP_DIRECT_DATABASE_URL"))
    told: dict[str, str] = dict(services()["pgbouncer"]["environment"])
    told |= {"POSTGRES_HOST": str(direct["host"]), "POSTGRES_PORT": str(direct["port"])}
    told |= {"PGBOUNCER_PORT": str(pooled["port"]), "POSTGRES_PASSWORD_FILE": secret(folder, str(direct["password"]))}
    return {**told, **changed}


def test_pool_is_well_only_when_a_query_comes_back_through_it(stack: dict[str, str], tmp_path: Path) -> None:
    done = health_check("pgbouncer", **of_the_pool(stack, tmp_path))
    assert done.returncode == 0, done.stderr
    with silent_port() as port:
        assert is_ill(health_check("pgbouncer", **of_the_pool(stack, tmp_path, PGBOUNCER_PORT=str(port))))
    assert is_ill(health_check("pgbouncer", **of_the_pool(stack, tmp_path, PGBOUNCER_PORT=str(free_port()))))
    wrong = secret(tmp_path, "wrong")
    assert is_ill(health_check("pgbouncer", **of_the_pool(stack, tmp_path, POSTGRES_PASSWORD_FILE=wrong)))


def test_a_pool_with_a_dead_database_behind_an_open_port_is_ill(stack: dict[str, str], tmp_path: Path) -> None:
    """The image's own program, the right password, and nobody behind it: only a query tells."""
    told = of_the_pool(stack, tmp_path, POSTGRES_PORT=str(free_port()), PGBOUNCER_PORT=str(free_port()))
    told["PGBOUNCER_QUERY_WAIT_TIMEOUT"] = "1"
    with started(part("pool"), told, tmp_path):
        wait_for(lambda: is_open(int(told["PGBOUNCER_PORT"])), "the open port")
        assert is_ill(health_check("pgbouncer", **told))


def test_the_pool_of_the_image_serves(stack: dict[str, str], tmp_path: Path) -> None:
    told = of_the_pool(stack, tmp_path, PGBOUNCER_PORT=str(free_port()))
    with started(part("pool"), told, tmp_path):
        wait_for(lambda: health_check("pgbouncer", **told).returncode == 0, "a query through the pool")


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def redis_server(folder: Path, memory: str = "64mb") -> Iterator[dict[str, str]]:
    """Started as compose.yaml starts it; the settings of its health check."""
    service = services()["redis"]
    entry = natively(service, [*service["entrypoint"], *service["command"]])
    program = [str(valkey_program()) if word == "valkey-server" else word for word in entry]
    told = {"REDIS_PASSWORD_FILE": secret(folder, PASSWORD), "REDIS_PORT": str(free_port()), "REDIS_MEMORY": memory}
    told |= {"REDIS_CONFIGURATION": str(mounted(service)["/etc/ahsp/redis.conf"]), "REDIS_FOLDER": "."}
    with started(program, {**told, "REDIS_BIND": "127.0.0.1"}, folder) as process:
        yield told
    assert process.returncode == 0, "the signal to end did not reach it"


def test_redis_is_well_only_when_it_lets_us_in_and_takes_a_write(tmp_path: Path) -> None:
    with redis_server(tmp_path) as told:
        wait_for(lambda: health_check("redis", **told).returncode == 0, "the first answer")
        wrong = health_check("redis", **{**told, "REDIS_PASSWORD_FILE": secret(tmp_path, "wrong")})
        assert is_ill(wrong)
        assert "WRONGPASS" in wrong.stdout
        with Redis(port=int(told["REDIS_PORT"]), password=PASSWORD) as client:
            assert client.config_get("appendonly") == {"appendonly": "yes"}
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            client.config_set("maxmemory", 1)
            full = health_check("redis", **told)
            assert is_ill(full)
            assert "OOM" in full.stdout
            client.config_set("maxmemory", 0)
            client.config_set("requirepass", "")
            assert is_ill(health_check("redis", **told)), "it is open to everybody"
    assert health_check("redis", **told).returncode != 0
    with silent_port() as port:
        assert is_ill(health_check("redis", **{**told, "REDIS_PORT": str(port)}))


def test_who_does_not_sign_in_to_redis_is_told_noauth(stack: dict[str, str]) -> None:
    probe = [sys.executable, "-P", "-m", "ahsp.operations.probe", "redis"]
    assert subprocess.run(probe, env=stack, capture_output=True).returncode == 0
    without = {**stack, "REDIS_URL": re.sub(r"//[^@]*@", "//", stack["REDIS_URL"])}
    done = subprocess.run(probe, env=without, capture_output=True, text=True)
    assert is_ill(done)
    assert "AuthenticationError" in done.stderr


def test_postgres_of_the_image_makes_the_role_and_is_well_only_with_an_answer(tmp_path: Path) -> None:
    service = services()["postgres"]
    port = str(free_port())
    told = {**service["environment"], "APPLICATION_PASSWORD_FILE": secret(tmp_path, PASSWORD), "PGPORT": port}
    told |= {"PATH": str(programs()), "PGHOST": "127.0.0.1"}
    data = tmp_path / "data"
    for path in (tmp_path, programs()):
        let_pass(path, servers_user())
    give_folder(data, servers_user())
    make = [str(programs() / "initdb"), "--username=postgres", "--auth=trust", "--no-sync", "-D", str(data)]
    with started(make, {}, tmp_path) as process:
        assert process.wait(60) == 0
    command = [word.replace("/etc/ahsp", str(ROOT / "deploy" / "postgres")) for word in service["command"]]
    command = [str(programs() / command[0]), *command[1:], "-c", f"port={port}", "-c", "unix_socket_directories="]
    # A container has memory of its own to share; this machine may have little.
    command += ["-c", "shared_buffers=32MB", "-c", "fsync=off", "-c", "io_method=sync"]
    rules = data / "pg_hba.conf"
    rules.write_text(f"host all postgres 127.0.0.1/32 trust\n{ACCESS_RULES}", encoding="utf-8")
    with started(command, {"PGDATA": str(data)}, tmp_path):
        script = mounted(service)["/docker-entrypoint-initdb.d/application.sh"]
        paths = {**told, "PATH": f"{told['PATH']}:{os.environ['PATH']}"}
        wait_for(lambda: subprocess.run(["sh", script], env=paths, capture_output=True).returncode == 0, "the role")
        done = health_check("postgres", **told)
        assert done.returncode == 0, done.stderr
        ours = psycopg.connect(host="127.0.0.1", port=port, user="ahsp", dbname="ahsp", password=PASSWORD)
        with ours as connection:
            row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
            assert row == (False,)
        assert health_check("postgres", **{**told, "APPLICATION_DATABASE": "none"}).returncode != 0
        wrong = secret(tmp_path, "wrong")
        assert health_check("postgres", **{**told, "APPLICATION_PASSWORD_FILE": wrong}).returncode != 0
    assert health_check("postgres", **told).returncode != 0


def of_the_application(stack: dict[str, str], **changed: str) -> dict[str, str]:
    """What a container of the application is told, with the addresses of the servers of these tests."""
    told = dict(services()["web"]["environment"])
    given = {name: stack[name] for name in ("DATABASE_URL", "AHSP_DIRECT_DATABASE_URL", "REDIS_URL", "AHSP_HOME")}
    kept = {name: value for name, value in told.items() if name in {"AHSP_HTTPS", "AHSP_TRUSTED_PROXIES"}}
    return {**kept, **given, "AHSP_SECRET_KEY": "of the tests", "DJANGO_SETTINGS_MODULE": "ahsp.settings", **changed}


def test_web_is_well_only_when_it_is_ready(stack: dict[str, str], tmp_path: Path) -> None:
    told = of_the_application(stack, AHSP_PORT=str(free_port()))
    with started(part("web"), told, tmp_path):
        wait_for(lambda: health_check("web", **told).returncode == 0, "a node that is ready")
    assert is_ill(health_check("web", **told))
    away = of_the_application(stack, AHSP_PORT=told["AHSP_PORT"], DATABASE_URL="postgresql://a:b@127.0.0.1:1/none")
    with started(part("web"), away, tmp_path):
        wait_for(lambda: "503" in health_check("web", **away).stderr, "a node without its database")


def test_worker_and_beat_are_well_only_when_they_do_something(stack: dict[str, str], tmp_path: Path) -> None:
    told = of_the_application(stack)
    assert is_ill(health_check("worker", **told))
    assert is_ill(health_check("beat", **told))
    with started(part("worker"), told, tmp_path) as worker, started(part("beat"), told, tmp_path):
        wait_for(lambda: health_check("worker", **told).returncode == 0, "a reply of the worker")
        wait_for(lambda: health_check("beat", **told).returncode == 0, "a trace of beat")
        worker.send_signal(signal.SIGSTOP)
        assert is_ill(health_check("worker", **told)), "it stands still"


class Page(http.server.BaseHTTPRequestHandler):
    """Stands for the application behind the proxy."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/livez" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def test_the_proxy_is_well_only_when_a_page_comes_through_its_tls(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    make = [str(ROOT / "deploy" / "make-secrets.sh"), "ahsp.office.example"]
    for _ in range(2):
        subprocess.run(make, env={"PATH": os.environ["PATH"], "AHSP_SECRETS": str(folder)}, check=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls-certificate.pem", folder / "tls-key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told = {"PROXY_PORT": str(server.server_address[1])}
    try:
        done = health_check("proxy", **told)
        assert done.returncode == 0, done.stderr
        Page.status = 503
        assert health_check("proxy", **told).returncode != 0
    finally:
        server.shutdown()
        server.server_close()
    assert health_check("proxy", **told).returncode != 0


def test_secrets_are_made_once_and_lie_in_a_closed_folder(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    make = [str(ROOT / "deploy" / "make-secrets.sh")]
    told = {"PATH": os.environ["PATH"], "AHSP_SECRETS": str(folder)}
    subprocess.run(make, env=told, check=True)
    made = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert set(made) == {"postgres-password", "database-password", "redis-password", "secret-key"}
    assert all(len(text) == 43 for text in made.values())
    assert len(set(made.values())) == len(made)
    assert folder.stat().st_mode & 0o077 == 0
    subprocess.run(make, env=told, check=True)
    assert {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()} == made
