"""Backup while people work, restore, and what refuses to be restored."""

from __future__ import annotations

import stat
from pathlib import Path

import psycopg

from tests.stack.conftest import Installation
from tests.stack.machine import Up, run

NAMES = "SELECT name FROM projects_project ORDER BY id"


def names(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [str(row[0]) for row in connection.execute(NAMES)]


def test_a_backup_comes_back_and_what_was_there_is_kept(installation: Installation, home: Path, up: Up) -> None:
    file = home.parent / "night.dump"
    before = names(up.urls["database_url"])
    done = run(installation.script, "backup", str(file), home=home)
    assert done.returncode == 0, done.stderr
    assert str(file) in done.stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with psycopg.connect(up.urls["database_url"]) as connection:
        connection.execute("UPDATE projects_project SET name = 'Lost'")
    refused = run(installation.script, "restore", str(file), home=home)
    assert refused.returncode == 2
    assert "stop it with Ctrl-C" in refused.stderr
    up.end()
    restored = run(installation.script, "restore", str(file), home=home)
    assert restored.returncode == 0, restored.stderr
    again = Up(installation.script, home).ready()
    try:
        url = again.urls["database_url"]
        assert names(url) == before
        kept = restored.stdout.split("under the name ")[1].split(":")[0]
        assert set(names(_beside(again, kept))) == {"Lost"}
    finally:
        again.end()


def _beside(up: Up, name: str) -> str:
    direct = up.urls.get("direct_database_url") or up.urls["database_url"]
    return f"{direct.rpartition('/')[0]}/{name}"


def test_what_is_no_backup_changes_nothing(installation: Installation, home: Path) -> None:
    file = home.parent / "letter.dump"
    file.write_text("Dear colleague")
    done = run(installation.script, "restore", str(file), home=home)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "Nothing was changed" in done.stderr
    missing = run(installation.script, "restore", str(home.parent / "absent.dump"), home=home)
    assert missing.returncode == 2
    assert "no file" in missing.stderr


def test_a_backup_of_a_later_version_is_refused(installation: Installation, home: Path) -> None:
    file = home.parent / "later.dump"
    with_up = Up(installation.script, home).ready()
    try:
        with psycopg.connect(with_up.urls["database_url"]) as connection:
            connection.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('zukunft', '0001_later', now())"
            )
        assert run(installation.script, "backup", str(file), home=home).returncode == 0
        with psycopg.connect(with_up.urls["database_url"]) as connection:
            connection.execute("DELETE FROM django_migrations WHERE app = 'zukunft'")
    finally:
        with_up.end()
    done = run(installation.script, "restore", str(file), home=home)
    assert done.returncode == 2
    assert "zukunft.0001_later" in done.stderr
