"""What /readyz and /metrics say about a real pool."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from ahsp.operations.stack.pgbouncer import PoolSize, pgbouncer_program
from ahsp.operations.stack.servers import direct_environment, temporary_stack

pytestmark = pytest.mark.skipif(
    pgbouncer_program() is None and not os.environ.get("CI"), reason="PgBouncer is not installed here"
)
ASK = """
import json, django
django.setup()
from django.test import Client
answer = Client().get("/readyz")
print(json.dumps({"ready": [answer.status_code, answer.json()], "metrics": Client().get("/metrics").content.decode()}))
"""
CONNECTIONS = 2


@pytest.fixture(scope="module")
def stack() -> Iterator[dict[str, str]]:
    with temporary_stack(pool=PoolSize(clients=50, connections=CONNECTIONS, wait=30)) as environment:
        migrate = [sys.executable, "-P", "-m", "django", "migrate", "-v", "0"]
        subprocess.run(migrate, env=direct_environment(environment), check=True)
        yield environment


def ask(environment: dict[str, str]) -> tuple[int, dict[str, str], dict[str, float]]:
    """Status and causes of /readyz, samples of /metrics."""
    done = subprocess.run([sys.executable, "-P", "-c", ASK], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    status, body = answers["ready"]
    lines = [line for line in answers["metrics"].splitlines() if not line.startswith("#")]
    samples = {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}
    return status, {check["name"]: check["cause"] for check in body["checks"]}, samples


def test_pool_tells_its_clients_and_connections(stack: dict[str, str]) -> None:
    with psycopg.connect(stack["DATABASE_URL"]) as client:
        client.execute("SELECT 1")
        status, causes, samples = ask(stack)
    assert (status, set(causes.values())) == (200, {""})
    assert samples['ahsp_part_answers{part="pool"}'] == 1
    assert samples['ahsp_pool_clients{state="active"}'] >= 1
    assert samples['ahsp_pool_clients{state="waiting"}'] == 0
    assert 1 <= samples['ahsp_pool_servers{state="active"}'] <= CONNECTIONS
    assert samples["ahsp_pool_transactions_total"] >= 1


def test_a_pool_that_is_all_taken_is_told_apart_from_a_pool_that_is_gone(stack: dict[str, str]) -> None:
    clients = [psycopg.connect(stack["DATABASE_URL"]) for _ in range(CONNECTIONS)]
    for client in clients:
        client.execute("SELECT 1")
    try:
        status, causes, samples = ask(stack)
    finally:
        for client in clients:
            client.close()
    assert status == 503
    assert "does not answer" in causes["postgresql"]
    assert (samples['ahsp_part_answers{part="pool"}'], samples['ahsp_part_answers{part="postgres"}']) == (1, 0)
    assert samples['ahsp_pool_clients{state="waiting"}'] >= 1
    assert samples['ahsp_pool_servers{state="active"}'] == CONNECTIONS


def test_a_program_newer_than_its_database_is_not_ready(stack: dict[str, str]) -> None:
    direct = stack["AHSP_DIRECT_DATABASE_URL"]
    forget = "DELETE FROM django_migrations WHERE app = 'operations' AND name = '0001_initial' RETURNING app"
    with psycopg.connect(direct, autocommit=True) as connection:
        assert connection.execute(forget).fetchone()
        try:
            status, causes, _samples = ask(stack)
        finally:
            again = "INSERT INTO django_migrations (app, name, applied) VALUES ('operations', '0001_initial', now())"
            connection.execute(again)
    assert status == 503
    assert "operations.0001_initial" in causes["migrations"]
    assert causes["postgresql"] == ""
