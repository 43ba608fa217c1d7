"""What stands between two parts: a slow network, a proxy with TLS, a stranger on the port."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

LOOPBACK = "127.0.0.1"
Change = Callable[[bytes], bytes]


class Relay:
    """Passes bytes on to a port of this machine, later or changed: `request` sees what is sent there first."""

    def __init__(
        self,
        to: int,
        *,
        port: int = 0,
        host: str = LOOPBACK,
        delay: float = 0,
        request: Change | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._to, self._delay, self._request, self._tls = to, delay, request, tls
        self._listener = socket.create_server((host, port))
        self.port = int(self._listener.getsockname()[1])

    def __enter__(self) -> Relay:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone leaves the thread in accept() and with it the port.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        try:
            client = self._tls.wrap_socket(plain, server_side=True) if self._tls else plain
            server = socket.create_connection((LOOPBACK, self._to))
        except OSError:
            plain.close()
            return
        threading.Thread(target=self._pump, args=(client, server, self._request), daemon=True).start()
        self._pump(server, client, None)

    def _pump(self, source: socket.socket, sink: socket.socket, change: Change | None) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                time.sleep(self._delay)
                sink.sendall(change(data) if change else data)
                change = None
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def says_https(request: bytes) -> bytes:
    """What a proxy adds to a request that came to it over TLS."""
    line, _, rest = request.partition(b"\r\n")
    return line + b"\r\nX-Forwarded-Proto: https\r\n" + rest


@contextlib.contextmanager
def stranger(host: str = LOOPBACK, port: int = 0, greeting: bytes = b"SSH-2.0-Stranger\r\n") -> Iterator[int]:
    """Another program on a port: it greets everybody in its own way."""
    listener = socket.create_server((host, port))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.sendall(greeting)
                connection.recv(4096)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


class Authority:
    """Signs certificates of any name and any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.certificate = folder / "authority.pem"
        self._openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "authority.key")
        self._openssl(
            *("req", "-x509", "-new", "-key", "authority.key", "-out", "authority.pem", "-days", "3650"),
            *("-subj", "/CN=Authority of the tests", "-addext", "basicConstraints=critical,CA:TRUE"),
        )
        (folder / "index.txt").touch()
        (folder / "authority.cnf").write_text(
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\n"
            "policy=p\nunique_subject=no\ncopy_extensions=copy\n[p]\ncommonName=supplied\n"
        )

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self._folder, check=True, capture_output=True)

    def context(self, name: str, start: float, end: float) -> ssl.SSLContext:
        """For a server called `name`; `start` and `end` are days from now."""
        stem = f"{name}.{start}.{end}"
        self._openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{stem}.key")
        self._openssl(
            *("req", "-new", "-key", f"{stem}.key", "-subj", f"/CN={name}", "-out", f"{stem}.csr"),
            *("-addext", f"subjectAltName=DNS:{name}"),
        )
        times = [time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + days * 86400)) for days in (start, end)]
        self._openssl(
            *("ca", "-batch", "-config", "authority.cnf", "-in", f"{stem}.csr", "-out", f"{stem}.pem", "-notext"),
            *("-keyfile", "authority.key", "-cert", "authority.pem", "-startdate", times[0], "-enddate", times[1]),
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / f"{stem}.pem", self._folder / f"{stem}.key")
        return context
