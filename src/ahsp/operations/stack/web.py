"""The web server as a child, and the question whether its pages really come."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping

from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.home import Home
from ahsp.operations.stack.logs import last_words, size
from ahsp.operations.stack.ports import can_listen
from ahsp.operations.stack.processes import Child, Command, Register, wait_until
from ahsp.operations.stack.system_user import SystemUser

SECONDS_TO_START = 60
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}  # noqa: S104 - named to be recognized


def require_port(host: str, port: int) -> None:
    """Raises StackError when the web server could not listen there."""
    error = can_listen(host, port)
    if error is None:
        return
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        raise StackError("stack.host_unknown", host=host)
    if isinstance(error, PermissionError):
        raise StackError("stack.port_forbidden", port=str(port))
    raise StackError("stack.port_taken", host=host, port=str(port), other=str(port + 1), reason=str(error))


def address(host: str, port: int) -> str:
    """The address a person on this machine opens."""
    shown = EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def allowed_hosts(host: str) -> str:
    """The names the application answers to, for `AHSP_ALLOWED_HOSTS`, unless the person has set it."""
    given = os.environ.get("AHSP_ALLOWED_HOSTS")
    if given:
        return given
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in EVERYWHERE:
        names += [socket.gethostname(), *_own_addresses()]
    else:
        names.append(f"[{host}]" if ":" in host else host)
    return ",".join(dict.fromkeys(names))


def _own_addresses() -> list[str]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        found = []
    addresses = [str(entry[4][0]) for entry in found]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the system only chooses which of its addresses would be the sender's.
            probe.connect(("192.0.2.1", 9))
            addresses.append(str(probe.getsockname()[0]))
        except OSError:
            pass
    return addresses


def start_web(
    home: Home, register: Register, environment: Mapping[str, str], *, host: str, port: int, user: SystemUser | None
) -> Child:
    """Start the web server and wait until its first page answers. Raises StackError."""
    log = home.log / "web.log"
    command = Command(
        name="web",
        argv=[sys.executable, "-P", "-m", "ahsp.operations.stack.web_process", host or "0.0.0.0", str(port)],  # noqa: S104 - the person asked for it
        log=log,
        folder=home.root,
        stop_signal=signal.SIGTERM,
        grace=15,
        environment=environment,
        user=user,
    )
    since = size(log)
    child = Child(command, register)
    try:
        page = address(host, port) + "/"
        answered = wait_until(lambda: not child.running or page_answers(page), SECONDS_TO_START)
    except BaseException:
        child.stop()
        raise
    if not (answered and child.running):
        child.stop()
        raise StackError("stack.web_failed", log=str(log), reason=last_words(log, since))
    return child


def page_answers(page: str) -> bool:
    """Whether `page`, after its redirects, comes with 200."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    # Asked as a proxy asks: with AHSP_HTTPS plain requests are only sent to HTTPS.
    opener.addheaders = [("X-Forwarded-Proto", "https")]
    try:
        with opener.open(page, timeout=10) as answer:
            return int(answer.status) == 200
    except (OSError, urllib.error.URLError):
        return False
