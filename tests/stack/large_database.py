"""A database as large as that of a whole province: 100,000 projects, 5 million work items, and all that hangs on them.

Made by the server itself from numbers, in tables that are not logged, their indexes built after the rows are there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

FILLING = Path(__file__).with_suffix(".sql")
# What grows with use. Editions and price books grow with the regulation, and a process reads them once.
LARGE = {
    "accounts_apitoken",
    "accounts_membership",
    "accounts_organization",
    "accounts_person",
    "django_session",
    "estimates_section",
    "estimates_workitem",
    "jobs_job",
    "jobs_jobfile",
    "projects_change",
    "projects_comment",
    "projects_project",
    "projects_projectrole",
    "projects_rowchange",
    "projects_snapshot",
}
EMPTY = "'{}'"
# What a column that is not named holds, by its type.
PLAIN = {
    "bool": "false",
    "bytea": "''",
    "date": "CURRENT_DATE",
    "int2": "0",
    "int4": "0",
    "int8": "0",
    "jsonb": EMPTY,
    "numeric": "0",
    "text": "''",
    "timestamptz": "now()",
    "uuid": "gen_random_uuid()",
    "varchar": "''",
}


@dataclass(frozen=True)
class Large:
    """Who looks: a person of the agency with half of all projects, and one of forty offices; codes they may open."""

    agency_person: int = 1
    offices_person: int = 2
    agency_code: str = "p000000777"


@contextmanager
def large_database(name: str = "ahsp_large") -> Iterator[Large]:
    """Make it beside the tests' own and lead Django there until the end of the block."""
    address = os.environ.get("AHSP_DIRECT_DATABASE_URL") or os.environ["DATABASE_URL"]
    before = dict(connection.settings_dict)
    direct = psycopg.conninfo.conninfo_to_dict(address)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            connection.close()
            connection.settings_dict.update(NAME=name, HOST=direct["host"], PORT=str(direct["port"]))
            call_command("migrate", verbosity=0, interactive=False)
            _fill()
            yield Large()
        finally:
            connection.close()
            connection.settings_dict.update(before)
            server.execute(drop)


def _fill() -> None:
    with connection.cursor() as cursor:
        _execute(cursor, "SET synchronous_commit = off", "SET maintenance_work_mem = '256MB'")
        _execute(cursor, *_without_foreign_keys(cursor), *_with_defaults(cursor))
        indexes = _indexes(cursor)
        _execute(cursor, *(f'DROP INDEX "{index}"' for index, _ in indexes))
        _execute(cursor, *(f'ALTER TABLE "{table}" SET UNLOGGED' for table in sorted(LARGE)))
        _execute(cursor, *FILLING.read_text(encoding="utf-8").split(";\n"))
        _execute(cursor, *(definition for _, definition in indexes), "VACUUM (ANALYZE)")


def _execute(cursor: Any, *statements: str) -> None:
    for statement in statements:
        cursor.execute(statement)


def _without_foreign_keys(cursor: Any) -> list[str]:
    """Checking fifteen million references says nothing about plans."""
    cursor.execute("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'")
    return [f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"' for table, constraint in cursor.fetchall()]


def _with_defaults(cursor: Any) -> list[str]:
    """A default for each column that must have a value and has none, so that a model may grow without this file."""
    cursor.execute(
        """
        SELECT table_name, column_name, udt_name FROM information_schema.columns
         WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
        """
    )
    return [
        f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET DEFAULT {PLAIN.get(kind, EMPTY)}'
        for table, column, kind in cursor.fetchall()
    ]


def _indexes(cursor: Any) -> list[tuple[str, str]]:
    """Name and definition of the indexes of large tables that no constraint needs."""
    cursor.execute(
        """
        SELECT indexname, indexdef FROM pg_indexes
         WHERE tablename = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)
        """,
        [sorted(LARGE)],
    )
    return list(cursor.fetchall())
