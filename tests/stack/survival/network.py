"""A web server in a network of its own: one cable to the people, another to its servers, which can be cut."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from contextlib import suppress

PEOPLE_SIDE, WEB_FRONT = "10.213.71.1", "10.213.71.2"
SERVERS_SIDE, WEB_BACK = "10.213.72.1", "10.213.72.2"


def ip(*arguments: str) -> None:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, f"ip {' '.join(arguments)}: {done.stderr}"


class Networks:
    """Two cables between this network and another, named for this process."""

    def __init__(self) -> None:
        mark = os.getpid() % 100_000
        self.name = f"ahsp-web-{mark}"
        # The kernel takes names of up to 15 letters.
        self._front, self._back = f"afront{mark}", f"aback{mark}"

    def __enter__(self) -> Networks:
        ip("netns", "add", self.name)
        ip("-n", self.name, "link", "set", "lo", "up")
        for cable, here, there in ((self._front, PEOPLE_SIDE, WEB_FRONT), (self._back, SERVERS_SIDE, WEB_BACK)):
            ip("link", "add", cable, "type", "veth", "peer", "name", f"{cable}w", "netns", self.name)
            ip("address", "add", f"{here}/24", "dev", cable)
            ip("-n", self.name, "address", "add", f"{there}/24", "dev", f"{cable}w")
            ip("link", "set", cable, "up")
            ip("-n", self.name, "link", "set", f"{cable}w", "up")
        return self

    def __exit__(self, *_: object) -> None:
        """The cables go with the network they lead to."""
        for cable in (self._front, self._back):
            subprocess.run(["ip", "link", "delete", cable], capture_output=True)
        ip("netns", "delete", self.name)

    def cut(self) -> None:
        """Pull the cable to the servers on their side: what the web server sends is lost without a word."""
        ip("link", "set", self._back, "down")

    def mend(self) -> None:
        ip("link", "set", self._back, "up")


class Relay:
    """Passes on to `port` of the loopback address what arrives at the servers' end of the cable."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._listener = socket.create_server((SERVERS_SIDE, 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                arrived, _ = self._listener.accept()
                onward = socket.create_connection(self._target)
                for one, other in ((arrived, onward), (onward, arrived)):
                    threading.Thread(target=_pump, args=(one, other), daemon=True).start()

    def close(self) -> None:
        self._listener.close()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
