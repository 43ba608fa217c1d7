"""`./ahsp up` with servers of somebody else, as the settings of a deployment name them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from ahsp.operations.stack.pgbouncer import PoolSize
from ahsp.operations.stack.servers import temporary_stack
from tests.stack.conftest import Installation, needs_pgbouncer
from tests.stack.machine import Up, Visitor, free_port, run

pytestmark = needs_pgbouncer


@pytest.fixture(scope="module")
def deployed() -> Iterator[dict[str, str]]:
    """Servers that run already; theirs are the addresses."""
    with temporary_stack(pool=PoolSize()) as environment:
        yield environment


def _settings(deployed: dict[str, str]) -> dict[str, str]:
    direct = conninfo_to_dict(deployed["AHSP_DIRECT_DATABASE_URL"])
    pooled = conninfo_to_dict(deployed["DATABASE_URL"])
    return {
        "POSTGRES_DB": str(direct["dbname"]),
        "POSTGRES_USER": str(direct["user"]),
        "POSTGRES_PASSWORD": str(direct["password"]),
        "POSTGRES_HOST": str(direct["host"]),
        "POSTGRES_PORT": str(direct["port"]),
        "PGBOUNCER_PORT": str(pooled["port"]),
        "CACHE_BACKEND": "redis",
        "REDIS_URL": deployed["REDIS_URL"],
        "CELERY_BROKER_URL": deployed["REDIS_URL"].removesuffix("/0") + "/1",
    }


def _write(folder: Path, settings: dict[str, str]) -> str:
    file = folder / "settings of the office"
    file.write_text("".join(f"{name}='{value}'\n" for name, value in settings.items()), encoding="utf-8")
    return str(file)


def test_the_env_file_of_a_deployment_is_all_that_up_needs(
    deployed: dict[str, str], installation: Installation, tmp_path: Path
) -> None:
    settings = _settings(deployed)
    up = Up(installation.script, tmp_path / "home", AHSP_ENV_FILE=_write(tmp_path, settings)).ready()
    try:
        assert "goes through the PgBouncer that the settings name" in up.output
        assert not up.members("sbin/pgbouncer")
        assert not up.members("bin/postgres")
        assert conninfo_to_dict(up.urls["database_url"])["port"] == settings["PGBOUNCER_PORT"]
        assert conninfo_to_dict(up.urls["direct_database_url"])["port"] == settings["POSTGRES_PORT"]
        assert up.urls["broker_url"] == settings["CELERY_BROKER_URL"]
        assert 'type="password"' in Visitor(up.page).get()
    finally:
        assert up.end() == 0


def test_a_database_without_a_pool_gets_one_of_ours(
    deployed: dict[str, str], installation: Installation, tmp_path: Path
) -> None:
    settings = _settings(deployed)
    del settings["PGBOUNCER_PORT"]
    up = Up(installation.script, tmp_path / "home", AHSP_ENV_FILE=_write(tmp_path, settings)).ready()
    try:
        assert "1000 clients on 25 connections" in up.output
        assert len(up.members("sbin/pgbouncer")) == 1
        assert conninfo_to_dict(up.urls["direct_database_url"])["port"] == settings["POSTGRES_PORT"]
        assert 'type="password"' in Visitor(up.page).get()
    finally:
        assert up.end() == 0


def test_a_pool_that_is_not_said_to_be_one_is_recognized(
    deployed: dict[str, str], installation: Installation, tmp_path: Path
) -> None:
    given = {"DATABASE_URL": deployed["DATABASE_URL"], "REDIS_URL": deployed["REDIS_URL"]}
    done = run(installation.script, "up", "--port", str(free_port()), home=tmp_path / "home", **given)
    assert done.returncode == 2
    assert "AHSP_DIRECT_DATABASE_URL" in done.stderr.splitlines()[-1]


def test_a_misspelt_setting_stops_the_start_in_one_line(installation: Installation, tmp_path: Path) -> None:
    file = _write(tmp_path, {"POSTGRES_BD": "rab"})
    done = run(installation.script, "up", home=tmp_path / "home", AHSP_ENV_FILE=file)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "did you mean POSTGRES_DB" in done.stderr
