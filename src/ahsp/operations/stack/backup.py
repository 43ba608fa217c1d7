"""Backup of the database into one file, and the way back, with PostgreSQL's own programs."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.postgres import programs

# A database every PostgreSQL has: the one to be replaced cannot be open while it is renamed.
NEUTRAL = "postgres"
PLAIN = ("--no-owner", "--no-privileges")
_NAMES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
_APPLIED = "SELECT app, name FROM django_migrations"


def back_up(url: str, target: Path) -> int:
    """Write everything in the database at `url` to `target` and prove that it can be read back.

    The file holds passwords' hashes and all projects, so it is its owner's alone; it appears whole or not at all.
    Answers with its size in bytes. Raises StackError.
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=_folder(target))
    os.close(handle)
    unfinished = Path(name)
    try:
        _run(["pg_dump", "--format=custom", *PLAIN, f"--file={unfinished}"], url)
        _run(["pg_restore", "--list", str(unfinished)], url)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def _folder(target: Path) -> Path:
    folder = target.absolute().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise StackError("backup.no_folder", path=str(folder))
    return folder


def restore(url: str, source: Path, known_migrations: Sequence[tuple[str, str]]) -> str:
    """Put what `source` holds in place of the database at `url`; answers with the name the present one now has.

    It is read into a database beside the present one, which is only renamed once all of it is there; nothing is
    deleted. Raises StackError: unreadable, made by a later program (a migration is not among
    `known_migrations`), or somebody still uses the database.
    """
    if not source.is_file():
        raise StackError("backup.no_file", path=str(source))
    name = str(conninfo_to_dict(url)["dbname"])
    beside = f"{name}_restoring"
    with psycopg.connect(make_conninfo(url, dbname=NEUTRAL), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(beside)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(beside)))
        try:
            target = make_conninfo(url, dbname=beside)
            _run(
                ["pg_restore", "--single-transaction", "--no-owner", "--no-privileges", "-d", beside, str(source)], url
            )
            _require_known(target, known_migrations, source)
            return _exchange(connection, name, beside)
        except BaseException:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(beside)))
            raise


def _require_known(url: str, known: Sequence[tuple[str, str]], source: Path) -> None:
    with psycopg.connect(url) as connection:
        try:
            applied = connection.execute(_APPLIED).fetchall()
        except psycopg.errors.UndefinedTable as error:
            raise StackError("backup.not_ours", path=str(source)) from error
    unknown = sorted({f"{app}.{name}" for app, name in applied} - {f"{app}.{name}" for app, name in known})
    if unknown:
        raise StackError("backup.newer", path=str(source), migration=unknown[-1])


def _exchange(connection: psycopg.Connection[tuple[object, ...]], name: str, beside: str) -> str:
    moment = connection.execute("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD_HH24MISS')").fetchone()
    assert moment is not None  # noqa: S101 - a SELECT of one value has one row
    kept = f"{name}_until_{moment[0]}"
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        connection.execute(rename.format(sql.Identifier(name), sql.Identifier(kept)))
    except psycopg.errors.ObjectInUse as error:
        raise StackError("backup.in_use") from error
    connection.execute(rename.format(sql.Identifier(beside), sql.Identifier(name)))
    return kept


def _run(command: Sequence[str], url: str) -> None:
    parts = conninfo_to_dict(url)
    others = {key: value for key, value in parts.items() if key not in _NAMES and key.startswith("ssl")}
    connection = {_NAMES[key]: str(value) for key, value in parts.items() if key in _NAMES}
    connection |= {f"PG{key.upper()}": str(value) for key, value in others.items()}
    program = programs() / command[0]
    # The password goes through the environment, which only the same user can read, never through the arguments.
    done = subprocess.run(
        [str(program), *command[1:]], env={**os.environ, **connection}, capture_output=True, text=True, errors="replace"
    )
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["…"]
        raise StackError("backup.failed", program=command[0], reason=lines[0].strip())
