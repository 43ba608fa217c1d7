"""/livez, /readyz and /metrics: what they say, in time, whatever is away, and to whom."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from ahsp.operations.watching.bounded import Look
from ahsp.operations.watching.checks import PARTS, Migrations
from tests.people import Cast, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
AWAY = {"REMOTE_ADDR": "203.0.113.7"}
TOKEN = "pantau-sendiri-tujuh"


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        return int(closed.getsockname()[1])


@pytest.fixture(autouse=True)
def migrations_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A good answer about migrations holds for some seconds; no test lives on that of another."""
    monkeypatch.setitem(PARTS, "migrations", (Look(Migrations()), True))


def ready(status: int, **request: str) -> dict[str, dict[str, Any]]:
    answer = Client().get("/readyz", **request)
    body = answer.json()
    assert (answer.status_code, body["ready"]) == (status, status == 200)
    return {check["name"]: check for check in body["checks"]}


def test_alive_asks_nobody(monkeypatch: pytest.MonkeyPatch, closed_port: int) -> None:
    monkeypatch.setitem(connections.settings["default"], "PORT", str(closed_port))
    assert Client().get("/livez").json() == {"alive": True}


def test_ready_names_every_part_with_its_time() -> None:
    checks = ready(200)
    assert list(checks) == ["postgresql", "migrations", "redis", "broker"]
    assert all(check["ok"] and check["cause"] == "" and check["took_ms"] > 0 for check in checks.values())


def test_without_the_database_a_node_is_not_ready(monkeypatch: pytest.MonkeyPatch, closed_port: int) -> None:
    monkeypatch.setitem(connections.settings["default"], "PORT", str(closed_port))
    checks = ready(503)
    assert not checks["postgresql"]["ok"] and not checks["migrations"]["ok"]
    assert str(closed_port) in checks["postgresql"]["cause"]
    assert checks["redis"]["ok"] and checks["broker"]["ok"]


def test_a_database_that_says_nothing_does_not_hold_the_answer(
    monkeypatch: pytest.MonkeyPatch, silent_port: int
) -> None:
    monkeypatch.setitem(connections.settings["default"], "PORT", str(silent_port))
    for _ in range(2):
        checks = ready(503)
        assert "does not answer" in checks["postgresql"]["cause"]
        assert checks["redis"]["ok"]


def test_a_pending_migration_is_named() -> None:
    recorder = MigrationRecorder(connections["default"])
    recorder.record_unapplied("operations", "0001_initial")
    try:
        assert "operations.0001_initial" in ready(503)["migrations"]["cause"]
    finally:
        recorder.record_applied("operations", "0001_initial")


def test_without_redis_a_node_is_ready_and_says_what_is_away(settings: Any, closed_port: int) -> None:
    settings.REDIS_URL = settings.CELERY_BROKER_URL = f"redis://:geheim-sandi@127.0.0.1:{closed_port}/0"
    checks = ready(200)
    for name in ("redis", "broker"):
        assert not checks[name]["ok"] and not checks[name]["needed"]
        assert "cannot be reached" in checks[name]["cause"]
        assert "geheim-sandi" not in checks[name]["cause"]


def test_noauth_is_no_good_answer(settings: Any) -> None:
    address = django_settings.REDIS_URL.rpartition("@")[2]
    settings.REDIS_URL = settings.CELERY_BROKER_URL = f"redis://{address}"
    checks = ready(200)
    assert "does not accept our password" in checks["redis"]["cause"]
    assert not checks["broker"]["ok"]


def test_strangers_learn_whether_and_not_why() -> None:
    answer = Client().get("/readyz", **AWAY)
    assert answer.status_code == 200
    assert answer.json() == {"ready": True}


def test_probes_ask_for_no_name_no_session_and_no_https(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    for path in ("/livez", "/livez/stream", "/readyz", "/metrics"):
        answer = Client().get(path, HTTP_HOST="nama.tidak.dikenal")
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "no-store"


def test_figures_are_for_monitoring_only(settings: Any, cast: Cast) -> None:
    settings.METRICS_TOKEN = TOKEN
    for client in (Client(), sign_in(cast.ani)):
        answer = client.get("/metrics", **AWAY)
        assert answer.status_code == 404
        assert "ahsp_requests" not in answer.content.decode()
    for refused in ("Bearer salah", f"Basic {TOKEN}", TOKEN):
        assert Client().get("/metrics", HTTP_AUTHORIZATION=refused, **AWAY).status_code == 404
    assert Client().get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}", **AWAY).status_code == 200


def test_a_proxy_nobody_declared_does_not_make_strangers_local() -> None:
    assert Client().get("/metrics", HTTP_X_FORWARDED_FOR="203.0.113.7").status_code == 404
    assert "checks" not in Client().get("/readyz", HTTP_X_FORWARDED_FOR="203.0.113.7").json()


def test_an_empty_token_opens_nothing() -> None:
    assert Client().get("/metrics", HTTP_AUTHORIZATION="Bearer ", **AWAY).status_code == 404


def test_figures_can_be_read_by_prometheus(cast: Cast) -> None:
    sign_in(cast.ani).get("/projects/")
    text = Client().get("/metrics").content.decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    requests = {sample.labels["view"] for sample in families["ahsp_requests"].samples}
    assert "estimates:projects" in requests
    answers = {sample.labels["part"]: sample.value for sample in families["ahsp_part_answers"].samples}
    assert answers == dict.fromkeys(("pool", "postgres", "redis", "processes"), 1.0)
    states = {sample.labels["state"]: sample.value for sample in families["ahsp_postgres_connections"].samples}
    assert sum(states.values()) >= 1
    jobs = {sample.labels["state"] for sample in families["ahsp_jobs"].samples}
    assert {"waiting", "running", "failed"} <= jobs
    assert families["ahsp_jobs_oldest_waiting_seconds"].samples[0].value == 0
    assert families["ahsp_redis_memory_bytes"].samples[0].value > 0
    assert families["ahsp_processes_resident_bytes"].samples[0].value > 0


def test_figures_come_without_the_parts_that_are_away(
    monkeypatch: pytest.MonkeyPatch, settings: Any, closed_port: int
) -> None:
    monkeypatch.setitem(connections.settings["default"], "PORT", str(closed_port))
    settings.REDIS_URL = f"redis://127.0.0.1:{closed_port}/0"
    text = Client().get("/metrics").content.decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    answers = {sample.labels["part"]: sample.value for sample in families["ahsp_part_answers"].samples}
    assert (answers["postgres"], answers["redis"], answers["processes"]) == (0.0, 0.0, 1.0)
    assert "ahsp_postgres_connections" not in families
    assert "ahsp_requests" in families
