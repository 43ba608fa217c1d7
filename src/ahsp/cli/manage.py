"""`./ahsp manage`: Django's management commands with the stack's own servers."""

from __future__ import annotations

import os

import click

from ahsp.operations.stack.servers import running_stack


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's management commands; the servers are started for it if they do not run."""
    with running_stack() as environment:
        os.environ.update(environment)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["ahsp manage", *arguments])
