"""Builds the front end when its sources have changed, with the machine's Node or one from a wheel."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ahsp.cli.messages import progress
from ahsp.core.errors import AhspError
from ahsp.operations.stack.home import REPOSITORY

FRONT_END = REPOSITORY / "frontend"
BUILT = REPOSITORY / "src" / "ahsp" / "web" / "static" / "build"
CACHE = REPOSITORY / ".cache"
# What package.json asks for: the build tool does not start on an older one.
OLDEST_NODE = (20, 19)


def ensure_front_end() -> None:
    """Leave an up-to-date build in place. Raises AhspError with the mend when it cannot be made."""
    stamp = CACHE / "front-end-built"
    wanted = digest(_sources())
    if _reads(stamp, wanted) and (BUILT / "manifest.json").exists():
        return
    with _turn():
        if _reads(stamp, wanted) and (BUILT / "manifest.json").exists():
            return
        run_npm("run", "build")
        stamp.write_text(wanted, encoding="utf-8")


def run_npm(*arguments: str) -> None:
    """Run npm in the folder of the front end, its packages installed. Raises AhspError when it fails."""
    environment = node_environment()
    _ensure_packages(environment)
    progress("cli.front_end", {"step": " ".join(["npm", *arguments])})
    _run(["npm", *arguments], environment)


def _ensure_packages(environment: Mapping[str, str]) -> None:
    stamp = CACHE / "front-end-packages"
    # npm writes its own list into the folder last: without it the folder was emptied, or never filled.
    wanted = digest([FRONT_END / "package.json", FRONT_END / "package-lock.json"])
    if not _reads(stamp, wanted) or not (FRONT_END / "node_modules" / ".package-lock.json").exists():
        stamp.unlink(missing_ok=True)
        progress("cli.front_end", {"step": "npm ci"})
        _run(["npm", "ci"], environment)
        stamp.write_text(wanted, encoding="utf-8")


def node_environment() -> dict[str, str]:
    """An environment in whose PATH a Node that is new enough comes first."""
    path = os.environ.get("PATH", os.defpath)
    if not (_node_is_new_enough(path) and shutil.which("npm", path=path)):
        own = Path(sys.executable).parent
        path = f"{own}{os.pathsep}{path}"
        if not (own / "npm").exists():
            _install_node()
    return {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}


def _node_is_new_enough(path: str) -> bool:
    node = shutil.which("node", path=path)
    if node is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True)
    parts = answer.stdout.strip().lstrip("v").split(".")
    numbers = tuple(int(part) for part in parts[:2] if part.isdigit())
    return answer.returncode == 0 and numbers >= OLDEST_NODE


def _install_node() -> None:
    progress("cli.front_end", {"step": "Node (requirements-node.lock)"})
    pip = [sys.executable, "-m", "pip", "install", "--no-input", "--require-hashes", "--no-deps"]
    options = ["--only-binary=:all:", "--disable-pip-version-check", "--progress-bar=off"]
    _run([*pip, *options, "-r", str(REPOSITORY / "requirements-node.lock")], dict(os.environ))


def digest(files: Iterator[Path] | Sequence[Path]) -> str:
    """One fingerprint of the names and contents of `files`."""
    found = hashlib.sha256()
    for file in sorted(files):
        found.update(str(file.relative_to(REPOSITORY)).encode())
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _sources() -> Iterator[Path]:
    for folder, folders, files in os.walk(FRONT_END):
        folders[:] = [name for name in folders if name not in {"node_modules", "tests"}]
        yield from (Path(folder) / name for name in files)


def _reads(file: Path, wanted: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == wanted


@contextmanager
def _turn() -> Iterator[None]:
    """One build at a time."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "front-end.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    CACHE.mkdir(exist_ok=True)
    log = CACHE / "front-end.log"
    program = shutil.which(command[0], path=environment["PATH"]) or command[0]
    with log.open("wb") as file:
        done = subprocess.run(
            [program, *command[1:]], cwd=FRONT_END, env=environment, stdout=file, stderr=subprocess.STDOUT
        )
    if done.returncode != 0:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["…"]
        told = next((line for line in lines if "error" in line.lower()), lines[-1])
        raise AhspError("cli.front_end_failed", {"step": " ".join(command), "reason": told, "log": str(log)})
