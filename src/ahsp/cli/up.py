"""`./ahsp up`."""

from __future__ import annotations

import click

from ahsp.cli.front_end import ensure_front_end
from ahsp.cli.messages import say
from ahsp.operations.stack import supervisor


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def up(host: str, port: int) -> None:
    """Start the application with its servers, print its address, stop with Ctrl-C."""
    supervisor.up(host, port, say, ensure_front_end)
