"""`./ahsp backup` and `./ahsp restore`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from ahsp.cli.messages import say
from ahsp.operations.stack.backup import back_up
from ahsp.operations.stack.backup import restore as put_back
from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.home import default_home, open_home
from ahsp.operations.stack.lock import is_held
from ahsp.operations.stack.servers import running_stack


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the whole database to FILE, also while people work."""
    with running_stack() as environment:
        size = back_up(_direct(environment), file)
    say("backup.done", {"path": str(file), "size": f"{max(size // 1024, 1):,}".replace(",", " ")})


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the backup FILE in place of the database, which is kept under another name."""
    home = open_home(default_home())
    if is_held(home):
        raise StackError("backup.stop_first", path=str(home.root))
    with running_stack() as environment:
        kept = put_back(_direct(environment), file, _known_migrations(environment))
    say("restore.done", {"path": str(file), "kept": kept})


def _direct(environment: Mapping[str, str]) -> str:
    return environment.get("AHSP_DIRECT_DATABASE_URL") or environment["DATABASE_URL"]


def _known_migrations(environment: Mapping[str, str]) -> list[tuple[str, str]]:
    os.environ.update(environment)
    import django
    from django.db.migrations.loader import MigrationLoader

    django.setup()
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return list(loader.disk_migrations or {})
