"""The process the web server runs in: `python -m ahsp.operations.stack.web_process HOST PORT`."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings

from ahsp.operations.stack.processes import end_with_parent

WORKERS = 2
# Connections of a worker at once: its streams, and as many besides.
MOST_CONNECTIONS = 1024
# Longer than a proxy keeps a connection to us (deploy/proxy/nginx.conf): whoever closes first must be the one that
# sends, or a form that is sent at that moment is lost on its way.
SECONDS_A_CONNECTION_IDLES = 75


def load_application(target: str, parent: int) -> Any:
    """What a worker serves. The worker ends when the process that started it is killed."""
    end_with_parent(parent, signal.SIGTERM)
    # A worker inherits handlers that mean nothing in it; until it has its own, a request to end just ends it.
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, signal.SIG_DFL)
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)


class _Loader:
    """A loader that can be sent to a worker process."""

    def __init__(self, parent: int) -> None:
        self._parent = parent

    def __call__(self, target: str) -> Any:
        return load_application(target, self._parent)


def serve(host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; a worker that crashes is started again."""
    server = Granian(
        # Pages run in the threads of the application, streams in its loop: decision 0014.
        "ahsp.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        # The one whose handling of signals the streams rely on.
        loop=Loops.asyncio,
        workers=WORKERS,
        backlog=1024,
        backpressure=MOST_CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        http1_settings=HTTP1Settings(header_read_timeout=SECONDS_A_CONNECTION_IDLES * 1000),
        websockets=False,
    )
    server.serve(target_loader=_Loader(os.getpid()))


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
