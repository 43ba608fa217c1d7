"""Free ports on the loopback address, remembered so that addresses stay the same."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

from ahsp.operations.stack.files import replace_file

LOOPBACK = "127.0.0.1"


def can_listen(host: str, port: int) -> OSError | None:
    """None when a server could listen there now, else the reason why not."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as listener:
            if sys.platform != "win32":
                # Connections of a server just ended may linger; they do not keep the port.
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(1)
    except OSError as error:
        return error
    return None


def free_port() -> int:
    """A port of the loopback address nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return int(listener.getsockname()[1])


def remembered_port(path: Path, name: str) -> int:
    """The port `name` had last time if it is free, else another one, which is remembered in `path`."""
    ports = _read(path)
    port = ports.get(name)
    if port is None or can_listen(LOOPBACK, port) is not None:
        port = free_port()
        replace_file(path, json.dumps({**ports, name: port}, indent=1))
    return port


def _read(path: Path) -> dict[str, int]:
    try:
        ports = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(ports, dict):
        return {}
    return {str(name): port for name, port in ports.items() if isinstance(port, int) and 0 < port < 65536}
