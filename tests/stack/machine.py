"""Runs `./ahsp` the way a person does, in a checkout of its own, and looks at what it left behind."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path

import psutil

from ahsp.environment import PREFIXES

ROOT = Path(__file__).resolve().parents[2]


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """Without the servers of the tests around us, and with a language to compare against."""
    ours = (*PREFIXES, "DJANGO_", "PYTHON", "VIRTUAL_ENV")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**inherited, "AHSP_HOME": str(home), "AHSP_LANGUAGE": "en", **more}


def copy_checkout(target: Path) -> Path:
    """The sources as they stand now, with nothing that was made from them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(done: Callable[[], object], what: str, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.05)


def run(script: Path, *arguments: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, from a folder that is not the checkout's."""
    return subprocess.run(
        [script, *arguments],
        cwd=home.parent,
        env=clean_environment(home, **more),
        capture_output=True,
        text=True,
        timeout=240,
    )


class Up:
    """One `./ahsp up`, from its start to its end."""

    def __init__(self, script: Path, home: Path, port: int | None = None, **more: str) -> None:
        self.home = home
        self.port = port or free_port()
        self.page = f"http://127.0.0.1:{self.port}/"
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [script, "up", "--port", str(self.port)],
            cwd=home.parent,
            env=clean_environment(home, **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines += (line.rstrip() for line in self.process.stdout)

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def ready(self) -> Up:
        """Wait until it has said its address."""
        wait_for(lambda: "is ready" in self.output or self.process.poll() is not None, "the start")
        assert "is ready" in self.output, self.output
        return self

    @property
    def urls(self) -> dict[str, str]:
        announced: dict[str, str] = json.loads((self.home / "running.json").read_text())
        return announced

    def family(self) -> list[psutil.Process]:
        """The supervisor and everything below it."""
        head = psutil.Process(self.process.pid)
        return [head, *head.children(recursive=True)]

    def members(self, part: str) -> list[psutil.Process]:
        return [member for member in self.family() if part in _command_line(member)]

    def end(self, signum: signal.Signals = signal.SIGINT) -> int:
        """Ask for the end as a terminal does, to the whole group of the supervisor."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signum)
        code = self.process.wait(timeout=60)
        self._reader.join(timeout=10)
        return code

    def kill_everything(self) -> None:
        """What a power cut does to processes: all at once, without a word."""
        for member in reversed(self.family()):
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        self.process.wait(timeout=60)


def _command_line(member: psutil.Process) -> str:
    try:
        return " ".join(member.cmdline())
    except psutil.NoSuchProcess:  # dead, or dead and not yet buried
        return ""


def all_gone(members: list[psutil.Process]) -> bool:
    return not [one for one in members if _command_line(one)]


class Visitor:
    """A browser without scripts: cookies, forms and pages."""

    def __init__(self, page: str, seconds: float = 20) -> None:
        self._page = page
        self._seconds = seconds
        handlers = [urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())]
        self._opener = urllib.request.build_opener(*handlers)

    def get(self, path: str = "") -> str:
        with self._opener.open(self._page + path, timeout=self._seconds) as answer:
            assert answer.status == 200
            return str(answer.read().decode())

    def sign_in(self, email: str, password: str) -> str:
        return self.post("account/login/", "account/login/", login=email, password=password)[1]

    def post(self, page: str, action: str, **fields: str) -> tuple[str, str]:
        """Send a form of `page` to `action`; the address where it ended, and what stands there."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page))
        assert token is not None
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        with self._opener.open(self._page + action, body, timeout=self._seconds) as answer:
            return str(answer.url), str(answer.read().decode())

    def download(self, path: str) -> bytes:
        with self._opener.open(self._page + path, timeout=self._seconds) as answer:
            assert answer.status == 200
            return bytes(answer.read())
