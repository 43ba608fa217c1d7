"""A request of ASGI as WSGI has it (PEP 3333)."""

from __future__ import annotations

import sys
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from ahsp.core.streams.asgi import Receive, Scope

_ALWAYS: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}
_OWN_NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
# A larger body waits on disk.
BYTES_IN_MEMORY = 512 * 1024


class ClientGone(Exception):
    """The client left before its request was whole."""


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """What the WSGI application is asked with."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ = {
        **_ALWAYS,
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": _path(scope),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
    }
    for name, value in scope["headers"]:
        _add_header(environ, name.decode("latin-1"), value.decode("latin-1"))
    return environ


def _path(scope: Scope) -> str:
    """The bytes of the path, each as one character."""
    raw = scope.get("raw_path") or scope["path"].encode()
    return unquote_to_bytes(raw.partition(b"?")[0]).decode("latin-1")


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    # Here X_Forwarded_For and X-Forwarded-For would be one: a client could write what only a proxy may.
    if "_" in name:
        return
    key = _OWN_NAMES.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
    if key in environ:
        value = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}"
    environ[key] = value


async def body_of(scope: Scope, receive: Receive, most: int) -> IO[bytes]:
    """The body as a file, whole, so that no thread ever waits for a slow sender. Raises ClientGone.

    As much is read as was announced, which is all that Django reads. Of what is announced larger than `most`, or as
    no number, nothing is read: the application refuses it for what it announces.
    """
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    length = int(announced) if announced.isdigit() and len(announced) < 19 else 0
    if not 0 < length <= most:
        return BytesIO()
    file: IO[bytes] = BytesIO() if length <= BYTES_IN_MEMORY else SpooledTemporaryFile(BYTES_IN_MEMORY)  # noqa: SIM115 read by the application
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            file.close()
            raise ClientGone
        file.write(message.get("body", b""))
        more = message.get("more_body", False)
    file.seek(0)
    return file
